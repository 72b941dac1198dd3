package dev.tursojdbc.sql.bind;

import dev.tursojdbc.sql.ast.Expression;

/** The distance of a window frame's end, as in {@code ROWS 3 PRECEDING}. */
public final class FrameDistance {
  private FrameDistance() {}

  /**
   * Whether it is an expression without names, calls and queries. Anything else SQLite reads as
   * NULL, which is no distance.
   */
  public static boolean isConstant(Expression distance) {
    if (distance instanceof Expression.ColumnReference) {
      return distance.isTruthLiteral();
    }
    if (distance instanceof Expression.InList in && in.elements().isEmpty()) {
      return !in.operand().hasCall();
    }
    return !distance.isCall()
        && !(distance instanceof Expression.Raise)
        && !distance.readsRows()
        && !(distance instanceof Expression.RowValue)
        && distance.operands().stream().allMatch(FrameDistance::isConstant);
  }
}
