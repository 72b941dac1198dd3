package dev.tursojdbc.storage.record;

import dev.tursojdbc.storage.error.CorruptDatabaseException;
import java.util.List;

/**
 * The order of the records of an index, a sorter or a WITHOUT ROWID table: per column a collation,
 * a direction and the place of NULLs.
 *
 * <p>A key with fewer values than a record compares equal to every record that begins with them: a
 * seek decides for itself what equal means. A record with fewer values than the key is malformed
 * where they do not decide. Records are compared in their bytes, decoding no more than decides; the
 * common first columns, an INTEGER and a text under BINARY, have paths of their own.
 *
 * <p>Immutable, and safe for use by several threads.
 */
public final class KeyOrder {

  /**
   * The order of one column.
   *
   * @param collation for texts
   * @param descending whether greater values are first
   * @param nullsLarge whether NULL counts as greater than all else, instead of less; with {@code
   *     descending} it is then first. Only ORDER BY … NULLS FIRST and LAST needs it.
   */
  public record Column(Collation collation, boolean descending, boolean nullsLarge) {
    /** Ascending under BINARY, as is usual. */
    public static final Column DEFAULT = new Column(Collation.BINARY, false, false);
  }

  private final TextEncoding encoding;
  private final List<Column> columns;
  private final Collation[] collations;

  /** Whether texts of the column compare as the file's bytes do. */
  private final boolean[] bytewise;

  private final boolean[] descending;
  private final boolean[] nullsLarge;

  /** Columns beyond those given compare as {@link Column#DEFAULT}. */
  public KeyOrder(List<Column> columns, TextEncoding encoding) {
    int count = columns.size();
    this.encoding = encoding;
    this.columns = List.copyOf(columns);
    collations = new Collation[count];
    bytewise = new boolean[count];
    descending = new boolean[count];
    nullsLarge = new boolean[count];
    Collation binary = encoding.binary();
    for (int i = 0; i < count; i++) {
      Column column = columns.get(i);
      collations[i] = column.collation == Collation.BINARY ? binary : column.collation;
      bytewise[i] = collations[i] == Collation.BINARY;
      descending[i] = column.descending;
      nullsLarge[i] = column.nullsLarge;
    }
  }

  public List<Column> columns() {
    return columns;
  }

  public int columnCount() {
    return collations.length;
  }

