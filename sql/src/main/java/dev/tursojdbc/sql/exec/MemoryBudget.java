package dev.tursojdbc.sql.exec;

/**
 * What the operators of one statement may keep in memory together; see {@link MemoryClaim}.
 *
 * <p>An operator that grows when the budget is used up goes on in a temporary file, unless what it
 * has itself is less than a sixteenth of the budget: otherwise a few rows would make a file of
 * their own where another operator took everything before.
 */
public final class MemoryBudget {
  private static final int PARTS = 16;

  private long limit = Long.MAX_VALUE;
  private long used;
  private long run;

  /** Begins a run with nothing used. */
  void begin(long bytes) {
    limit = bytes;
    used = 0;
    run++;
  }

  long run() {
    return run;
  }

  void use(long bytes) {
    used += bytes;
  }

  boolean isUsedUp() {
    return used > limit;
  }

  /** What each operator may keep in any case. */
  long part() {
    return limit / PARTS;
  }
}
