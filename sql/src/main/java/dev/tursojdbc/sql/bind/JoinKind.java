package dev.tursojdbc.sql.bind;

/** Which rows survive a join without a partner, and whether the planner may exchange the sides. */
public enum JoinKind {
  INNER,
  /** Inner, and the left side stays the outer loop. */
  CROSS,
  LEFT,
  RIGHT,
  FULL,
  /** One partner is enough, and which one is not looked at: what EXISTS becomes. */
  EXISTS;

  /** Whether rows of what stands before survive without a partner. */
  public boolean keepsLeft() {
    return this == LEFT || this == FULL;
  }

  /** Whether rows of the joined source survive without a partner. */
  public boolean keepsRight() {
    return this == RIGHT || this == FULL;
  }
}
