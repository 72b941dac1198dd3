package dev.tursojdbc.sql.value;

/** An INTEGER as decimal digits. */
public final class IntegerText {
  /** The sign and the 19 digits of the smallest INTEGER. */
  public static final int MAX_LENGTH = 20;

  private IntegerText() {}

  /** Number of characters of an integer. */
  public static int length(long value) {
    // Negative numbers, because there is one more of them.
    int length = value < 0 ? 2 : 1;
    long rest = value < 0 ? value : -value;
    while (rest <= -10) {
      rest /= 10;
      length++;
    }
    return length;
  }

  /**
   * Writes an integer; there must be room for it.
   *
   * @return number of bytes written
   */
  public static int write(long value, byte[] target, int offset) {
    int length = length(value);
    int position = offset + length;
    long rest = value < 0 ? value : -value;
    do {
      long tenth = rest / 10;
      target[--position] = (byte) ('0' + (tenth * 10 - rest));
      rest = tenth;
    } while (rest != 0);
    if (value < 0) {
      target[offset] = '-';
    }
    return length;
  }

  public static byte[] of(long value) {
    byte[] text = new byte[length(value)];
    write(value, text, 0);
    return text;
  }
}
