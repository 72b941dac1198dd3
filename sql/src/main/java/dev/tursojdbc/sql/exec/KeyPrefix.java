package dev.tursojdbc.sql.exec;

import dev.tursojdbc.storage.page.PageBytes;
import dev.tursojdbc.storage.record.Collation;
import dev.tursojdbc.storage.record.KeyOrder;
import dev.tursojdbc.storage.record.SerialType;
import dev.tursojdbc.storage.record.StorageClass;
import dev.tursojdbc.storage.record.Varint;

/**
 * The first bits of one column of a sort key as a number, so that most comparisons of a sort look
 * at two numbers instead of two records.
 *
 * <pre>
 *   bits 63 and 62   0 NULL, 1 number, 2 text, 3 blob
 *   of a number      61 to 0: the first bits of its REAL, made to ascend
 *   text and blob    61 to 6: the first seven bytes behind what all texts of the sort begin with
 *                    5 to 0:  how many bytes there are; 8 if there are more than seven
 * </pre>
 *
 * <p>Numbers that differ say how the values compare; equal ones say nothing, unless all values of
 * the sort fit ({@link #isExact}). They are compared as signed numbers, which is why the highest
 * bit is turned. Where NULL is greater than all else it has all bits set, and descending order
 * turns all bits.
 */
final class KeyPrefix {
  private static final int CLASS_SHIFT = 62;

  /** Bytes of a text that are in its prefix. */
  private static final int BYTES = 7;

  /** Smaller INTEGERs are REALs whose last two bits are zero. */
  private static final long MAX_EXACT = 1L << 51;

  private enum Texts {
    /** They compare by their bytes. */
    BYTES,
    /** By their bytes with A to Z as a to z, up to a NUL, then by length. */
    FOLDED,
    /** In a way that has no prefix. */
    OPAQUE
  }

  private final int column;
  private final Texts texts;
  private final boolean descending;
  private final boolean nullsLarge;

  /** A text of the sort, and how many bytes all texts so far have in common with it. */
  private byte[] sample = {};

  private int sampleOffset;
  private int common;

  private boolean exact = true;

  /** Of the record that was looked at last: the column's serial type and where its body begins. */
  private int type;

  private int body;

  /**
   * @param column position in the records
   */
  KeyPrefix(int column, KeyOrder.Column order) {
    this.column = column;
    Collation collation = order.collation();
    this.texts =
        collation == Collation.BINARY
            ? Texts.BYTES
            : collation == Collation.NOCASE ? Texts.FOLDED : Texts.OPAQUE;
    this.descending = order.descending();
    this.nullsLarge = order.nullsLarge();
  }

  /** Begins a sort. */
  void start() {
    common = -1;
    exact = true;
  }

  /** Learns from a record of the sort; from all of them before the first prefix is asked for. */
  void examine(byte[] record) {
    if (texts != Texts.BYTES || common == 0) {
      return;
    }
    locate(record);
    if (SerialType.storageClass(type) != StorageClass.TEXT) {
      return;
    }
    int length = SerialType.size(type);
    if (common < 0) {
      sample = record;
      sampleOffset = body;
      common = length;
      return;
    }
    int limit = Math.min(common, length);
    int equal = 0;
    while (equal < limit && record[body + equal] == sample[sampleOffset + equal]) {
      equal++;
    }
    common = equal;
  }

  private void locate(byte[] record) {
    int at = Varint.length(record, 0);
    int offset = (int) Varint.read(record, 0);
    int found = (int) Varint.read(record, at);
    for (int i = 0; i < column; i++) {
      offset += SerialType.size(found);
      at += Varint.length(record, at);
      found = (int) Varint.read(record, at);
    }
    type = found;
    body = offset;
  }

  /** Whether values are equal for which the same prefix was given. */
  boolean isExact() {
    return exact;
  }

  /** The prefix of a record's key. */
  long of(byte[] record) {
    locate(record);
    long prefix =
        switch (SerialType.storageClass(type)) {
          case StorageClass.INTEGER -> ofInteger(SerialType.readInteger(type, record, body));
          case StorageClass.REAL -> ofReal(SerialType.readReal(record, body));
          case StorageClass.TEXT -> 2L << CLASS_SHIFT | ofText(record);
          case StorageClass.BLOB -> {
            int length = SerialType.size(type);
            yield 3L << CLASS_SHIFT | withLength(bytes(record, body, length), length);
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

  private long ofText(byte[] record) {
    int length = SerialType.size(type);
    switch (texts) {
      case BYTES:
        int rest = length - common;
        return withLength(bytes(record, body + common, rest), rest);
      case FOLDED:
        return withLength(folded(record, body, length), length);
      default:
        exact = false;
        return 0;
    }
  }

  /** Puts the length behind the bytes: a text that goes on with NULs is behind one that ends. */
  private long withLength(long bytes, int length) {
    exact &= length <= BYTES;
    return bytes >>> 2 & ~0x3FL | Math.min(length, BYTES + 1);
  }

  /** The first bytes, from the highest on. */
  private static long bytes(byte[] source, int offset, int length) {
    if (length >= Long.BYTES) {
      return PageBytes.getLong(source, offset);
    }
    long bytes = 0;
    for (int i = 0; i < length; i++) {
      bytes |= (source[offset + i] & 0xFFL) << 56 - 8 * i;
    }
    return bytes;
  }

  private static long folded(byte[] source, int offset, int length) {
    long bytes = 0;
    int count = Math.min(length, BYTES);
    for (int i = 0; i < count; i++) {
      int b = source[offset + i] & 0xFF;
      if (b == 0) {
        break;
      }
      bytes |= (long) (b >= 'A' && b <= 'Z' ? b + 32 : b) << 56 - 8 * i;
    }
    return bytes;
  }
}
