package dev.tursojdbc.sql.function;

/**
 * Functions that Java's library does not have, or of which its results differ from those of the C
 * library's in the last digit more often than others do: they are computed as that computes them.
 *
 * <p>Exponentials and logarithms are Java's own, which are right to the last digit but for rare
 * cases; for hyperbolic functions Java itself takes less exact ones. Where those are used they are
 * the ones of StrictMath, since newer JDKs compute Math's otherwise.
 */
final class AccurateMath {
  private static final double LN_2 = Math.log(2);

  /** 1/ln 10; and log10 of 2 in two parts, of which the first has zeros at its end. */
  private static final double LOG10_E = 0.4342944819032518;

  private static final double LOG10_2_HIGH = 0.30102999566361177;
  private static final double LOG10_2_LOW = 3.694239077158931e-13;

  /** What is missing from Math.PI. */
  private static final double PI_REST = 1.2246467991473532e-16;

  /** From here e to the power -x is nothing beside e to the power x. */
  private static final double LARGE_EXPONENT = 22;

  private static final double LARGE = 0x1p28;

  /** Outside of these limits quotients may lose digits. */
  private static final double TINY_QUOTIENT = 0x1p-500;

  private AccurateMath() {}

  /** The logarithm to base 10 of a positive number: of its exponent and its mantissa. */
  static double log10(double x) {
    if (x < Double.MIN_NORMAL || x == Double.POSITIVE_INFINITY) {
      return Math.log10(x);
    }
    int exponent = Math.getExponent(x);
    // The mantissa is between 1/2 and 1 where the exponent is negative, else between 1 and 2.
    int whole = exponent < 0 ? exponent + 1 : exponent;
    double mantissa = Math.scalb(x, -whole);
    double rest = whole * LOG10_2_LOW + LOG10_E * Math.log(mantissa);
    return rest + whole * LOG10_2_HIGH;
  }

  static double cosh(double x) {
    double magnitude = Math.abs(x);
    if (magnitude < 0.5 * LN_2) {
      double t = Math.expm1(magnitude);
      double w = 1 + t;
      return magnitude < 0x1p-55 ? w : 1 + t * t / (w + w);
    }
    if (magnitude < LARGE_EXPONENT) {
      double t = Math.exp(magnitude);
      return 0.5 * t + 0.5 / t;
    }
    return magnitude < Math.log(Double.MAX_VALUE) ? 0.5 * Math.exp(magnitude) : StrictMath.cosh(x);
  }

  static double sinh(double x) {
    double magnitude = Math.abs(x);
    return magnitude < LARGE_EXPONENT || magnitude >= Math.log(Double.MAX_VALUE)
        ? StrictMath.sinh(x)
        : Math.copySign(0.5 * Math.exp(magnitude), x);
  }

  static double acosh(double x) {
    if (x < 1) {
      return Double.NaN;
    }
    if (x > LARGE) {
      return Math.log(x) + LN_2;
    }
    if (x > 2) {
      return Math.log(2 * x - 1 / (x + Math.sqrt(x * x - 1)));
    }
    double t = x - 1;
    return Math.log1p(t + Math.sqrt(2 * t + t * t));
  }

  static double asinh(double x) {
    double magnitude = Math.abs(x);
    double value;
    if (magnitude > LARGE) {
      value = Math.log(magnitude) + LN_2;
    } else if (magnitude > 2) {
      value = Math.log(2 * magnitude + 1 / (Math.sqrt(magnitude * magnitude + 1) + magnitude));
    } else {
      double square = magnitude * magnitude;
      value = Math.log1p(magnitude + square / (1 + Math.sqrt(square + 1)));
    }
    return Math.copySign(value, x);
  }

  static double atanh(double x) {
    double magnitude = Math.abs(x);
    double twice = magnitude + magnitude;
    double value =
        magnitude < 0.5
            ? 0.5 * Math.log1p(twice + twice * magnitude / (1 - magnitude))
            : 0.5 * Math.log1p(twice / (1 - magnitude));
    return Math.copySign(value, x);
  }

  /**
   * The angle of a point: the arc tangent of the smaller coordinate divided by the larger one, with
   * what the division leaves, measured from the nearest axis.
   */
  static double atan2(double y, double x) {
    double across = Math.abs(x);
    double up = Math.abs(y);
    boolean flat = up <= across;
    double quotient = flat ? up / across : across / up;
    if (!(quotient > TINY_QUOTIENT) || !(Math.max(across, up) < 1 / TINY_QUOTIENT)) {
      return Math.atan2(y, x);
    }
    double rest =
        flat ? Math.fma(-quotient, across, up) / across : Math.fma(-quotient, up, across) / up;
    double angle = Math.atan(quotient);
    double angleRest = rest / (1 + quotient * quotient);
    double value;
    if (flat) {
      value = x > 0 ? angle + angleRest : sum(Math.PI, PI_REST, -angle, -angleRest);
    } else {
      double sign = x > 0 ? -1 : 1;
      value = sum(Math.PI / 2, PI_REST / 2, sign * angle, sign * angleRest);
    }
    return Math.copySign(value, y);
  }

  /** The sum of two numbers in two parts each, of which the first is the larger one. */
  private static double sum(double high, double low, double otherHigh, double otherLow) {
    double sum = high + otherHigh;
    double lost = otherHigh - (sum - high);
    return sum + (lost + low + otherLow);
  }
}
