package dev.tursojdbc.sql.ast;

import org.jspecify.annotations.Nullable;

/**
 * {@code unit BETWEEN start AND end [EXCLUDE exclusion]}; without BETWEEN the end is CURRENT ROW.
 */
public record FrameSpec(Unit unit, Bound start, Bound end, Exclusion exclusion) {

  /** What a bound's distance counts. */
  public enum Unit {
    RANGE,
    ROWS,
    GROUPS
  }

  /** Which rows of the frame are left out after all. */
  public enum Exclusion {
    /** Nothing was written; the same as NO OTHERS, which SQLite computes in another way. */
    UNWRITTEN,
    NO_OTHERS,
    CURRENT_ROW,
    GROUP,
    TIES
  }

  /** Where a frame begins or ends. */
  public enum BoundKind {
    UNBOUNDED_PRECEDING,
    PRECEDING,
    CURRENT_ROW,
    FOLLOWING,
    UNBOUNDED_FOLLOWING
  }

  /**
   * One end of a frame.
   *
   * @param distance present for PRECEDING and FOLLOWING only
   */
  public record Bound(BoundKind kind, @Nullable Expression distance) {}
}
