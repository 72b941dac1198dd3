package dev.tursojdbc.sql.plan;

import dev.tursojdbc.sql.bind.BoundExpression;
import dev.tursojdbc.sql.bind.BoundQuery;
import dev.tursojdbc.sql.bind.References;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/** Describes the queries inside an expression, from left to right. */
final class SubqueryDescriber {
  private final PlanDescriber plans;
  private final List<PlanNode> nodes;

  /** A query that gives several columns is one query. */
  private final Set<BoundQuery> described = Collections.newSetFromMap(new IdentityHashMap<>());

  SubqueryDescriber(PlanDescriber plans, List<PlanNode> nodes) {
    this.plans = plans;
    this.nodes = nodes;
  }

  void describe(BoundExpression expression) {
    if (expression instanceof BoundExpression.InQuery in) {
      // SQLite prepares the list before it looks at the operand.
      add("LIST SUBQUERY ", in.query());
    }
    expression.children().forEach(this::describe);
    if (expression instanceof BoundExpression.Exists exists) {
      add("SCALAR SUBQUERY ", exists.query());
    } else if (expression instanceof BoundExpression.SubqueryColumn column) {
      add("SCALAR SUBQUERY ", column.query());
    }
  }

  private void add(String kind, BoundQuery query) {
    if (described.add(query)) {
      String correlated = References.outerSources(query).isEmpty() ? "" : "CORRELATED ";
      nodes.add(
          PlanNode.of(
              correlated + kind + query.number(), plans.query(plans.planner().plan(query))));
    }
  }
}
