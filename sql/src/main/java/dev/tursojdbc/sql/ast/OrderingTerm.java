package dev.tursojdbc.sql.ast;

import org.jspecify.annotations.Nullable;

/**
 * {@code expression [ASC | DESC] [NULLS FIRST | NULLS LAST]}.
 *
 * @param direction null where none was written, which means ascending
 * @param nulls null where nothing was written: NULLs are then smaller than all else
 */
public record OrderingTerm(
    Expression expression, @Nullable Direction direction, @Nullable Nulls nulls) {

  /** Which end of the order comes first. */
  public enum Direction {
    ASCENDING,
    DESCENDING
  }

  /** Where NULLs go, whatever the direction. */
  public enum Nulls {
    FIRST,
    LAST
  }

  public boolean isDescending() {
    return direction == Direction.DESCENDING;
  }

  /** Whether NULLs come before all else, by what was written or by default. */
  public boolean nullsFirst() {
    return nulls == null ? !isDescending() : nulls == Nulls.FIRST;
  }
}
