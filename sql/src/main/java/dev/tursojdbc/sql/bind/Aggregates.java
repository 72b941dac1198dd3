package dev.tursojdbc.sql.bind;

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
}
