package dev.tursojdbc.storage.record;

import java.util.Arrays;

/**
 * The encoding of all text in a database file, chosen when the file is made ({@code PRAGMA
 * encoding}).
 *
 * <p>Everything above records works in UTF-8; text of a UTF-16 file is transcoded when a record is
 * read and written. One thing shows through: BINARY compares the file's bytes, so a UTF-16 file
 * orders by those; {@link #binary()} is the collation that does.
 */
public enum TextEncoding {
  UTF8(1, "UTF-8"),
  UTF16LE(2, "UTF-16le"),
  UTF16BE(3, "UTF-16be");

  private final int code;
  private final String sqlName;

  TextEncoding(int code, String sqlName) {
    this.code = code;
    this.sqlName = sqlName;
  }

  /** The number at offset 56 of the database header. */
  public int code() {
    return code;
  }

  /** As {@code PRAGMA encoding} prints it. */
  public String sqlName() {
    return sqlName;
  }

  /**
   * The encoding of a header's number.
   *
   * @return UTF8 for 0, as in a database without a schema
   * @throws IllegalArgumentException if the number is none of 0 to 3
   */
  public static TextEncoding ofCode(int code) {
    return switch (code) {
      case 0, 1 -> UTF8;
      case 2 -> UTF16LE;
      case 3 -> UTF16BE;
      default -> throw new IllegalArgumentException("text encoding " + code);
    };
  }

  /** The collation that a file of this encoding knows as BINARY. */
  public Collation binary() {
    return this == UTF8 ? Collation.BINARY : new Utf16Binary(this);
  }

  /** Transcodes text of a file to UTF-8. A lone last byte of UTF-16 is dropped. */
  public byte[] toUtf8(byte[] bytes, int offset, int length) {
    if (this == UTF8) {
      return Arrays.copyOfRange(bytes, offset, offset + length);
    }
    int end = offset + (length & ~1);
    byte[] target = new byte[(end - offset) / 2 * 3];
    int size = 0;
    int position = offset;
    while (position < end) {
      int unit = unit(bytes, position);
      position += 2;
      if (unit >= 0xD800 && unit < 0xE000 && position < end) {
        // As in SQLite, what follows a surrogate is taken as its other half unseen.
        int low = unit(bytes, position);
        position += 2;
        unit = (low & 0x3FF) + ((unit & 0x3F) << 10) + (((unit & 0x3C0) + 0x40) << 10);
      }
      size += Utf8.write(target, size, unit);
    }
    return Arrays.copyOf(target, size);
  }

  /** Transcodes UTF-8 to the file's encoding. */
  public byte[] fromUtf8(byte[] utf8, int offset, int length) {
    if (this == UTF8) {
      return Arrays.copyOfRange(utf8, offset, offset + length);
    }
    int end = offset + length;
    byte[] target = new byte[2 * length];
    int size = 0;
    for (int position = offset; position < end; position = Utf8.next(utf8, position, end)) {
      int codePoint = Utf8.codePoint(utf8, position, end);
      if (codePoint >= 0 && codePoint <= 0xFFFF) {
        setUnit(target, size, codePoint);
        size += 2;
      } else {
        int rest = codePoint - 0x1_0000;
        setUnit(target, size, 0xD800 + (rest >> 10 & 0x3FF));
        setUnit(target, size + 2, 0xDC00 + (rest & 0x3FF));
        size += 4;
      }
    }
    return Arrays.copyOf(target, size);
  }

  private int unit(byte[] bytes, int offset) {
    int first = bytes[offset] & 0xFF;
    int second = bytes[offset + 1] & 0xFF;
    return this == UTF16BE ? first << 8 | second : second << 8 | first;
  }

  private void setUnit(byte[] target, int offset, int unit) {
    target[offset] = (byte) (this == UTF16BE ? unit >> 8 : unit);
    target[offset + 1] = (byte) (this == UTF16BE ? unit : unit >> 8);
  }

  /** Compares the bytes that two texts have in a UTF-16 file. */
  private record Utf16Binary(TextEncoding encoding) implements Collation {
    @Override
    public String name() {
      return "BINARY";
    }

    @Override
    public int compare(
        byte[] left,
        int leftOffset,
        int leftLength,
        byte[] right,
        int rightOffset,
        int rightLength) {
      return Arrays.compareUnsigned(
          encoding.fromUtf8(left, leftOffset, leftLength),
          encoding.fromUtf8(right, rightOffset, rightLength));
    }
  }
}
