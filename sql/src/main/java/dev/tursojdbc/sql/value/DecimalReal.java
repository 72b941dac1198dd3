package dev.tursojdbc.sql.value;

/** The REAL nearest to a decimal number. */
final class DecimalReal {
  /** The powers of ten that a double holds exactly. */
  private static final double[] EXACT_POWERS = {
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22
  };

  private DecimalReal() {}

  /**
   * The double nearest to {@code significand * 10^exponent}, ties to even.
   *
   * @param significand unsigned
   */
  static double toReal(long significand, int exponent) {
    if (significand == 0 || exponent < PowersOfTen.FIRST) {
      return 0;
    }
    if (exponent > PowersOfTen.LAST) {
      return Double.POSITIVE_INFINITY;
    }
    if (significand >>> 53 == 0 && Math.abs(exponent) < EXACT_POWERS.length) {
      // Both operands are exact, so the one rounding is the right one.
      return exponent < 0
          ? significand / EXACT_POWERS[-exponent]
          : significand * EXACT_POWERS[exponent];
    }
    double fast = approximate(significand, exponent);
    return Double.isNaN(fast) ? exact(significand, exponent) : fast;
  }

  /**
   * Multiplies 64 by 64 bits. The power of ten is at most one too small in its last place, so the
   * upper half of the product at most two. Answers NaN where that could matter.
   */
  private static double approximate(long significand, int exponent) {
    int shift = Long.numberOfLeadingZeros(significand);
    long normal = significand << shift;
    long high = PowersOfTen.multiplyHigh(normal, PowersOfTen.significand(exponent));
    // The value is high * 2^binary, with the error above.
    int binary = PowersOfTen.binaryExponent(exponent) + 1 - shift;
    if (high > 0) {
      high <<= 1;
      binary--;
      if (high >>> 63 == 0) {
        return Double.NaN;
      }
    }
    int doubleExponent = binary + 63;
    if (doubleExponent < -1022 || doubleExponent > 1022) {
      return Double.NaN;
    }
    long discarded = high & 0x7FF;
    boolean nearHalf = discarded >= 0x400 - 8 && discarded <= 0x400;
    boolean nearNext = discarded >= 0x800 - 8;
    if (nearHalf || nearNext) {
      return Double.NaN;
    }
    long rounded = (high >>> 11) + (discarded >>> 10);
    return Math.scalb((double) rounded, binary + 11);
  }

  private static double exact(long significand, int exponent) {
    return Double.parseDouble(Long.toUnsignedString(significand) + "e" + exponent);
  }
}
