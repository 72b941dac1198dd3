package dev.tursojdbc.sql.plan;

import dev.tursojdbc.sql.bind.BoundCondition;
import dev.tursojdbc.sql.bind.BoundExpression;
import dev.tursojdbc.sql.bind.BoundExpression.Column;
import dev.tursojdbc.sql.bind.BoundQuery;
import dev.tursojdbc.sql.bind.BoundValue;
import dev.tursojdbc.sql.bind.FromItem;
import dev.tursojdbc.sql.bind.JoinKind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes outer joins inner ones where a condition throws the rows without partner away again.
 *
 * <pre>
 *   SELECT * FROM t LEFT JOIN u ON u.k = t.a WHERE u.x > 5
 *   SELECT * FROM t JOIN u ON u.k = t.a WHERE u.x > 5
 * </pre>
 */
final class OuterJoinReduction {
  private OuterJoinReduction() {}

  /** The query with the joins of one source in its FROM simplified. */
  static BoundQuery.Select reduce(BoundQuery.Select query, int position) {
    List<FromItem> from = new ArrayList<>(query.from());
    FromItem item = from.get(position);
    boolean leftOfRight = isLeftOfRightJoin(from, position);
    if (!item.join().keepsLeft() && !leftOfRight) {
      return query;
    }
    int source = item.source().id();
    boolean strict = rejectsNullRow(query.where(), source);
    for (int i = 0; i < from.size() && !strict && !leftOfRight; i++) {
      // Conditions of inner joins count as those of WHERE.
      boolean inner = from.get(i).join() == JoinKind.INNER || from.get(i).join() == JoinKind.CROSS;
      strict = inner && rejectsNullRow(from.get(i).condition(), source);
    }
    if (!strict) {
      return query;
    }
    if (item.join().keepsLeft()) {
      JoinKind kind = item.join() == JoinKind.FULL ? JoinKind.RIGHT : JoinKind.INNER;
      from.set(position, new FromItem(item.source(), kind, item.condition()));
    }
    if (leftOfRight) {
      reduceRightJoins(from, position);
    }
    return query.withFrom(from, query.where());
  }

  /** Rows of sources further right that have no partner here are thrown away too. */
  private static void reduceRightJoins(List<FromItem> from, int position) {
    for (int i = position + 1; i < from.size(); i++) {
      FromItem later = from.get(i);
      if (later.join().keepsRight()) {
        JoinKind kind = later.join() == JoinKind.FULL ? JoinKind.LEFT : JoinKind.INNER;
        from.set(i, new FromItem(later.source(), kind, later.condition()));
      }
    }
  }

  private static boolean isLeftOfRightJoin(List<FromItem> from, int position) {
    for (int i = position + 1; i < from.size(); i++) {
      if (from.get(i).join().keepsRight()) {
        return true;
      }
    }
    return false;
  }

  /** Whether a condition cannot be true on a row where all columns of a source are NULL. */
  private static boolean rejectsNullRow(@Nullable BoundExpression condition, int source) {
    return Conjunction.terms(condition).stream().anyMatch(term -> isNullWith(term, source));
  }

  /** Whether an expression is not true, or as a part of one is NULL, with the source's columns. */
  private static boolean isNullWith(BoundExpression expression, int source) {
    if (expression instanceof Column column) {
      return column.source() == source;
    }
    if (expression instanceof BoundCondition.And || expression instanceof BoundCondition.Or) {
      return expression.children().stream().allMatch(side -> isNullWith(side, source));
    }
    if (expression instanceof BoundCondition.Comparison comparison) {
      return switch (comparison.operator()) {
        case IS, IS_NOT -> false;
        default -> isNullWith(comparison.left(), source) || isNullWith(comparison.right(), source);
      };
    }
    if (expression instanceof BoundCondition.Between between) {
      return isNullWith(between.operand(), source)
          || (isNullWith(between.low(), source) && isNullWith(between.high(), source));
    }
    if (expression instanceof BoundCondition.InList in) {
      return !in.elements().isEmpty() && isNullWith(in.operand(), source);
    }
    if (expression instanceof BoundValue.Arithmetic
        || expression instanceof BoundValue.Unary
        || expression instanceof BoundCondition.Not
        || expression instanceof BoundValue.Collate
        || expression instanceof BoundValue.Cast) {
      return expression.children().stream().anyMatch(child -> isNullWith(child, source));
    }
    return false;
  }
}
