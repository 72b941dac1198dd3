package dev.tursojdbc.sql.value;

import dev.tursojdbc.storage.record.Register;

/**
 * Reads numbers from text, as far as the text is one.
 *
 * <pre>
 *   number := space* sign? (digit+ ("." digit*)? | "." digit+) (("e"|"E") sign? digit+)? space*
 * </pre>
 *
 * <p>Space is what C's isspace takes in ASCII. What follows the longest such prefix is ignored, but
 * the answer tells that it was there. A zero byte ends the text for {@link #readReal}, as it does
 * where SQLite reads a REAL, and is something that follows for {@link #readInteger}.
 */
public final class NumericText {
  /** The text does not begin with a number. */
  public static final int NONE = 0;

  /** The text begins with digits only, then something else follows. */
  public static final int INTEGER_PREFIX = 1;

  /** The text begins with a number with a point or exponent, then something else follows. */
  public static final int REAL_PREFIX = 2;

  /** The text is digits with a sign. */
  public static final int INTEGER = 3;

  /** The text is a number with a point or exponent. */
  public static final int REAL = 4;

  /** {@link #readInteger}: digits with a sign that fit an INTEGER, nothing else. */
  public static final int EXACT = 0;

  /** {@link #readInteger}: something else follows, or there are no digits at all. */
  public static final int INEXACT = 1;

  /** {@link #readInteger}: the digits do not fit; the value is the nearest INTEGER. */
  public static final int OVERFLOW = 2;

  /** From here another digit might not fit 64 unsigned bits. */
  private static final long FULL = Long.divideUnsigned(-1L - 9, 10);

  private static final int MAX_EXPONENT = 10_000;

  private NumericText() {}

  static boolean isSpace(byte next) {
    return next == ' ' || (next >= '\t' && next <= '\r');
  }

  static boolean isDigit(byte next) {
    return next >= '0' && next <= '9';
  }

  /**
   * Reads a number as a double.
   *
   * @param result its field {@code real} is set, to 0 if there is no number; nothing else changes
   * @return NONE, INTEGER_PREFIX, REAL_PREFIX, INTEGER or REAL
   */
  public static int readReal(byte[] text, int offset, int length, Register result) {
    int end = offset + length;
    int at = skipSpace(text, offset, end);
    boolean negative = at < end && text[at] == '-';
    if (at < end && (text[at] == '-' || text[at] == '+')) {
      at++;
    }
    int digitsFrom = at;
    long significand = 0;
    int exponent = 0;
    while (at < end && isDigit(text[at])) {
      if (Long.compareUnsigned(significand, FULL) < 0) {
        significand = significand * 10 + text[at] - '0';
      } else {
        exponent++;
      }
      at++;
    }
    boolean anyDigit = at > digitsFrom;
    boolean fractional = false;
    if (at < end && text[at] == '.') {
      int pointAt = at;
      at++;
      while (at < end && isDigit(text[at])) {
        if (Long.compareUnsigned(significand, FULL) < 0) {
          significand = significand * 10 + text[at] - '0';
          exponent--;
        }
        at++;
      }
      anyDigit |= at > pointAt + 1;
      fractional = true;
    }
    if (!anyDigit) {
      result.real = 0;
      return NONE;
    }
    int exponentAt = at;
    at = skipExponent(text, at, end);
    if (at > exponentAt) {
      fractional = true;
      exponent += exponent(text, exponentAt + 1, at);
    }
    double magnitude = DecimalReal.toReal(significand, exponent);
    result.real = negative ? -magnitude : magnitude;
    int behind = skipSpace(text, at, end);
    boolean whole = behind == end || text[behind] == 0;
    if (fractional) {
      return whole ? REAL : REAL_PREFIX;
    }
    return whole ? INTEGER : INTEGER_PREFIX;
  }

  private static int skipSpace(byte[] text, int offset, int end) {
    int at = offset;
    while (at < end && isSpace(text[at])) {
      at++;
    }
    return at;
  }

  /** The offset behind an exponent, or the same offset if there is none. */
  private static int skipExponent(byte[] text, int offset, int end) {
    if (offset >= end || (text[offset] | 0x20) != 'e') {
      return offset;
    }
    int at = offset + 1;
    if (at < end && (text[at] == '-' || text[at] == '+')) {
      at++;
    }
    int digitsFrom = at;
    while (at < end && isDigit(text[at])) {
      at++;
    }
    return at > digitsFrom ? at : offset;
  }

  private static int exponent(byte[] text, int offset, int end) {
    boolean negative = text[offset] == '-';
    int value = 0;
    for (int at = isDigit(text[offset]) ? offset : offset + 1; at < end; at++) {
      value = value < MAX_EXPONENT ? value * 10 + text[at] - '0' : MAX_EXPONENT;
    }
    return negative ? -value : value;
  }

  /**
   * Reads the digits at the beginning as an INTEGER; a point ends them.
   *
   * @param result its field {@code integer} is set, to 0 if there are no digits; nothing else
   *     changes
   * @return EXACT, INEXACT or OVERFLOW
   */
  public static int readInteger(byte[] text, int offset, int length, Register result) {
    int end = offset + length;
    int at = skipSpace(text, offset, end);
    boolean negative = at < end && text[at] == '-';
    if (at < end && (text[at] == '-' || text[at] == '+')) {
      at++;
    }
    int digitsFrom = at;
    // Negative, because the smallest INTEGER has no positive counterpart.
    long value = 0;
    boolean overflow = false;
    while (at < end && isDigit(text[at])) {
      int digit = text[at] - '0';
      if (value < Long.MIN_VALUE / 10 || value * 10 < Long.MIN_VALUE + digit) {
        overflow = true;
      } else {
        value = value * 10 - digit;
      }
      at++;
    }
    if (!negative && value == Long.MIN_VALUE) {
      overflow = true;
    }
    if (overflow) {
      result.integer = negative ? Long.MIN_VALUE : Long.MAX_VALUE;
      return OVERFLOW;
    }
    result.integer = negative ? value : -value;
    return at > digitsFrom && skipSpace(text, at, end) == end ? EXACT : INEXACT;
  }
}
