package dev.tursojdbc.sql.value;

/**
 * A REAL taken apart into a sign, decimal digits and the place of the decimal point, rounded to
 * what is asked for.
 *
 * <p>The value is {@code 0.d1d2d3… * 10^pointPosition}, trailing zeros dropped. At most 18 or 19
 * digits are computed, from the upper 64 bits of a product with a power of ten; digits behind them
 * are zeros for whoever wants more. That, and the order of the roundings, is SQLite's: a correctly
 * rounded conversion would differ in the last digits.
 */
final class DecimalDigits {
  /** How many digits identify every REAL. */
  private static final int ROUND_TRIP = 17;

  /** How many digits are computed if no fewer will do. */
  private static final int MAX_DIGITS = 18;

  boolean negative;
  boolean infinite;

  /** Digits as characters, from {@link #start}. */
  private final byte[] digits = new byte[24];

  private int start;

  /** Number of digits; at least one. */
  int count;

  int pointPosition;

  /**
   * Takes a value apart.
   *
   * @param round if positive, how many digits to round to; else, negated, how many digits behind
   *     the decimal point
   * @param maxDigits most digits to give
   */
  DecimalDigits(double value, int round, int maxDigits) {
    negative = value < 0;
    if (value == 0) {
      start = 0;
      digits[0] = '0';
      count = 1;
      pointPosition = 1;
      return;
    }
    if (Double.isInfinite(value)) {
      infinite = true;
      return;
    }
    double magnitude = Math.abs(value);
    int exponent = decompose(magnitude, round <= 0 || round >= MAX_DIGITS ? MAX_DIGITS : round + 1);
    round(magnitude, exponent, round, maxDigits);
    while (count > 1 && digits[start + count - 1] == '0') {
      count--;
    }
  }

  /** The digit at an index, a zero behind the last. */
  byte digit(int index) {
    return index < count ? digits[start + index] : (byte) '0';
  }

  /** Makes the value nine times a power of ten. */
  void setNine(int newPointPosition) {
    digits[start] = '9';
    count = 1;
    pointPosition = newPointPosition;
  }

  /**
   * Writes digits of the value, which is then digits * 10^exponent.
   *
   * @param wanted at least so many digits, and at most one more; 18 are rounded, fewer are cut off
   * @return the exponent
   */
  private int decompose(double magnitude, int wanted) {
    long bits = Double.doubleToRawLongBits(magnitude);
    int binaryExponent = (int) (bits >>> 52);
    long significand = bits & 0xF_FFFF_FFFF_FFFFL;
    if (binaryExponent == 0) {
      int shift = Long.numberOfLeadingZeros(significand);
      significand <<= shift;
      binaryExponent = -1074 - shift;
    } else {
      significand = significand << 11 | Long.MIN_VALUE;
      binaryExponent -= 1086;
    }
    int power = wanted - 1 - PowersOfTen.decimalExponent(binaryExponent + 63);
    long product = PowersOfTen.multiplyHigh(significand, PowersOfTen.significand(power));
    long doubled = product >>> -(binaryExponent + PowersOfTen.binaryExponent(power) + 2);
    writeDigits((doubled >>> 1) + (wanted == MAX_DIGITS ? doubled & 1 : 0));
    pointPosition = count - power;
    return -power;
  }

  /** Writes digits to the end of the array, so that there is room for a carry before them. */
  private void writeDigits(long value) {
    int position = digits.length;
    long rest = value;
    do {
      digits[--position] = (byte) ('0' + rest % 10);
      rest /= 10;
    } while (rest != 0);
    start = position;
    count = digits.length - position;
  }

  private void round(double magnitude, int exponent, int round, int maxDigits) {
    int wanted = round;
    if (wanted <= 0) {
      wanted = pointPosition - round;
      if (wanted == 0 && digits[start] >= '5') {
        // 0.7 to no digits behind the point: the digit that it becomes is not there yet.
        digits[--start] = '0';
        count++;
        pointPosition++;
        wanted = 1;
      }
    }
    if (wanted <= 0 || (wanted >= count && count <= maxDigits)) {
      // All digits lie behind those wanted, where nobody will look; or there are no more.
      return;
    }
    wanted = Math.min(wanted, maxDigits);
    if (wanted == ROUND_TRIP) {
      wanted = shorterRoundTrip(magnitude, exponent);
    }
    roundTo(wanted);
  }

  /**
   * Fewer digits than 17 if nines at the 15th and 16th, or zeros at the 14th and 15th, suggest them
   * and they read back as the same value: 49.47 rather than 49.469999999999999. Below 1 it takes
   * another zero.
   */
  private int shorterRoundTrip(double magnitude, int exponent) {
    byte run = digits[start + 14];
    boolean nines = run == '9' && digits[start + 15] == '9';
    boolean zeros =
        run == '0' && digits[start + 13] == '0' && (digits[start + 15] == '0' || magnitude >= 1);
    if (!nines && !zeros) {
      return ROUND_TRIP;
    }
    int kept = 14;
    while (kept > 0 && digits[start + kept - 1] == run) {
      kept--;
    }
    long value = 0;
    for (int i = 0; i < kept; i++) {
      value = value * 10 + digits[start + i] - '0';
    }
    if (nines) {
      value++;
    }
    boolean same = DecimalReal.toReal(value, exponent + count - kept) == magnitude;
    return same ? kept + 1 : ROUND_TRIP;
  }

  private void roundTo(int wanted) {
    boolean up = digits[start + wanted] >= '5';
    count = wanted;
    if (!up) {
      return;
    }
    int position = start + wanted - 1;
    while (position >= start && digits[position] == '9') {
      digits[position--] = '0';
    }
    if (position >= start) {
      digits[position]++;
    } else {
      digits[--start] = '1';
      count++;
      pointPosition++;
    }
  }
}
