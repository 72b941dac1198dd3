package dev.tursojdbc.sql.value;

import java.math.BigInteger;

/**
 * Powers of ten as 64-bit fractions, for conversions between binary and decimal.
 *
 * <p>The power {@code 10^p} is {@code significand(p) * 2^(binaryExponent(p) - 63)}, rounded down to
 * 64 significant bits; from 0 to 27 that is exact.
 */
final class PowersOfTen {
  static final int FIRST = -348;
  static final int LAST = 347;

  private static final long[] SIGNIFICANDS = compute();

  private PowersOfTen() {}

  /** The most significant 64 bits of 10^p. */
  static long significand(int p) {
    return SIGNIFICANDS[p - FIRST];
  }

  /** The exponent of the largest power of two that is not greater than 10^p. */
  static int binaryExponent(int p) {
    // log2(10) = 3.3219…; exact for |p| up to 1600.
    return (p * 108853) >> 15;
  }

  /** The exponent of the largest power of ten that is not greater than 2^e. */
  static int decimalExponent(int e) {
    // log10(2) = 0.30103…; exact for |e| up to 2600.
    return (e * 78913) >> 18;
  }

  /** The upper 64 bits of the product of two unsigned numbers. */
  static long multiplyHigh(long a, long b) {
    return Math.multiplyHigh(a, b) + ((a >> 63) & b) + ((b >> 63) & a);
  }

  private static long[] compute() {
    long[] significands = new long[LAST - FIRST + 1];
    BigInteger power = BigInteger.ONE;
    for (int p = 0; p <= LAST; p++) {
      significands[p - FIRST] = top64(power);
      power = power.multiply(BigInteger.TEN);
    }
    power = BigInteger.ONE;
    for (int p = -1; p >= FIRST; p--) {
      power = power.multiply(BigInteger.TEN);
      significands[p - FIRST] =
          top64(BigInteger.ONE.shiftLeft(power.bitLength() + 64).divide(power));
    }
    return significands;
  }

  private static long top64(BigInteger value) {
    int excess = value.bitLength() - 64;
    return (excess >= 0 ? value.shiftRight(excess) : value.shiftLeft(-excess)).longValue();
  }
}
