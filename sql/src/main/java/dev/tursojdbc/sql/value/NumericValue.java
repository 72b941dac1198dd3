package dev.tursojdbc.sql.value;

import dev.tursojdbc.storage.record.Register;
import dev.tursojdbc.storage.record.StorageClass;
import dev.tursojdbc.storage.record.TextEncoding;

/** What a value of any storage class is as a number. Nothing here changes its argument. */
public final class NumericValue {
  /** Between plus and minus this, 2^51, an INTEGER and the REAL of the same value are one. */
  private static final long MAX_INTERCHANGEABLE = 1L << 51;

  private NumericValue() {}

  /** The value as INTEGER: truncated, clamped, the digits at the beginning of a text; else 0. */
  public static long toInteger(Register value) {
    return switch (value.type) {
      case StorageClass.INTEGER -> value.integer;
      case StorageClass.REAL -> (long) value.real;
      case StorageClass.TEXT, StorageClass.BLOB -> textToInteger(value);
      default -> 0;
    };
  }

  private static long textToInteger(Register value) {
    Register number = new Register();
    NumericText.readInteger(value.bytes, value.offset, value.length, number);
    return number.integer;
  }

  /** The value as REAL: the number at the beginning of a text; else 0. */
  public static double toReal(Register value) {
    return switch (value.type) {
      case StorageClass.INTEGER -> (double) value.integer;
      case StorageClass.REAL -> value.real;
      case StorageClass.TEXT, StorageClass.BLOB -> textToReal(value);
      default -> 0;
    };
  }

  private static double textToReal(Register value) {
    Register number = new Register();
    NumericText.readReal(value.bytes, value.offset, value.length, number);
    return number.real;
  }

  /**
   * The operand of an arithmetic operator: NULL, INTEGER or REAL. A text counts as INTEGER if it
   * begins with digits alone that fit one.
   *
   * @return the result's storage class
   */
  public static int toNumber(Register value, Register result) {
    switch (value.type) {
      case StorageClass.INTEGER -> result.setInteger(value.integer);
      case StorageClass.REAL -> result.setReal(value.real);
      case StorageClass.TEXT, StorageClass.BLOB -> textToNumber(value, result);
      default -> result.setNull();
    }
    return result.type;
  }

  private static void textToNumber(Register value, Register result) {
    byte[] bytes = value.bytes;
    int offset = value.offset;
    int length = value.length;
    int kind = NumericText.readReal(bytes, offset, length, result);
    if (kind != NumericText.REAL && kind != NumericText.REAL_PREFIX) {
      int exactness = NumericText.readInteger(bytes, offset, length, result);
      // Digits that a zero byte ends count as a whole number for one reader, and not for the other.
      boolean endsEarly = kind == NumericText.INTEGER && exactness == NumericText.INEXACT;
      if (exactness != NumericText.OVERFLOW && !endsEarly) {
        result.type = StorageClass.INTEGER;
        return;
      }
    }
    result.setReal(result.real);
  }

  /**
   * What an operand in a database with UTF-16 counts as. A blob is text of the encoding there. Of a
   * text with a character beyond U+00FF SQLite reads the digits it begins with and nothing else,
   * unless they do not fit an INTEGER.
   */
  public static void readUtf16(Register value, TextEncoding encoding) {
    if (value.type == StorageClass.BLOB) {
      ValueText.read(value, encoding, value);
    }
    if (value.type == StorageClass.TEXT && hasWideCharacter(value)) {
      Register number = new Register();
      int exactness = NumericText.readInteger(value.bytes, value.offset, value.length, number);
      if (exactness != NumericText.OVERFLOW) {
        value.setInteger(number.integer);
      }
    }
  }

  /** Whether a character is beyond U+00FF: in UTF-8 these begin with a byte of 0xC4 or more. */
  private static boolean hasWideCharacter(Register text) {
    for (int i = text.offset; i < text.offset + text.length; i++) {
      if ((text.bytes[i] & 0xFF) >= 0xC4) {
        return true;
      }
    }
    return false;
  }

  /** Whether an INTEGER and a REAL are the same number in a range where both are exact. */
  static boolean isSame(double real, long integer) {
    return real == 0
        || (real == (double) integer
            && integer >= -MAX_INTERCHANGEABLE
            && integer < MAX_INTERCHANGEABLE);
  }

  /**
   * Whether a value is true: NULL is neither, numbers are true unless zero, texts by the number
   * they begin with.
   *
   * @param ifNull the answer for NULL
   */
  public static boolean isTrue(Register value, boolean ifNull) {
    return switch (value.type) {
      case StorageClass.INTEGER -> value.integer != 0;
      case StorageClass.NULL -> ifNull;
      default -> toReal(value) != 0;
    };
  }
}
