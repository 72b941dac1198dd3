package dev.tursojdbc.sql.exec;

import dev.tursojdbc.storage.page.PageBytes;
import dev.tursojdbc.storage.record.Collation;
import dev.tursojdbc.storage.record.KeyOrder;
import dev.tursojdbc.storage.record.SerialType;
import dev.tursojdbc.storage.record.StorageClass;
import dev.tursojdbc.storage.record.Varint;

/**
 * The first value of a sort key as a number, so that most comparisons of a sort look at two numbers
 * instead of two records.
 *
 * <pre>
 *   bits 63 and 62   0 NULL, 1 number, 2 text, 3 blob
 *   the others       the first bits of the value: of a number those of its REAL, made to ascend; of
 *                    texts and blobs the bytes behind what all texts of the sort begin with
 * </pre>
 *
 * <p>Numbers that differ say how the values compare; equal ones say nothing, unless all values of
 * the sort are numbers that fit ({@link #isExact}). They are compared as
 * signed numbers, which is why the highest bit is turned. Where NULL is greater than all else it
 * has all bits set, and descending order turns all bits.
 */
final class KeyPrefix {
  private static final int CLASS_SHIFT = 62;

  /** Smaller INTEGERs are REALs whose last two bits are zero. */
  private static final long MAX_EXACT = 1L << 51;

  private enum Texts {
    /** They compare by their bytes. */
    BYTES,
    /** By their bytes with A to Z as a to z, up to a NUL. */
    FOLDED,
    /** In a way that has no prefix. */
    OPAQUE
  }

  private final Texts texts;
  private final boolean descending;
  private final boolean nullsLarge;

  /** A text of the sort, and how many bytes all texts so far have in common with it. */
  private byte[] sample = {};

  private int sampleOffset;
  private int common = -1;

  private boolean exact = true;

  KeyPrefix(KeyOrder.Column column) {
    Collation collation = column.collation();
    this.texts =
        collation == Collation.BINARY
            ? Texts.BYTES
            : collation == Collation.NOCASE ? Texts.FOLDED : Texts.OPAQUE;
    this.descending = column.descending();
    this.nullsLarge = column.nullsLarge();
  }

  /** Learns from all records of a sort, before the first prefix is asked for. */
  void examine(byte[][] records, int count) {
    common = -1;
    exact = true;
    if (texts != Texts.BYTES) {
      return;
    }
    for (int i = 0; i < count && common != 0; i++) {
      examine(records[i]);
    }
  }

  private void examine(byte[] record) {
    int type = firstType(record);
    if (SerialType.storageClass(type) != StorageClass.TEXT) {
      return;
    }
    int offset = (int) Varint.read(record, 0);
    int length = SerialType.size(type);
    if (common < 0) {
      sample = record;
      sampleOffset = offset;
      common = length;
      return;
    }
    int limit = Math.min(common, length);
    int equal = 0;
    while (equal < limit && record[offset + equal] == sample[sampleOffset + equal]) {
      equal++;
    }
    common = equal;
  }

  /** Whether values are equal for which the same prefix was given. */
  boolean isExact() {
    return exact;
  }

  private static int firstType(byte[] record) {
    return (int) Varint.read(record, Varint.length(record, 0));
  }

  /** The prefix of a record's key. */
  long of(byte[] record) {
    int type = firstType(record);
    int body = (int) Varint.read(record, 0);
    long prefix =
        switch (SerialType.storageClass(type)) {
          case StorageClass.INTEGER -> ofInteger(SerialType.readInteger(type, record, body));
          case StorageClass.REAL -> ofReal(SerialType.readReal(record, body));
          case StorageClass.TEXT -> {
            exact = false;
            yield 2L << CLASS_SHIFT | ofText(type, record, body) >>> 2;
          }
          case StorageClass.BLOB -> {
            exact = false;
            yield 3L << CLASS_SHIFT | ofBytes(record, body, SerialType.size(type)) >>> 2;
          }
          default -> nullsLarge ? -1 : 0;
        };
    return (descending ? ~prefix : prefix) ^ Long.MIN_VALUE;
  }

  /** It may be rounded, but not past the next one. */
  private long ofInteger(long value) {
    exact &= value > -MAX_EXACT && value < MAX_EXACT;
    return ofReal((double) value);
  }

  /** Both zeros are the same number. */
  private long ofReal(double value) {
    long bits = Double.doubleToRawLongBits(value + 0.0);
    exact &= (bits & 3) == 0;
    long ascending = bits ^ (bits >> 63 | Long.MIN_VALUE);
    return 1L << CLASS_SHIFT | ascending >>> 2;
  }

  private long ofText(int type, byte[] record, int body) {
    int length = SerialType.size(type);
    return switch (texts) {
      case BYTES -> ofBytes(record, body + common, length - common);
      case FOLDED -> ofFolded(record, body, length);
      case OPAQUE -> 0;
    };
  }

  private static long ofBytes(byte[] bytes, int offset, int length) {
    if (length >= Long.BYTES) {
      return PageBytes.getLong(bytes, offset);
    }
    long prefix = 0;
    for (int i = 0; i < length; i++) {
      prefix |= (bytes[offset + i] & 0xFFL) << 56 - 8 * i;
    }
    return prefix;
  }

  private static long ofFolded(byte[] bytes, int offset, int length) {
    long prefix = 0;
    int count = Math.min(length, Long.BYTES);
    for (int i = 0; i < count; i++) {
      int b = bytes[offset + i] & 0xFF;
      if (b == 0) {
        break;
      }
      prefix |= (long) (b >= 'A' && b <= 'Z' ? b + 32 : b) << 56 - 8 * i;
    }
    return prefix;
  }
}
