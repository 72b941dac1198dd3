package dev.tursojdbc.sql.exec;

import dev.tursojdbc.sql.bind.AggregateCall;
import dev.tursojdbc.sql.bind.BoundExpression;
import dev.tursojdbc.sql.bind.Comparisons;
import dev.tursojdbc.sql.bind.References;
import dev.tursojdbc.sql.plan.Grouping;
import dev.tursojdbc.sql.plan.QueryPlan;
import dev.tursojdbc.storage.record.Collation;
import dev.tursojdbc.storage.record.KeyOrder;
import dev.tursojdbc.storage.record.Register;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Builds a SELECT: join, groups, result columns, DISTINCT, ORDER BY, LIMIT. */
final class SelectBuilder {
  private final QueryBuilder queries;
  private final EvaluatorBuilder outer;

  SelectBuilder(QueryBuilder queries, EvaluatorBuilder outer) {
    this.queries = queries;
    this.outer = outer;
  }

  BuiltQuery build(QueryPlan.Select plan) {
    if (plan.windows() != null) {
      WindowBuilder windows = new WindowBuilder(queries, outer, plan.windows());
      return finished(windows.build(), windows.bindings(), plan);
    }
    JoinBuilder join = new JoinBuilder(queries, outer);
    Operator rows = join.build(plan.levels());
    for (BoundExpression condition : plan.constants()) {
      rows = new ConstantFilter(rows, outer.build(condition));
    }
    Bindings bindings = join.bindings();
    Grouping grouping = plan.grouping();
    if (grouping != null) {
      GroupedRows groups = group(rows, bindings, grouping);
      rows = groups.operator;
      bindings = groups.bindings;
      if (grouping.having() != null) {
        rows = new Filter(rows, outer.over(bindings).build(grouping.having()));
      }
    }
    return finished(rows, bindings, plan);
  }

  /** Result columns, DISTINCT, ORDER BY and LIMIT over the rows. */
  private BuiltQuery finished(Operator rows, Bindings bindings, QueryPlan.Select plan) {
    EvaluatorBuilder expressions = outer.over(bindings);
    Evaluator[] results = expressions.build(plan.results());
    BuiltQuery query = distinct(new BuiltQuery(rows, results), plan);
    RowLimit limit = QueryBuilder.limit(plan.limit(), plan.offset(), outer);
    return QueryBuilder.limited(queries.sorted(query, plan.sort(), expressions, limit), limit);
  }

  private static BuiltQuery distinct(BuiltQuery query, QueryPlan.Select plan) {
    Collation[] collations = plan.collations().toArray(Collation[]::new);
    switch (plan.distinct()) {
      case HASH -> {
        DistinctRows distinct = new DistinctRows(query.operator(), query.columns(), collations);
        return new BuiltQuery(distinct, Registers.evaluators(distinct.row()));
      }
      case ORDERED -> {
        OrderedDistinct distinct =
            new OrderedDistinct(query.operator(), query.columns(), collations);
        return new BuiltQuery(distinct, Registers.evaluators(distinct.row()));
      }
      default -> {
        return query;
      }
    }
  }

  private record GroupedRows(Operator operator, Bindings bindings) {}