  /** Compares two keys value by value. */
  public int compare(Register[] left, Register[] right, int count) {
    for (int i = 0; i < count; i++) {
      int order = compareValues(i, left[i], right[i]);
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  /** Compares two values of one column, its direction included. */
  public int compareValues(int column, Register left, Register right) {
    if (column >= collations.length) {
      return ValueOrder.compare(left, right, Collation.BINARY);
    }
    int order = ValueOrder.compare(left, right, collations[column]);
    return directed(column, order, left.isNull() || right.isNull());
  }

  private int directed(int column, int order, boolean withNull) {
    if (column >= collations.length || order == 0) {
      return order;
    }
    return descending[column] != (withNull && nullsLarge[column]) ? -order : order;
  }

  /**
   * Compares the first {@code count} values of a key with a record, which must be here as a whole.
   * Only what decides is looked at, and so only damage there is noticed, as in SQLite.
   *
   * @return negative, zero or positive as the key is before, equal to or after the record
   */
  public int compare(Register[] key, int count, byte[] record, int offset, int length) {
    // Nearly every header is shorter than 128 bytes, so that its size is one byte.
    // Of an empty record SQLite looks at the byte behind it.
    int headerSize = offset < record.length ? record[offset] : -1;
    int at = offset + 1;
    if (headerSize < 0) {
      int sizeLength = Varint.length(record, offset, offset + length);
      headerSize = longHeaderSize(record, offset, length, sizeLength);
      at = offset + sizeLength;
    }
    if (headerSize > length) {
      return compareMalformed(key[0], record, offset);
    }
    int headerEnd = offset + headerSize;
    int end = offset + length;
    int body = headerEnd;
    for (int i = 0; i < count && body <= end; i++) {
      if (at >= headerEnd && (i > 0 || at >= record.length)) {
        throw malformed("record of " + i + " values only");
      }
      int type = record[at];
      if (type >= 0) {
        at++;
      } else if (key[i].type != StorageClass.TEXT && key[i].type != StorageClass.BLOB) {
        // It is a text or a blob, of whatever size.
        return directed(i, -1, key[i].isNull());
      } else {
        type = longSerialType(record, at, headerEnd);
        at += Varint.length(record, at);
      }
      int size = SerialType.size(type);
      if (size > end - body) {
        requireReadable(key[i].type, type, size <= record.length - body);
      }
      int order = compareValue(i, key[i], record, type, body, size);
      if (order != 0) {
        return directed(i, order, type == SerialType.NULL || key[i].isNull());
      }
      body += size;
    }
    return 0;
  }

  /**
   * Where the size of the header cannot be, SQLite still compares an INTEGER with an INTEGER in the
   * first column, which it takes from where the low six bits of the size say. Behind the page that
   * is whatever there is, hardly ever something equal.
   */
  private int compareMalformed(Register key, byte[] record, int offset) {
    int type = offset + 1 < record.length ? record[offset + 1] : 0;
    int body = offset + (record[offset] & 0x3F);
    if (key.type == StorageClass.INTEGER && type > SerialType.NULL && SerialType.isInteger(type)) {
      int order =
          body + SerialType.size(type) > record.length
              ? -1
              : Long.compare(key.integer, SerialType.readInteger(type, record, body));
      if (order != 0) {
        return directed(0, order, false);
      }
    }
    throw malformed("record header ends behind its record");
  }

  /** Refuses a value that ends behind its record, if the comparison reads it. */
  private static void requireReadable(int keyType, int type, boolean inPage) {
    boolean reads =
        type < SerialType.FIRST_BLOB
            ? !inPage && (keyType == StorageClass.INTEGER || keyType == StorageClass.REAL)
            : keyType == (isText(type) ? StorageClass.TEXT : StorageClass.BLOB);
    if (reads) {
      throw malformed("a value ends behind its record");
    }
  }

  /** Ascending order of a key's value and a value in a record. */
  private int compareValue(
      int column, Register value, byte[] record, int type, int body, int size) {
    return switch (value.type) {
      case StorageClass.INTEGER -> compareInteger(value.integer, record, type, body);
      case StorageClass.REAL -> compareReal(value.real, record, type, body);
      case StorageClass.TEXT -> {
        if (!isText(type)) {
          yield type < SerialType.FIRST_BLOB ? 1 : -1;
        }
        yield compareText(column, value, record, body, size);
      }
      case StorageClass.BLOB -> {
        if (type < SerialType.FIRST_BLOB || isText(type)) {
          yield 1;
        }
        yield BinaryCollation.compareBytes(
            value.bytes, value.offset, value.length, record, body, size);
      }
      default -> isNull(type) ? 0 : -1;
    };
  }

  private static boolean isText(int type) {
    return type >= SerialType.FIRST_TEXT && (type & 1) == 1;
  }

  /** The reserved types read as NULL. */
  private static boolean isNull(int type) {
    return type == SerialType.NULL || type == 10 || type == 11;
  }

  private static int compareInteger(long value, byte[] record, int type, int body) {
    if (type >= SerialType.FIRST_BLOB) {
      return -1;
    }
    if (SerialType.isInteger(type)) {
      return Long.compare(value, SerialType.readInteger(type, record, body));
    }
    if (type == SerialType.REAL) {
      return ValueOrder.compare(value, SerialType.readReal(record, body));
    }
    return 1;
  }

  private static int compareReal(double value, byte[] record, int type, int body) {
    if (type >= SerialType.FIRST_BLOB) {
      return -1;
    }
    if (type == SerialType.REAL) {
      double other = SerialType.readReal(record, body);
      return Double.isNaN(other) ? 1 : ValueOrder.compareReals(value, other);
    }
    if (SerialType.isInteger(type)) {
      return -ValueOrder.compare(SerialType.readInteger(type, record, body), value);
    }
    return 1;
  }

  private int compareText(int column, Register value, byte[] record, int body, int size) {
    if (encoding != TextEncoding.UTF8) {
      Collation collation = column < collations.length ? collations[column] : encoding.binary();
      byte[] other = encoding.toUtf8(record, body, size);
      return collation.compare(value.bytes, value.offset, value.length, other, 0, other.length);
    }
    if (column >= collations.length || bytewise[column]) {
      return BinaryCollation.compareBytes(
          value.bytes, value.offset, value.length, record, body, size);
    }
    return collations[column].compare(value.bytes, value.offset, value.length, record, body, size);
  }

  /** Compares two records, which must be here as a whole, up to the end of the shorter one. */
  public int compare(
      byte[] left,
      int leftOffset,
      int leftLength,
      byte[] right,
      int rightOffset,
      int rightLength,
      int count) {
    int leftSize = headerSize(left, leftOffset, leftLength);
    int rightSize = headerSize(right, rightOffset, rightLength);
    int leftAt = leftOffset + Varint.length(left, leftOffset);
    int rightAt = rightOffset + Varint.length(right, rightOffset);
    int leftBody = leftOffset + leftSize;
    int rightBody = rightOffset + rightSize;
    int leftEnd = leftBody;
    int rightEnd = rightBody;
    for (int i = 0; i < count && leftAt < leftEnd && rightAt < rightEnd; i++) {
      int leftType = left[leftAt];
      if (leftType >= 0) {
        leftAt++;
      } else {
        leftType = longSerialType(left, leftAt, leftEnd);
        leftAt += Varint.length(left, leftAt);
      }
      int rightType = right[rightAt];
      if (rightType >= 0) {
        rightAt++;
      } else {
        rightType = longSerialType(right, rightAt, rightEnd);
        rightAt += Varint.length(right, rightAt);
      }
      int leftValueSize = SerialType.size(leftType);
      int rightValueSize = SerialType.size(rightType);
      if (leftValueSize > leftOffset + leftLength - leftBody
          || rightValueSize > rightOffset + rightLength - rightBody) {
        throw malformed("value " + i + " ends behind its record");
      }
      int order;
      if (SerialType.isInteger(leftType) && SerialType.isInteger(rightType)) {
        order =
            Long.compare(
                SerialType.readInteger(leftType, left, leftBody),
                SerialType.readInteger(rightType, right, rightBody));
      } else if (isText(leftType) && isText(rightType) && isBytewise(i)) {
        order =
            BinaryCollation.compareBytes(
                left, leftBody, leftValueSize, right, rightBody, rightValueSize);
      } else {
        Register value = value(left, leftType, leftBody, leftValueSize);
        order = compareValue(i, value, right, rightType, rightBody, rightValueSize);
      }
      if (order != 0) {
        return directed(i, order, isNull(leftType) || isNull(rightType));
      }
      leftBody += leftValueSize;
      rightBody += rightValueSize;
    }
    return 0;
  }

  private static int headerSize(byte[] record, int offset, int length) {
    int size = length > 0 ? record[offset] : -1;
    if (size < 0) {
      size = longHeaderSize(record, offset, length, Varint.length(record, offset, offset + length));
    }
    if (size < 1 || size > length) {
      throw malformed("record header ends behind its record");
    }
    return size;
  }

  private boolean isBytewise(int column) {
    return encoding == TextEncoding.UTF8 && (column >= collations.length || bytewise[column]);
  }

  private Register value(byte[] record, int type, int body, int size) {
    Register value = new Register();
    switch (SerialType.storageClass(type)) {
      case StorageClass.INTEGER -> value.setInteger(SerialType.readInteger(type, record, body));
      case StorageClass.REAL -> value.setReal(SerialType.readReal(record, body));
      case StorageClass.TEXT -> {
        if (encoding == TextEncoding.UTF8) {
          value.setText(record, body, size);
        } else {
          value.setText(encoding.toUtf8(record, body, size));
        }
      }
      case StorageClass.BLOB -> value.setBlob(record, body, size);
      default -> value.setNull();
    }
    return value;
  }

  private static int longHeaderSize(byte[] record, int offset, int length, int sizeLength) {
    long size = sizeLength == 0 ? -1 : Varint.read(record, offset);
    if (size < sizeLength || size > length) {
      throw malformed("record header has no valid size");
    }
    return (int) size;
  }

  private static int longSerialType(byte[] record, int at, int headerEnd) {
    int length = Varint.length(record, at, headerEnd);
    long type = length == 0 ? -1 : Varint.read(record, at);
    if (type < 0 || type > Integer.MAX_VALUE) {
      throw malformed("a value has no valid serial type");
    }
    return (int) type;
  }

  /** The page is not known here; who walks the tree knows it. */
  private static CorruptDatabaseException malformed(String finding) {
    return CorruptDatabaseException.atPage(0, finding);
  }
}
