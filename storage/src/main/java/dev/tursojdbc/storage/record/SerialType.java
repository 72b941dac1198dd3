package dev.tursojdbc.storage.record;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * How a value lies in a record's body: the number in the record's header that says its storage
 * class and size.
 *
 * <pre>
 *   0         NULL                      no bytes
 *   1 to 6    INTEGER                   1, 2, 3, 4, 6, 8 bytes, big-endian, signed
 *   7         REAL                      8 bytes, IEEE 754, big-endian
 *   8, 9      the INTEGERs 0 and 1      no bytes
 *   10, 11    reserved; never in a file
 *   12, 14 …  BLOB                      (n - 12) / 2 bytes
 *   13, 15 …  TEXT                      (n - 13) / 2 bytes in the database's encoding
 * </pre>
 */
public final class SerialType {
  public static final int NULL = 0;
  public static final int INT8 = 1;
  public static final int INT16 = 2;
  public static final int INT24 = 3;
  public static final int INT32 = 4;
  public static final int INT48 = 5;
  public static final int INT64 = 6;
  public static final int REAL = 7;
  public static final int ZERO = 8;
  public static final int ONE = 9;
  public static final int FIRST_BLOB = 12;
  public static final int FIRST_TEXT = 13;

  static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
  static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private static final long MAX_INT24 = 0x7F_FFFF;
  private static final long MAX_INT48 = 0x7FFF_FFFF_FFFFL;

  /** Body bytes of the types that are one byte in a record's header. */
  private static final byte[] SMALL_SIZE = new byte[128];

  static {
    byte[] sizes = {0, 1, 2, 3, 4, 6, 8, 8, 0, 0, 0, 0};
    System.arraycopy(sizes, 0, SMALL_SIZE, 0, FIRST_BLOB);
    for (int type = FIRST_BLOB; type < SMALL_SIZE.length; type++) {
      SMALL_SIZE[type] = (byte) ((type - FIRST_BLOB) / 2);
    }
  }

  private static final byte[] STORAGE_CLASS = {
    StorageClass.NULL,
    StorageClass.INTEGER,
    StorageClass.INTEGER,
    StorageClass.INTEGER,
    StorageClass.INTEGER,
    StorageClass.INTEGER,
    StorageClass.INTEGER,
    StorageClass.REAL,
    StorageClass.INTEGER,
    StorageClass.INTEGER,
    StorageClass.NULL,
    StorageClass.NULL
  };

  private SerialType() {}

  /** Body bytes of a value of this type. */
  public static int size(int serialType) {
    return serialType < SMALL_SIZE.length
        ? SMALL_SIZE[serialType]
        : (serialType - FIRST_BLOB) >>> 1;
  }

  /** The {@link StorageClass} of a value of this type; the reserved types read as NULL. */
  public static int storageClass(int serialType) {
    if (serialType < FIRST_BLOB) {
      return STORAGE_CLASS[serialType];
    }
    return (serialType & 1) == 0 ? StorageClass.BLOB : StorageClass.TEXT;
  }

  public static boolean isInteger(int serialType) {
    return serialType <= ONE && serialType != NULL && serialType != REAL;
  }

  /** The smallest type that holds an integer. Files of schema format 4 and later know 8 and 9. */
  public static int ofInteger(long value) {
    if ((value & ~1L) == 0) {
      return ZERO + (int) value;
    }
    return ofIntegerWithBody(value);
  }

  /** The smallest type with body bytes that holds an integer, for schema formats before 4. */
  public static int ofIntegerWithBody(long value) {
    long magnitude = value ^ value >> 63;
    if (magnitude <= Byte.MAX_VALUE) {
      return INT8;
    }
    if (magnitude <= Short.MAX_VALUE) {
      return INT16;
    }
    if (magnitude <= MAX_INT24) {
      return INT24;
    }
    if (magnitude <= Integer.MAX_VALUE) {
      return INT32;
    }
    return magnitude <= MAX_INT48 ? INT48 : INT64;
  }

  /** The type of a text of so many bytes. */
  public static int ofText(int length) {
    return FIRST_TEXT + 2 * length;
  }

  /** The type of a blob of so many bytes. */
  public static int ofBlob(int length) {
    return FIRST_BLOB + 2 * length;
  }

  /** Decodes the INTEGER of a type for which {@link #isInteger} holds. */
  public static long readInteger(int serialType, byte[] bytes, int offset) {
    return switch (serialType) {
      case INT8 -> bytes[offset];
      case INT16 -> (short) SHORT.get(bytes, offset);
      case INT24 -> bytes[offset] << 16 | ((short) SHORT.get(bytes, offset + 1) & 0xFFFF);
      case INT32 -> (int) INT.get(bytes, offset);
      case INT48 ->
          (long) (short) SHORT.get(bytes, offset) << 32
              | ((int) INT.get(bytes, offset + 2) & 0xFFFF_FFFFL);
      case INT64 -> (long) LONG.get(bytes, offset);
      default -> serialType - ZERO;
    };
  }

  /** Decodes the REAL of type 7. A NaN in the file reads as NULL above this. */
  public static double readReal(byte[] bytes, int offset) {
    return Double.longBitsToDouble((long) LONG.get(bytes, offset));
  }

  /** Encodes an integer in the bytes of its type. */
  static void writeInteger(int serialType, long value, byte[] target, int offset) {
    switch (serialType) {
      case INT8 -> target[offset] = (byte) value;
      case INT16 -> SHORT.set(target, offset, (short) value);
      case INT24 -> {
        target[offset] = (byte) (value >> 16);
        SHORT.set(target, offset + 1, (short) value);
      }
      case INT32 -> INT.set(target, offset, (int) value);
      case INT48 -> {
        SHORT.set(target, offset, (short) (value >> 32));
        INT.set(target, offset + 2, (int) value);
      }
      case INT64 -> LONG.set(target, offset, value);
      default -> {
        // The value is in the type.
      }
    }
  }

  static void writeReal(double value, byte[] target, int offset) {
    LONG.set(target, offset, Double.doubleToRawLongBits(value));
  }
}
