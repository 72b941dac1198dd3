package dev.tursojdbc.sql.plan;

/**
 * Estimates of row counts and costs as ten times their binary logarithm, as SQLite keeps them: 10
 * is 2, 33 is 10, 66 is 100, 99 is 1000. Products are sums; sums need {@link #add}.
 */
public final class LogEstimate {
  /** Ten times log2 of 8/8 to 15/8. */
  private static final int[] EIGHTHS = {0, 2, 3, 5, 6, 7, 8, 9};

  /** By the difference of the two: what the smaller one adds to the larger. */
  private static final int[] SUM = new int[50];

  static {
    for (int i = 0; i < SUM.length; i++) {
      SUM[i] = added(i);
    }
  }

  private static int added(int difference) {
    int[] lastDifference = {1, 3, 5, 8, 11, 14, 18, 24, 31};
    for (int i = 0; i < lastDifference.length; i++) {
      if (difference <= lastDifference[i]) {
        return 10 - i;
      }
    }
    return 1;
  }

  private LogEstimate() {}

  public static int of(long value) {
    if (value < 2) {
      return 0;
    }
    int log = 63 - Long.numberOfLeadingZeros(value);
    long eighths = log >= 3 ? value >> (log - 3) : value << (3 - log);
    return 10 * log + EIGHTHS[(int) eighths & 7];
  }

  /** The number that an estimate stands for. */
  static long toLong(int estimate) {
    int eighths = estimate % 10;
    int log = estimate / 10;
    if (eighths >= 5) {
      eighths -= 2;
    } else if (eighths >= 1) {
      eighths--;
    }
    if (log > 60) {
      return Long.MAX_VALUE;
    }
    return log >= 3 ? (eighths + 8L) << (log - 3) : (eighths + 8L) >> (3 - log);
  }

  /** The estimate of the sum. */
  static int add(int left, int right) {
    int larger = Math.max(left, right);
    int difference = larger - Math.min(left, right);
    return difference >= SUM.length ? larger : larger + SUM[difference];
  }

  /** The estimate of the logarithm of a number: the depth of a search among so many. */
  static int logarithm(int estimate) {
    return estimate <= 10 ? 0 : of(estimate) - 33;
  }
}
