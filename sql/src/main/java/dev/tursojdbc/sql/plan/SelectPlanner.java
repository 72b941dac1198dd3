package dev.tursojdbc.sql.plan;

import dev.tursojdbc.sql.bind.BoundExpression;
import dev.tursojdbc.sql.bind.BoundQuery;
import dev.tursojdbc.sql.bind.Comparisons;
import dev.tursojdbc.sql.bind.FromItem;
import dev.tursojdbc.sql.bind.OrderTerm;
import dev.tursojdbc.sql.bind.References;
import dev.tursojdbc.sql.bind.ResultColumn;
import dev.tursojdbc.storage.record.Collation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Plans a SELECT: its join, its groups, what is sorted. */
final class SelectPlanner {
  private final Planner planner;

  SelectPlanner(Planner planner) {
    this.planner = planner;
  }

  QueryPlan.Select plan(BoundQuery.Select select) {
    JoinPlan join = new JoinPlanner(planner, select).plan();
    List<BoundExpression> results =
        select.columns().stream().map(ResultColumn::expression).toList();
    List<Collation> collations = results.stream().map(Comparisons::collation).toList();
    return new QueryPlan.Select(
        join.constants(),
        join.levels(),
        select.aggregate() ? grouping(select, results) : null,
        null,
        results,
        select.distinct() ? QueryPlan.Distinct.HASH : QueryPlan.Distinct.NO,
        collations,
        select.orderBy(),
        select.limit(),
        select.offset());
  }

  private static Grouping grouping(BoundQuery.Select select, List<BoundExpression> results) {
    List<BoundExpression> outputs = new ArrayList<>(results);
    for (OrderTerm term : select.orderBy()) {
      outputs.add(term.expression());
    }
    if (select.having() != null) {
      outputs.add(select.having());
    }
    Set<Integer> own =
        select.from().stream().map(FromItem::source).map(s -> s.id()).collect(Collectors.toSet());
    List<BoundExpression> columns = new ArrayList<>();
    for (BoundExpression leaf : References.leaves(outputs)) {
      if (leaf instanceof BoundExpression.Column column
          && own.contains(column.source())
          && !select.groupBy().contains(leaf)) {
        columns.add(leaf);
      }
    }
    return new Grouping(
        select.groupBy(),
        select.aggregateSource(),
        select.aggregates(),
        columns,
        select.having(),
        false,
        Collections.nCopies(select.groupBy().size(), false));
  }
}
