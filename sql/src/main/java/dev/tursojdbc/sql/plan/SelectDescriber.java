package dev.tursojdbc.sql.plan;

import dev.tursojdbc.sql.bind.AggregateCall;
import dev.tursojdbc.sql.bind.JoinKind;
import dev.tursojdbc.sql.bind.OrderTerm;
import dev.tursojdbc.sql.bind.Source;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Describes a SELECT. */
final class SelectDescriber {
  private final PlanDescriber plans;
  private final List<PlanNode> nodes;
  private final boolean rowsFollow;

  SelectDescriber(PlanDescriber plans, List<PlanNode> nodes, boolean rowsFollow) {
    this.plans = plans;
    this.nodes = nodes;
    this.rowsFollow = rowsFollow;
  }

  void describe(QueryPlan.Select select) {
    WindowPlan windows = select.windows();
    if (windows != null) {
      String name = "(subquery-" + windows.number() + ")";
      nodes.add(PlanNode.of("CO-ROUTINE " + name, plans.query(windows.input())));
      nodes.add(new PlanNode("SCAN " + name, windows.cost(), List.of()));
    }
    queriesInFrom(select.levels());
    Grouping grouping = select.grouping();
    if (grouping != null && grouping.keys().isEmpty()) {
      aggregates(grouping);
    }
    select.constants().forEach(condition -> plans.expression(condition, nodes));
    if (select.levels().isEmpty() && grouping == null && windows == null) {
      nodes.add(PlanNode.leaf("SCAN CONSTANT ROW"));
    }
    boolean hasExists = select.levels().stream().anyMatch(level -> level.join() == JoinKind.EXISTS);
    for (JoinLevel level : select.levels()) {
      new LoopDescriber(plans, nodes, rowsFollow, hasExists)
          .describe(level, grouping != null && grouping.extreme());
    }
    if (grouping != null) {
      groups(grouping);
    }
    select.results().forEach(result -> plans.expression(result, nodes));
    for (OrderTerm term : select.sort()) {
      if (term.resultColumn() < 0) {
        plans.expression(term.expression(), nodes);
      }
    }
    rightJoins(select.levels());
    if (select.distinct() == QueryPlan.Distinct.HASH) {
      nodes.add(PlanNode.leaf("USE TEMP B-TREE FOR DISTINCT"));
    }
    int sorted = sortsDistinct(select) ? 0 : select.sort().size() - select.presorted();
    PlanDescriber.sort(select.sort().size(), sorted, nodes);
  }

  /**
   * Whether leaving out duplicates and sorting are one: the order is that of the result columns.
   */
  private static boolean sortsDistinct(QueryPlan.Select select) {
    if (select.distinct() != QueryPlan.Distinct.HASH
        || select.sort().size() != select.results().size()) {
      return false;
    }
    for (int i = 0; i < select.sort().size(); i++) {
      if (select.sort().get(i).resultColumn() != i) {
        return false;
      }
    }
    return true;
  }

  /** In the order of FROM, which is the order of the sources' numbers. */
  private void queriesInFrom(List<JoinLevel> levels) {
    List<JoinLevel> written = new ArrayList<>(levels);
    written.sort(Comparator.comparingInt(level -> level.source().id()));
    for (JoinLevel level : written) {
      if (level.source() instanceof Source.OfQuery source) {
        AccessPath path = level.path();
        boolean kept = path instanceof AccessPath.HashLookup && !streams(written, level);
        if (path instanceof AccessPath.HashLookup lookup) {
          path = lookup.input();
        }
        AccessPath.Rows rows = (AccessPath.Rows) path;
        kept |= rows.delivery() == AccessPath.Delivery.MATERIALIZED;
        if (!kept && LoopDescriber.isValues(source)) {
          continue;
        }
        nodes.add(
            PlanNode.of(
                (kept ? "MATERIALIZE " : "CO-ROUTINE ") + LoopDescriber.definitionName(source),
                plans.query(rows.query())));
      }
    }
  }

  /**
   * Whether SQLite would fill its automatic index from a co-routine, as our hash tables always are:
   * no query and no outer join stands before.
   */
  private static boolean streams(List<JoinLevel> written, JoinLevel level) {
    for (int i = written.indexOf(level); i > 0; i--) {
      JoinKind kind = written.get(i).join();
      if (kind != JoinKind.INNER || written.get(i - 1).source() instanceof Source.OfQuery) {
        return false;
      }
    }
    return !((Source.OfQuery) level.source()).isMaterialized();
  }

  private void groups(Grouping grouping) {
    if (!grouping.keys().isEmpty()) {
      if (!grouping.ordered()) {
        nodes.add(PlanNode.leaf("USE TEMP B-TREE FOR GROUP BY"));
      }
      grouping.keys().forEach(key -> plans.expression(key, nodes));
    }
    for (AggregateCall call : grouping.calls()) {
      call.arguments().forEach(argument -> plans.expression(argument, nodes));
      plans.expression(call.filter(), nodes);
    }
    if (!grouping.keys().isEmpty()) {
      aggregates(grouping);
    }
    plans.expression(grouping.having(), nodes);
  }

  /** What aggregates keep to leave out duplicates, or to sort. */
  private void aggregates(Grouping grouping) {
    for (AggregateCall call : grouping.calls()) {
      String name = call.function().name();
      if (call.distinct()) {
        nodes.add(PlanNode.leaf("USE TEMP B-TREE FOR " + name + "(DISTINCT)"));
      }
      if (!call.orderBy().isEmpty()) {
        nodes.add(PlanNode.leaf("USE TEMP B-TREE FOR " + name + "(ORDER BY)"));
      }
    }
  }

  /** The rows of the right sides that found no partner come last. */
  private void rightJoins(List<JoinLevel> levels) {
    for (JoinLevel level : levels) {
      if (level.join().keepsRight()) {
        List<PlanNode> scan = List.of(PlanNode.leaf("SCAN " + LoopDescriber.name(level.source())));
        nodes.add(PlanNode.of("RIGHT-JOIN " + LoopDescriber.tableName(level.source()), scan));
      }
    }
  }
}
