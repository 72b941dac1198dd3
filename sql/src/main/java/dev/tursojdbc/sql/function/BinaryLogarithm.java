package dev.tursojdbc.sql.function;

/**
 * The logarithm to base 2, right to the last bit but for rare cases next to the middle between two
 * numbers, as C's log2 is. Dividing two logarithms would be off by one or two bits.
 *
 * <pre>
 *   x = 2^e m, m between sqrt(1/2) and sqrt(2)
 *   s = (m-1)/(m+1)
 *   log2 m = 2/ln 2 (s + s^3/3 + s^5/5 + …)
 * </pre>
 *
 * <p>The first term and the factor have two numbers each, so that their product is exact to some
 * 100 bits; the rest of the series is below a hundredth of it.
 */
final class BinaryLogarithm {
  /** 2/ln 2, and what is missing from it. */
  private static final double FACTOR = 0x1.71547652b82fep+1;

  private static final double FACTOR_REST = 0x1.777d0ffda0d24p-55;

  /** Terms of the series behind the first; the next is below 2^-60. */
  private static final int TERMS = 12;

  private BinaryLogarithm() {}

  /** The logarithm of a positive number. */
  static double of(double x) {
    if (x == Double.POSITIVE_INFINITY) {
      return x;
    }
    int exponent = Math.getExponent(x);
    if (exponent < Double.MIN_EXPONENT) {
      return of(x * 0x1p54) - 54;
    }
    double mantissa = Math.scalb(x, -exponent);
    if (mantissa > Math.sqrt(2)) {
      mantissa /= 2;
      exponent++;
    }
    double numerator = mantissa - 1;
    double denominator = mantissa + 1;
    double denominatorRest = mantissa - (denominator - 1);
    double s = numerator / denominator;
    double sRest = (Math.fma(-s, denominator, numerator) - s * denominatorRest) / denominator;
    double rest = sRest + s * tail(s * s);
    double product = s * FACTOR;
    double productRest = Math.fma(s, FACTOR, -product) + s * FACTOR_REST + rest * FACTOR;
    // The exponent is 0 or larger than the product.
    double sum = exponent + product;
    double sumRest = exponent == 0 ? 0 : product - (sum - exponent);
    return sum + (sumRest + productRest);
  }

  private static double tail(double square) {
    double sum = 0;
    for (int i = TERMS; i >= 1; i--) {
      sum = (sum + 1.0 / (2 * i + 1)) * square;
    }
    return sum;
  }
}
