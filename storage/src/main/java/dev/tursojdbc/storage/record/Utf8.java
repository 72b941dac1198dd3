package dev.tursojdbc.storage.record;

/**
 * Characters of UTF-8 as SQLite reads them: without ever failing, whatever the bytes are.
 *
 * <p>A lead byte (0xC0 and up) takes all continuation bytes (0x80 to 0xBF) behind it. A
 * continuation byte without a lead counts as a character of its own. Overlong forms of ASCII and
 * surrogates read as U+FFFD; U+FFFE and U+FFFF, which older versions replaced too, are themselves.
 *
 * <p>That is how characters are read. Where they are only counted or skipped, a continuation byte
 * without a lead takes those behind it, too.
 */
public final class Utf8 {
  public static final int REPLACEMENT = 0xFFFD;

  private Utf8() {}

  /** The offset after the character that begins at an offset. */
  public static int next(byte[] bytes, int offset, int end) {
    int position = offset + 1;
    if ((bytes[offset] & 0xFF) >= 0xC0) {
      while (position < end && isContinuation(bytes[position])) {
        position++;
      }
    }
    return position;
  }

  /** The code point of the character that begins at an offset. */
  public static int codePoint(byte[] bytes, int offset, int end) {
    int first = bytes[offset] & 0xFF;
    if (first < 0xC0) {
      return first;
    }
    int value = leadBits(first);
    for (int i = offset + 1; i < end && isContinuation(bytes[i]); i++) {
      value = (value << 6) + (bytes[i] & 0x3F);
    }
    boolean overlong = value >= 0 && value < 0x80;
    boolean surrogate = (value & 0xFFFF_F800) == 0xD800;
    return overlong || surrogate ? REPLACEMENT : value;
  }

  private static int leadBits(int lead) {
    if (lead < 0xE0) {
      return lead & 0x1F;
    }
    if (lead < 0xF0) {
      return lead & 0x0F;
    }
    if (lead < 0xF8) {
      return lead & 0x07;
    }
    if (lead < 0xFC) {
      return lead & 0x03;
    }
    return lead < 0xFE ? lead & 0x01 : 0;
  }

  /** The offset after the character that begins at an offset, where it is not read. */
  public static int skip(byte[] bytes, int offset, int end) {
    int position = offset + 1;
    if (bytes[offset] < 0) {
      while (position < end && isContinuation(bytes[position])) {
        position++;
      }
    }
    return position;
  }

  /** Number of characters. */
  public static int count(byte[] bytes, int offset, int length) {
    int end = offset + length;
    int count = 0;
    for (int position = offset; position < end; position = skip(bytes, position, end)) {
      count++;
    }
    return count;
  }

  /** Number of bytes that are no continuation, the first counting in any case; 0 of none. */
  public static int countStarts(byte[] bytes, int offset, int length) {
    int count = length == 0 ? 0 : 1;
    for (int i = offset + 1; i < offset + length; i++) {
      count += isContinuation(bytes[i]) ? 0 : 1;
    }
    return count;
  }

  /**
   * Writes a code point in one to four bytes.
   *
   * @return number of bytes written
   */
  public static int write(byte[] target, int offset, int codePoint) {
    if (codePoint < 0x80) {
      target[offset] = (byte) codePoint;
      return 1;
    }
    if (codePoint < 0x800) {
      target[offset] = (byte) (0xC0 + (codePoint >> 6 & 0x1F));
      target[offset + 1] = continuation(codePoint);
      return 2;
    }
    if (codePoint < 0x1_0000) {
      target[offset] = (byte) (0xE0 + (codePoint >> 12 & 0x0F));
      target[offset + 1] = continuation(codePoint >> 6);
      target[offset + 2] = continuation(codePoint);
      return 3;
    }
    target[offset] = (byte) (0xF0 + (codePoint >> 18 & 0x07));
    target[offset + 1] = continuation(codePoint >> 12);
    target[offset + 2] = continuation(codePoint >> 6);
    target[offset + 3] = continuation(codePoint);
    return 4;
  }

  private static byte continuation(int bits) {
    return (byte) (0x80 + (bits & 0x3F));
  }

  static boolean isContinuation(byte next) {
    return (next & 0xC0) == 0x80;
  }
}