  private GroupedRows group(Operator input, Bindings bindings, Grouping grouping) {
    EvaluatorBuilder expressions = outer.over(bindings);
    GroupAggregates aggregates = aggregates(grouping, expressions);
    Evaluator[] keys = expressions.build(grouping.keys());
    List<KeyOrder.Column> order = new ArrayList<>();
    for (int i = 0; i < keys.length; i++) {
      order.add(
          new KeyOrder.Column(
              Comparisons.collation(grouping.keys().get(i)), grouping.descending().get(i), false));
    }
    Register[] keyValues = {};
    Operator operator;
    if (keys.length == 0) {
      operator = singleGroup(input, grouping, aggregates);
    } else if (grouping.ordered()) {
      OrderedGroups groups = new OrderedGroups(input, keys, order, aggregates);
      keyValues = groups.keyValues();
      operator = groups;
    } else {
      HashGroups groups =
          new HashGroups(
              input, keys, order, aggregates, () -> rowsSetAside(bindings, grouping, order));
      keyValues = groups.keyValues();
      operator = groups;
    }
    Map<BoundExpression, Evaluator> computed = new HashMap<>();
    for (int i = 0; i < grouping.columns().size(); i++) {
      computed.put(grouping.columns().get(i), new RegisterEvaluator(aggregates.columnValues()[i]));
    }
    for (int i = 0; i < keys.length; i++) {
      computed.putIfAbsent(grouping.keys().get(i), new RegisterEvaluator(keyValues[i]));
    }
    for (int i = 0; i < grouping.calls().size(); i++) {
      AggregateCall call = grouping.calls().get(i);
      computed.put(
          new BoundExpression.Computed(grouping.source(), i, explicitCollation(call)),
          new RegisterEvaluator(aggregates.results()[i]));
    }
    return new GroupedRows(operator, bindings.withComputed(computed));
  }

  private static Operator singleGroup(
      Operator input, Grouping grouping, GroupAggregates aggregates) {
    AggregateCall call = grouping.calls().size() == 1 ? grouping.calls().get(0) : null;
    boolean countsRows =
        call != null
            && call.arguments().isEmpty()
            && call.function().name().equals("count")
            && call.filter() == null
            && grouping.columns().isEmpty();
    return countsRows
        ? new CountedGroup(input, aggregates.results()[0])
        : new SingleGroup(input, aggregates, grouping.firstRow());
  }

  private static GroupAggregates aggregates(Grouping grouping, EvaluatorBuilder expressions) {
    AggregateStep[] steps = new AggregateStep[grouping.calls().size()];
    for (int i = 0; i < steps.length; i++) {
      steps[i] = step(grouping.calls().get(i), expressions);
    }
    return new GroupAggregates(steps, expressions.build(grouping.columns()));
  }

  /** What the aggregates read of a row is kept in a sorter, behind the keys. */
  private RowsSetAside rowsSetAside(
      Bindings bindings, Grouping grouping, List<KeyOrder.Column> order) {
    Set<BoundExpression> leaves = new LinkedHashSet<>();
    for (BoundExpression expression : grouping.inputs()) {
      References.walk(
          expression,
          e -> {
            if (bindings.reads(e)) {
              leaves.add(e);
            }
          });
    }
    Sorter sorter = new Sorter(order);
    List<BoundExpression> columns = List.copyOf(leaves);
    Map<BoundExpression, Evaluator> kept = new HashMap<>();
    for (int i = 0; i < columns.size(); i++) {
      kept.put(columns.get(i), sorter.column(order.size() + i));
    }
    return new RowsSetAside(
        sorter,
        order,
        outer.over(bindings).build(columns),
        aggregates(grouping, outer.over(bindings.withComputed(kept))));
  }

  private static @org.jspecify.annotations.Nullable Collation explicitCollation(
      AggregateCall call) {
    for (BoundExpression argument : call.arguments()) {
      Collation collation = argument.explicitCollation();
      if (collation != null) {
        return collation;
      }
    }
    return null;
  }

  private static AggregateStep step(AggregateCall call, EvaluatorBuilder expressions) {
    Evaluator[] orderBy = new Evaluator[call.orderBy().size()];
    for (int i = 0; i < orderBy.length; i++) {
      orderBy[i] = expressions.build(call.orderBy().get(i).expression());
    }
    return new AggregateStep(
        call.function(),
        expressions.build(call.arguments()),
        call.filter() == null ? null : expressions.build(call.filter()),
        call.collation(),
        call.distinct(),
        orderBy,
        QueryBuilder.order(call.orderBy()));
  }
}
