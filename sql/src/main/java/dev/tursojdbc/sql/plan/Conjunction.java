package dev.tursojdbc.sql.plan;

import dev.tursojdbc.sql.bind.BoundCondition;
import dev.tursojdbc.sql.bind.BoundExpression;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Conditions that must all hold, as one expression and as a list. */
final class Conjunction {
  private Conjunction() {}

  /** Both conditions; null stands for one that always holds. */
  static @Nullable BoundExpression and(
      @Nullable BoundExpression left, @Nullable BoundExpression right) {
    if (left == null) {
      return right;
    }
    return right == null ? left : new BoundCondition.And(left, right);
  }

  static @Nullable BoundExpression of(List<BoundExpression> conditions) {
    BoundExpression all = null;
    for (BoundExpression condition : conditions) {
      all = and(all, condition);
    }
    return all;
  }

  /** The conditions from left to right; none for null. */
  static List<BoundExpression> terms(@Nullable BoundExpression condition) {
    List<BoundExpression> terms = new ArrayList<>();
    split(condition, terms);
    return terms;
  }

  private static void split(@Nullable BoundExpression condition, List<BoundExpression> into) {
    if (condition instanceof BoundCondition.And and) {
      split(and.left(), into);
      split(and.right(), into);
    } else if (condition != null) {
      into.add(condition);
    }
  }
}
