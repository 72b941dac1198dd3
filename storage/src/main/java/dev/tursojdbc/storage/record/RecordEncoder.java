package dev.tursojdbc.storage.record;

import dev.tursojdbc.storage.error.ErrorCode;
import dev.tursojdbc.storage.error.TursoException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Encodes values as a record, in a buffer that it keeps and uses again. See {@link RecordReader}
 * for the format.
 *
 * <p>Every INTEGER takes the smallest serial type. In a column of REAL affinity a whole number is
 * stored as an INTEGER of up to six bytes, because that is shorter than a REAL's eight; who reads
 * the column turns it back. Indexes store it the same way.
 */
public final class RecordEncoder {
  /** Beyond this an INTEGER would take eight bytes, as many as the REAL. */
  private static final long MAX_SHORT_INTEGER = 0x7FFF_FFFF_FFFFL;

  private final TextEncoding encoding;
  private final boolean bodilessIntegers;

  private byte[] buffer = new byte[256];
  private int size;

  private int[] types = new int[16];
  private byte[][] transcoded = {};

  /** An encoder for files of schema format 4, which is what every file of today has. */
  public RecordEncoder(TextEncoding encoding) {
    this(encoding, 4);
  }

  /**
   * @param schemaFormat offset 44 of the database header; the serial types 8 and 9 are used from 4
   *     on
   */
  public RecordEncoder(TextEncoding encoding, int schemaFormat) {
    this.encoding = encoding;
    this.bodilessIntegers = schemaFormat >= 4;
  }

  /** Encodes values of which none is in a column of REAL affinity. */
  public void encode(Register[] values, int count) {
    encode(values, count, null);
  }

  /**
   * Encodes values.
   *
   * @param realColumns which of them are in a column of REAL affinity, or null if none
   */
  public void encode(Register[] values, int count, boolean @Nullable [] realColumns) {
    if (types.length < count) {
      types = new int[Math.max(count, 2 * types.length)];
    }
    if (encoding != TextEncoding.UTF8) {
      transcode(values, count);
    }
    long bodySize = 0;
    int typesSize = 0;
    for (int i = 0; i < count; i++) {
      int type = serialType(values[i], i, realColumns != null && realColumns[i]);
      types[i] = type;
      typesSize += type < 0x80 ? 1 : Varint.length(type);
      bodySize += SerialType.size(type);
    }
    int headerSize = headerSize(typesSize);
    reserve(headerSize + bodySize);
    int at = Varint.write(buffer, 0, headerSize);
    for (int i = 0; i < count; i++) {
      at += Varint.write(buffer, at, types[i]);
    }
    for (int i = 0; i < count; i++) {
      at += writeBody(values[i], i, types[i], at);
    }
    size = at;
  }

  /** The record's bytes are the first {@link #size()} of this; the next encode overwrites them. */
  public byte[] buffer() {
    return buffer;
  }

  public int size() {
    return size;
  }

  /** A copy of the record. */
  public byte[] toByteArray() {
    return Arrays.copyOf(buffer, size);
  }

  /** Adds the header size's own length to it. */
  private static int headerSize(int typesSize) {
    int length = Varint.length(typesSize + 1);
    return typesSize + Varint.length(typesSize + length);
  }

  private int serialType(Register value, int index, boolean realColumn) {
    return switch (value.type) {
      case StorageClass.INTEGER ->
          realColumn && (value.integer ^ value.integer >> 63) > MAX_SHORT_INTEGER
              ? SerialType.REAL
              : ofInteger(value.integer);
      case StorageClass.REAL ->
          realColumn && isShortInteger(value.real) ? ofInteger((long) value.real) : SerialType.REAL;
      case StorageClass.TEXT ->
          SerialType.ofText(
              encoding == TextEncoding.UTF8 ? value.length : transcoded[index].length);
      case StorageClass.BLOB -> SerialType.ofBlob(value.length);
      default -> SerialType.NULL;
    };
  }

  private int ofInteger(long value) {
    return bodilessIntegers ? SerialType.ofInteger(value) : SerialType.ofIntegerWithBody(value);
  }

  private static boolean isShortInteger(double value) {
    long whole = (long) value;
    return whole == value && (whole ^ whole >> 63) <= MAX_SHORT_INTEGER;
  }

  private int writeBody(Register value, int index, int type, int at) {
    if (type >= SerialType.FIRST_BLOB) {
      int length = SerialType.size(type);
      if ((type & 1) == 1 && encoding != TextEncoding.UTF8) {
        System.arraycopy(transcoded[index], 0, buffer, at, length);
      } else {
        System.arraycopy(value.bytes, value.offset, buffer, at, length);
      }
      return length;
    }
    if (type == SerialType.REAL) {
      double real = value.type == StorageClass.REAL ? value.real : (double) value.integer;
      SerialType.writeReal(real, buffer, at);
      return Double.BYTES;
    }
    if (type != SerialType.NULL) {
      long whole = value.type == StorageClass.REAL ? (long) value.real : value.integer;
      SerialType.writeInteger(type, whole, buffer, at);
    }
    return SerialType.size(type);
  }

  private void transcode(Register[] values, int count) {
    if (transcoded.length < count) {
      transcoded = new byte[count][];
    }
    for (int i = 0; i < count; i++) {
      Register value = values[i];
      if (value.type == StorageClass.TEXT) {
        transcoded[i] = encoding.fromUtf8(value.bytes, value.offset, value.length);
      }
    }
  }

  private void reserve(long wanted) {
    if (wanted > buffer.length) {
      if (wanted > Integer.MAX_VALUE - 8) {
        throw new TursoException(ErrorCode.TOOBIG);
      }
      buffer =
          new byte[(int) Math.max(wanted, Math.min(2L * buffer.length, Integer.MAX_VALUE - 8))];
    }
  }
}
