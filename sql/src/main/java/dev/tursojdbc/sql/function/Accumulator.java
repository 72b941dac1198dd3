package dev.tursojdbc.sql.function;

import dev.tursojdbc.storage.record.Register;

/** What an aggregate function knows of the rows of one group so far. */
public abstract class Accumulator {

  /** Takes a row's arguments in. Bytes that are kept must be copied unless page images own them. */
  public abstract void step(FunctionContext context, Register[] arguments);

  /** Takes the oldest row out again, for window frames that move. */
  public void inverse(FunctionContext context, Register[] arguments) {
    throw new IllegalStateException("rows cannot be taken out of this aggregate");
  }

  /** Whether {@link #inverse} can be called. */
  public boolean isInvertible() {
    return false;
  }

  /**
   * Whether the last row stepped through is the one that the result now stands for: min and max
   * answer true when they have just taken over its value. A column outside any aggregate takes its
   * value from that row.
   */
  public boolean tookLastRow() {
    return false;
  }

  /** Whether this keeps something of each row, so that it grows with their number. */
  public boolean grows() {
    return false;
  }

  /** Bytes that one that {@link #grows} takes now. */
  public long bytes() {
    return 0;
  }

  /** The result so far; more rows may follow. */
  public abstract void result(FunctionContext context, Register result);
}
