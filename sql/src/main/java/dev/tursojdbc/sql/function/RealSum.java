package dev.tursojdbc.sql.function;

/**
 * A sum of REALs with what rounding has lost so far, after Kahan, Babuška and Neumaier: the sum
 * does not depend on the order of its terms as much as a plain one.
 */
final class RealSum {
  /** From here on an INTEGER may not be exact as REAL, and is added in two parts. */
  private static final long MAX_EXACT = 1L << 52;

  /** The smaller part is the remainder by this. */
  private static final long PART = 1L << 14;

  private double sum;
  private double lost;

  /** Begins anew with an INTEGER. */
  void start(long value) {
    boolean exact = value > -MAX_EXACT && value < MAX_EXACT;
    long small = exact ? 0 : value % PART;
    sum = (double) (value - small);
    lost = (double) small;
  }

  void add(double value) {
    double before = sum;
    double after = before + value;
    if (Math.abs(before) > Math.abs(value)) {
      lost += (before - after) + value;
    } else {
      lost += (value - after) + before;
    }
    sum = after;
  }

  void add(long value) {
    if (value <= -MAX_EXACT || value >= MAX_EXACT) {
      long small = value % PART;
      add((double) (value - small));
      add((double) small);
    } else {
      add((double) value);
    }
  }

  void subtract(long value) {
    if (value == Long.MIN_VALUE) {
      add(Long.MAX_VALUE);
      add(1L);
    } else {
      add(-value);
    }
  }

  double value() {
    boolean usable = !Double.isNaN(lost) && !Double.isInfinite(lost);
    return usable ? sum + lost : sum;
  }
}
