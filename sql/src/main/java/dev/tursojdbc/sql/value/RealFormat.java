package dev.tursojdbc.sql.value;

/**
 * How a REAL is written: what stands between the percent sign and the letter in printf.
 *
 * <p>The fields are the flags, named after what they do; who parses a format sets them. Padding
 * with spaces is the caller's.
 */
public final class RealFormat {

  /** The conversion letter. */
  public enum Notation {
    /** {@code f}: digits before and behind the point. */
    FIXED,
    /** {@code e}: one digit before the point, and an exponent. */
    EXPONENT,
    /** {@code g}: whichever of the two is shorter, without trailing zeros. */
    GENERAL
  }

  /** Most digits behind the point that a format can ask for. */
  private static final int MAX_PRECISION = 100_000_000;

  private static final int DIGITS = 16;
  private static final int EXTENDED_DIGITS = 26;

  /** Stands for infinity where zeros fill the width: nine times ten to this power. */
  private static final int INFINITE_EXPONENT = 999;

  public Notation notation = Notation.GENERAL;

  /** Digits behind the point, or significant digits for GENERAL; -1 for the six of printf. */
  public int precision = -1;

  /** Flag {@code #}: always a point, trailing zeros stay, no minus before a rounded zero. */
  public boolean alternate;

  /** Flag {@code !}: more than 16 digits, and always a digit behind the point. */
  public boolean extended;

  /** Flag {@code 0}: zeros fill the width. */
  public boolean zeroPadded;

  public boolean leftJustified;

  /** Flag {@code ,}: commas between thousands. */
  public boolean thousands;

  /** Whether the exponent's letter is a capital. */
  public boolean upperCase;

  /** What stands before a number that is not negative: plus, space, or 0 for nothing. */
  public char plus;

  public int width;

  /** Appends a value; NaN does not occur. */
  public void append(double value, TextBuilder target) {
    int digitsWanted = precision < 0 ? 6 : Math.min(precision, MAX_PRECISION);
    if (notation == Notation.GENERAL && digitsWanted == 0) {
      digitsWanted = 1;
    }
    int round =
        switch (notation) {
          case FIXED -> -digitsWanted;
          case EXPONENT -> digitsWanted + 1;
          case GENERAL -> digitsWanted;
        };
    DecimalDigits decimal = new DecimalDigits(value, round, extended ? EXTENDED_DIGITS : DIGITS);
    if (decimal.infinite) {
      if (!zeroPadded) {
        appendInfinity(decimal.negative, target);
        return;
      }
      decimal.setNine(INFINITE_EXPONENT + 1);
    }
    int from = target.length();
    appendSign(decimal, round, target);
    int signLength = target.length() - from;
    appendNumber(decimal, digitsWanted, target);
    int missing = width - (target.length() - from);
    if (zeroPadded && !leftJustified && missing > 0) {
      target.insertRepeated(from + signLength, '0', missing);
    }
  }

  private void appendInfinity(boolean negative, TextBuilder target) {
    if (negative) {
      target.append('-');
    } else if (plus != 0) {
      target.append(plus);
    }
    target.append("Inf");
  }

  private void appendSign(DecimalDigits decimal, int round, TextBuilder target) {
    if (decimal.negative) {
      if (!alternate || notation != Notation.FIXED || decimal.pointPosition > round) {
        target.append('-');
      }
    } else if (plus != 0) {
      target.append(plus);
    }
  }

  private void appendNumber(DecimalDigits decimal, int digitsWanted, TextBuilder target) {
    int exponent = decimal.pointPosition - 1;
    if (notation == Notation.EXPONENT) {
      appendDigits(decimal, 0, digitsWanted, extended, target);
      appendExponent(exponent, target);
    } else if (notation == Notation.FIXED) {
      appendDigits(decimal, exponent, digitsWanted, extended, target);
    } else if (exponent < -4 || exponent > digitsWanted - 1) {
      appendDigits(decimal, 0, digitsWanted - 1, !alternate, target);
      appendExponent(exponent, target);
    } else {
      appendDigits(decimal, exponent, digitsWanted - 1 - exponent, !alternate, target);
    }
  }

  /**
   * Appends the digits and the point.
   *
   * @param exponent the power of ten of the first digit; negative if it stands behind the point
   * @param fraction number of digits behind the point
   * @param trimmed whether zeros at the end are dropped
   */
  private void appendDigits(
      DecimalDigits decimal, int exponent, int fraction, boolean trimmed, TextBuilder target) {
    int index = 0;
    if (exponent < 0) {
      target.append('0');
    }
    for (int place = exponent; place >= 0; place--) {
      target.append(decimal.digit(index++));
      if (thousands && place % 3 == 0 && place > 1) {
        target.append(',');
      }
    }
    if (fraction <= 0 && !alternate && !extended) {
      return;
    }
    target.append('.');
    int leadingZeros = Math.min(Math.max(-exponent - 1, 0), Math.max(fraction, 0));
    target.appendRepeated('0', leadingZeros);
    int rest = fraction - leadingZeros;
    for (; rest > 0 && index < decimal.count; rest--) {
      target.append(decimal.digit(index++));
    }
    if (trimmed) {
      trim(target);
    } else {
      target.appendRepeated('0', rest);
    }
  }

  private void trim(TextBuilder target) {
    int end = target.length();
    while (target.at(end - 1) == '0') {
      end--;
    }
    if (target.at(end - 1) == '.' && !extended) {
      end--;
    }
    target.setLength(end);
    if (target.at(end - 1) == '.') {
      target.append('0');
    }
  }

  private void appendExponent(int exponent, TextBuilder target) {
    target.append(upperCase ? 'E' : 'e').append(exponent < 0 ? '-' : '+');
    int magnitude = Math.abs(exponent);
    if (magnitude < 10) {
      target.append('0');
    }
    target.appendInteger(magnitude);
  }
}
