package dev.tursojdbc.sql.plan;

import dev.tursojdbc.sql.bind.BoundCall;
import dev.tursojdbc.sql.bind.BoundExpression;
import dev.tursojdbc.sql.bind.BoundQuery;
import dev.tursojdbc.sql.bind.Comparisons;
import dev.tursojdbc.sql.bind.References;
import dev.tursojdbc.storage.record.Collation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Moves conditions of HAVING that are the same for all rows of a group into WHERE.
 *
 * <pre>
 *   SELECT a, count(*) FROM t GROUP BY a HAVING a > 5 AND count(*) > 1
 *   SELECT a, count(*) FROM t WHERE a > 5 GROUP BY a HAVING count(*) > 1
 * </pre>
 *
 * <p>Values that a collation makes equal may differ in the condition, so only groups of the same
 * bytes count.
 */
final class GroupConditions {
  private final Set<BoundExpression> keys = new HashSet<>();

  private GroupConditions(BoundQuery.Select query) {
    for (BoundExpression key : query.groupBy()) {
      if (Comparisons.collation(key) == Collation.BINARY) {
        keys.add(key);
      }
    }
  }

  static BoundQuery.Select moved(BoundQuery.Select query) {
    if (query.having() == null || query.groupBy().isEmpty()) {
      return query;
    }
    GroupConditions conditions = new GroupConditions(query);
    List<BoundExpression> moved = new ArrayList<>();
    List<BoundExpression> kept = new ArrayList<>();
    for (BoundExpression term : Conjunction.terms(query.having())) {
      (conditions.isOfGroup(term) ? moved : kept).add(term);
    }
    return moved.isEmpty()
        ? query
        : query
            .withFrom(query.from(), Conjunction.and(query.where(), Conjunction.of(moved)))
            .withHaving(Conjunction.of(kept));
  }

  private boolean isOfGroup(BoundExpression expression) {
    if (keys.contains(expression)) {
      return true;
    }
    if (expression instanceof BoundExpression.Column
        || expression instanceof BoundExpression.Computed
        || References.queryOf(expression) != null
        || (expression instanceof BoundCall.Function f && !f.function().isDeterministic())) {
      return false;
    }
    return expression.children().stream().allMatch(this::isOfGroup);
  }
}
