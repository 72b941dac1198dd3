package dev.tursojdbc.sql.plan;

import dev.tursojdbc.sql.bind.BoundCondition;
import dev.tursojdbc.sql.bind.BoundExpression;
import dev.tursojdbc.sql.bind.BoundQuery;
import dev.tursojdbc.sql.bind.BoundValue;
import dev.tursojdbc.sql.bind.References;
import dev.tursojdbc.storage.record.Collation;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
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

  /** Describes an IN whose values are sought one after the other. */
  void describeKey(AccessPath.KeyTerm key) {
    BoundExpression in = Objects.requireNonNull(key.in());
    InLookup lookup = InLookup.ofAll(in);
    if (lookup != null) {
      nodes.add(PlanNode.leaf(lookup.description()));
      in.children().forEach(this::describe);
      return;
    }
    if (in instanceof BoundCondition.InQuery query) {
      int number = key.number() > 0 ? key.number() : query.query().number();
      add("LIST SUBQUERY ", query.query(), number, false);
    }
    in.children().forEach(this::describe);
  }

  void describe(BoundExpression expression) {
    InLookup lookup = InLookup.of(expression);
    if (lookup != null) {
      nodes.add(PlanNode.leaf(lookup.description()));
    } else if (expression instanceof BoundCondition.InQuery in) {
      // SQLite prepares the list before it looks at the operand.
      boolean isBinary = in.collations().stream().allMatch(c -> c == Collation.BINARY);
      add("LIST SUBQUERY ", in.query(), in.query().number(), isBinary);
    }
    expression.children().forEach(this::describe);
    if (expression instanceof BoundCondition.Exists exists) {
      add("SCALAR SUBQUERY ", exists.query(), exists.query().number(), false);
    } else if (expression instanceof BoundValue.SubqueryColumn column) {
      add("SCALAR SUBQUERY ", column.query(), column.query().number(), false);
    }
  }

  /**
   * @param hashed whether a hash tells at once that most values are not in a list
   */
  private void add(String kind, BoundQuery query, int number, boolean hashed) {
    if (described.add(query)) {
      boolean correlated = !References.outerSources(query).isEmpty();
      List<PlanNode> inner = plans.query(plans.planner().plan(query));
      if (hashed && !correlated && isUnsorted(query)) {
        inner.add(PlanNode.leaf("CREATE BLOOM FILTER"));
      }
      nodes.add(PlanNode.of((correlated ? "CORRELATED " : "") + kind + number, inner));
    }
  }

  private static boolean isUnsorted(BoundQuery query) {
    return query.orderBy().isEmpty() || query.limit() == null;
  }
}
