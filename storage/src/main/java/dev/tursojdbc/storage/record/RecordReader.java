package dev.tursojdbc.storage.record;

import dev.tursojdbc.storage.error.CorruptDatabaseException;
import java.util.Arrays;

/**
 * Reads the values of one record after the other, in place.
 *
 * <pre>
 *   record := header body
 *   header := headerSize:varint serialType:varint*      headerSize counts itself
 *   body   := one value per serial type, in the same order, nothing between
 * </pre>
 *
 * <p>The header is decoded up to the last column asked for, once. A record may have fewer values
 * than its table has columns, because ADD COLUMN rewrites no rows: those are {@link #ABSENT}, and
 * the caller knows their default. Text and blobs are slices of the record's bytes; nothing is
 * allocated unless text has to be transcoded.
 *
 * <p>Of a payload that goes on in overflow pages the reader may be given only the beginning. Ask
 * {@link #requiredLength} then, and attach the whole payload before reading a column that needs
 * more.
 */
public final class RecordReader {
  /** What {@link #read} answers for a column behind the end of the record. */
  public static final int ABSENT = -1;

  /** A header of more bytes than a record with the most columns can have is malformed. */
  private static final int MAX_HEADER_SIZE = 98307;

  private final TextEncoding encoding;

  private byte[] bytes = Register.EMPTY;
  private int start;
  private int available;
  private int total;
  private int pageNumber;

  /** Where in {@link #bytes} the next undecoded serial type begins; from {@code start}, see end. */
  private int position;

  private int headerEnd;
  private int decoded;

  /** Serial types and body offsets (from the record's start) of the decoded columns. */
  private int[] types = new int[16];

  private int[] offsets = new int[17];

  public RecordReader(TextEncoding encoding) {
    this.encoding = encoding;
  }

  /** Takes a whole record from a page that is unknown or does not matter. */
  public void attach(byte[] source, int offset, int length) {
    attach(source, offset, length, length, 0);
  }

  /**
   * Takes a record.
   *
   * @param length bytes of the record that are here
   * @param totalLength bytes of the record, those in overflow pages included
   * @param page number of the page that holds the record, for error messages
   */
  public void attach(byte[] source, int offset, int length, int totalLength, int page) {
    if (bytes != source) {
      // Most rows lie in the page of the row before; see Register.
      bytes = source;
    }
    start = offset;
    available = length;
    total = totalLength;
    pageNumber = page;
    decoded = 0;
    int size;
    int sizeLength;
    if (length == 0 && offset >= source.length) {
      // SQLite looks at the byte behind an empty record, too, which is zero most often.
      size = 0;
      sizeLength = 0;
    } else if (offset < source.length && source[offset] >= 0) {
      size = source[offset];
      // A header of no bytes is taken for one without values.
      sizeLength = size == 0 ? 0 : 1;
    } else {
      sizeLength = Varint.length(source, offset, offset + Math.min(length, source.length - offset));
      long value = sizeLength == 0 ? -1 : Varint.read(source, offset);
      if (value < 0 || value > MAX_HEADER_SIZE) {
        throw malformed("record header has no valid size");
      }
      size = (int) value;
    }
    if (size < sizeLength || size > totalLength) {
      throw malformed("record header of " + size + " bytes in a record of " + totalLength);
    }
    position = offset + sizeLength;
    headerEnd = offset + size;
    offsets[0] = size;
  }

  /**
   * Reads a column.
   *
   * @return its storage class, or {@link #ABSENT} if the record ends before it; then the target is
   *     left as it was
   */
  public int read(int column, Register target) {
    if (column >= decoded && !decodeTo(column)) {
      return ABSENT;
    }
    int type = types[column];
    int at = start + offsets[column];
    if (offsets[column + 1] > available) {
      throw new IllegalStateException("column " + column + " lies in overflow pages");
    }
    if (type >= SerialType.FIRST_BLOB) {
      return readBytes(type, at, target);
    }
    if (SerialType.isInteger(type)) {
      target.type = StorageClass.INTEGER;
      target.integer = SerialType.readInteger(type, bytes, at);
      return StorageClass.INTEGER;
    }
    if (type == SerialType.REAL) {
      target.setReal(SerialType.readReal(bytes, at));
      return target.type;
    }
    target.type = StorageClass.NULL;
    return StorageClass.NULL;
  }

  private int readBytes(int type, int at, Register target) {
    int length = SerialType.size(type);
    if ((type & 1) == 0) {
      target.setBlob(bytes, at, length);
      return StorageClass.BLOB;
    }
    if (encoding == TextEncoding.UTF8) {
      target.setText(bytes, at, length);
    } else {
      target.setText(encoding.toUtf8(bytes, at, length));
    }
    return StorageClass.TEXT;
  }

  /**
   * The serial type of a column, without reading it, or {@link #ABSENT}. Needs only the header to
   * be here.
   */
  public int serialType(int column) {
    return column < decoded || decodeTo(column) ? types[column] : ABSENT;
  }

  /**
   * How many bytes from the record's start must be attached for a column to be read. If the header
   * itself is cut off, that is the header; ask again when it is here.
   */
  public int requiredLength(int column) {
    if (headerEnd - start > available) {
      return headerEnd - start;
    }
    return column < decoded || decodeTo(column) ? offsets[column + 1] : headerEnd - start;
  }

  /** Bytes of the header, its size included. */
  public int headerSize() {
    return headerEnd - start;
  }

  /** Number of values in the record. */
  public int columnCount() {
    while (position < headerEnd && decodeTo(decoded)) {
      // Each round decodes one more.
    }
    return decoded;
  }

  private boolean decodeTo(int column) {
    byte[] source = bytes;
    int at = position;
    int index = decoded;
    if (at >= headerEnd) {
      if (headerEnd - start == 1) {
        throw malformed("record header without a value");
      }
      return false;
    }
    if (headerEnd - start > available) {
      throw headerCutOff();
    }
    if (column >= types.length) {
      grow(column);
    }
    long offset = offsets[index];
    while (index <= column && at < headerEnd) {
      int type = source[at];
      if (type >= 0) {
        at++;
      } else {
        int length = Varint.length(source, at, headerEnd);
        type = longSerialType(at, length);
        at += length;
      }
      types[index] = type;
      offset += SerialType.size(type);
      if (offset > total) {
        throw malformed("value " + index + " ends behind its record of " + total + " bytes");
      }
      index++;
      offsets[index] = (int) offset;
    }
    if (at >= headerEnd && offset != total) {
      throw malformed("values end at " + offset + " in a record of " + total + " bytes");
    }
    position = at;
    decoded = index;
    return index > column;
  }

  private int longSerialType(int at, int length) {
    long type = length == 0 ? -1 : Varint.read(bytes, at);
    if (type < 0 || type > Integer.MAX_VALUE) {
      throw malformed("value " + decoded + " or a later one has no valid serial type");
    }
    return (int) type;
  }

  private void grow(int column) {
    // Bounded by the header's size: a serial type takes at least one byte.
    int size = Math.min(Math.max(column + 1, 2 * types.length), MAX_HEADER_SIZE);
    size = Math.max(size, column + 1);
    types = Arrays.copyOf(types, size);
    offsets = Arrays.copyOf(offsets, size + 1);
  }

  private RuntimeException headerCutOff() {
    return available < total
        ? new IllegalStateException("the record's header lies in overflow pages")
        : malformed("record header ends behind its record");
  }

  private CorruptDatabaseException malformed(String finding) {
    return CorruptDatabaseException.ofRecord(pageNumber, finding);
  }
}
