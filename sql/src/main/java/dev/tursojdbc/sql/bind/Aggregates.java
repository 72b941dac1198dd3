package dev.tursojdbc.sql.bind;

import java.util.List;
import java.util.Set;

/** Looks for aggregates and window functions in expressions. */
final class Aggregates {
  private Aggregates() {}

  /** Whether a value that the operator of this source number computes occurs in the expression. */
  static boolean contains(BoundExpression expression, int source) {
    if (expression instanceof BoundExpression.Computed computed && computed.source() == source) {
      return true;
    }
    for (BoundExpression child : expression.children()) {
      if (contains(child, source)) {
        return true;
      }
    }
    return false;
  }

  /** Index of the first such value in the expression or in a query inside of it, or -1. */
  static int first(BoundExpression expression, int source) {
    for (BoundExpression leaf : References.leaves(List.of(expression), Set.of())) {
      if (leaf instanceof BoundExpression.Computed computed && computed.source() == source) {
        return computed.index();
      }
    }
    return -1;
  }
}
