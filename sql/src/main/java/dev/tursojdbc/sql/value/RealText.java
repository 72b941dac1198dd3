package dev.tursojdbc.sql.value;

import dev.tursojdbc.storage.record.Register;

/**
 * The text of a REAL, as printf's {@code %!.17g} gives it: as many digits as are needed to read the
 * same value again, at most 17, always with a decimal point, an exponent from 1e+17 and below
 * 1e-04.
 *
 * <p>Infinity is {@code Inf}. Java's {@code Double.toString} is no substitute: it has another
 * notation, and the shortest digits where SQLite may give 17.
 */
public final class RealText {
  /** Sign, 17 digits, point, exponent: more than any REAL needs. */
  private static final int MAX_LENGTH = 32;

  /** Whole numbers below this are exact as long, and have less than 17 digits. */
  private static final double MAX_WHOLE = 1e15;

  private static final RealFormat FORMAT = format(17);

  private RealText() {}

  private static RealFormat format(int digits) {
    RealFormat format = new RealFormat();
    format.extended = true;
    format.precision = digits;
    return format;
  }

  public static void append(double value, TextBuilder target) {
    long whole = (long) value;
    if (whole == value && Math.abs(value) < MAX_WHOLE) {
      target.appendInteger(whole).append('.').append('0');
    } else {
      FORMAT.append(value, target);
    }
  }

  /** Makes a register the text of a REAL. */
  public static void toText(double value, Register result) {
    TextBuilder text = new TextBuilder(MAX_LENGTH, MAX_LENGTH);
    append(value, text);
    text.toText(result);
  }

  public static byte[] of(double value) {
    TextBuilder text = new TextBuilder(MAX_LENGTH, MAX_LENGTH);
    append(value, text);
    return text.toByteArray();
  }
}
