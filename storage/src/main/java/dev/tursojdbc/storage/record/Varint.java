package dev.tursojdbc.storage.record;

/**
 * SQLite's variable-length integer: 1 to 9 bytes, most significant first.
 *
 * <pre>
 *   bytes 1 to 8   0x80 set: more follow; the low seven bits are part of the value
 *   byte 9         all eight bits are part of the value
 * </pre>
 *
 * <p>So 0 to 127 take one byte, and a negative value always takes nine.
 */
public final class Varint {
  /** The longest encoding, in bytes. */
  public static final int MAX_LENGTH = 9;

  private Varint() {}

  /** Decodes the varint at an offset. It must lie wholly inside the array. */
  public static long read(byte[] bytes, int offset) {
    int first = bytes[offset];
    if (first >= 0) {
      return first;
    }
    int second = bytes[offset + 1];
    if (second >= 0) {
      return (first & 0x7FL) << 7 | second;
    }
    int third = bytes[offset + 2];
    if (third >= 0) {
      return (first & 0x7FL) << 14 | (second & 0x7F) << 7 | third;
    }
    return readLong(bytes, offset);
  }

  private static long readLong(byte[] bytes, int offset) {
    long value = 0;
    for (int i = 0; i < 8; i++) {
      int next = bytes[offset + i];
      value = value << 7 | (next & 0x7F);
      if (next >= 0) {
        return value;
      }
    }
    return value << 8 | (bytes[offset + 8] & 0xFF);
  }

  /** Number of bytes of the encoding that begins at an offset. */
  public static int length(byte[] bytes, int offset) {
    int length = 1;
    while (length < MAX_LENGTH && bytes[offset + length - 1] < 0) {
      length++;
    }
    return length;
  }

  /**
   * Number of bytes of the encoding that begins at an offset, or 0 if it does not end before the
   * limit.
   */
  public static int length(byte[] bytes, int offset, int limit) {
    for (int length = 1; offset + length <= limit; length++) {
      if (length == MAX_LENGTH || bytes[offset + length - 1] >= 0) {
        return length;
      }
    }
    return 0;
  }

  /** Number of bytes that a value takes. */
  public static int length(long value) {
    if ((value & ~0x7FL) == 0) {
      return 1;
    }
    int bits = Long.SIZE - Long.numberOfLeadingZeros(value);
    return Math.min((bits + 6) / 7, MAX_LENGTH);
  }

  /**
   * Encodes a value.
   *
   * @return number of bytes written
   */
  public static int write(byte[] target, int offset, long value) {
    if ((value & ~0x7FL) == 0) {
      target[offset] = (byte) value;
      return 1;
    }
    // Rowids and sizes seldom take more than three bytes; the loop costs twice as much.
    if ((value & ~0x3FFFL) == 0) {
      target[offset] = (byte) (value >>> 7 | 0x80);
      target[offset + 1] = (byte) (value & 0x7F);
      return 2;
    }
    if ((value & ~0x1F_FFFFL) == 0) {
      target[offset] = (byte) (value >>> 14 | 0x80);
      target[offset + 1] = (byte) (value >>> 7 | 0x80);
      target[offset + 2] = (byte) (value & 0x7F);
      return 3;
    }
    int length = length(value);
    int last = offset + length - 1;
    long rest = value;
    if (length == MAX_LENGTH) {
      target[last] = (byte) rest;
      rest >>>= 8;
    } else {
      target[last] = (byte) (rest & 0x7F);
      rest >>>= 7;
    }
    for (int i = last - 1; i >= offset; i--) {
      target[i] = (byte) ((rest & 0x7F) | 0x80);
      rest >>>= 7;
    }
    return length;
  }
}
