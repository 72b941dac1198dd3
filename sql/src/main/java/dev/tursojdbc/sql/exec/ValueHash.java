package dev.tursojdbc.sql.exec;

import dev.tursojdbc.storage.record.Collation;
import dev.tursojdbc.storage.record.Register;
import dev.tursojdbc.storage.record.StorageClass;

/** Hashes that are equal for values that compare equal. */
final class ValueHash {
  private static final long MULTIPLIER = 0x9E37_79B9_7F4A_7C15L;

  private ValueHash() {}

  static int of(Register[] values, int count, Collation[] collations) {
    int hash = 1;
    for (int i = 0; i < count; i++) {
      hash = 31 * hash + of(values[i], collations[i]);
    }
    return hash ^ hash >>> 15;
  }

  private static int of(Register value, Collation collation) {
    switch (value.type) {
      case StorageClass.INTEGER:
        return ofLong(value.integer);
      case StorageClass.REAL:
        long whole = (long) value.real;
        return whole == value.real ? ofLong(whole) : ofLong(Double.doubleToLongBits(value.real));
      case StorageClass.TEXT:
        return ofText(value, collation);
      case StorageClass.BLOB:
        return 7 + ofBytes(value.bytes, value.offset, value.length);
      default:
        return 0;
    }
  }

  private static int ofLong(long value) {
    long mixed = value * MULTIPLIER;
    return (int) (mixed ^ mixed >>> 32);
  }

  private static int ofText(Register value, Collation collation) {
    if (collation == Collation.BINARY) {
      return ofBytes(value.bytes, value.offset, value.length);
    }
    if (collation == Collation.NOCASE) {
      return ofFolded(value.bytes, value.offset, value.length);
    }
    if (collation == Collation.RTRIM) {
      int length = value.length;
      while (length > 0 && value.bytes[value.offset + length - 1] == ' ') {
        length--;
      }
      return ofBytes(value.bytes, value.offset, length);
    }
    // Of another collation nothing is known: what it calls equal may have any bytes.
    return 1;
  }

  private static int ofBytes(byte[] bytes, int offset, int length) {
    int hash = length;
    for (int i = offset; i < offset + length; i++) {
      hash = 31 * hash + bytes[i];
    }
    return hash * 0x9E37_79B1;
  }

  private static int ofFolded(byte[] bytes, int offset, int length) {
    int hash = length;
    for (int i = offset; i < offset + length; i++) {
      int b = bytes[i];
      hash = 31 * hash + (b >= 'A' && b <= 'Z' ? b + 32 : b);
    }
    return hash * 0x9E37_79B1;
  }
}
