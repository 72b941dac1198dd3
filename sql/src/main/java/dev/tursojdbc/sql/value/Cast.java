package dev.tursojdbc.sql.value;

import dev.tursojdbc.storage.record.Register;
import dev.tursojdbc.storage.record.StorageClass;
import dev.tursojdbc.storage.record.TextEncoding;

/**
 * CAST: converts whatever the value is, and loses what does not fit. NULL stays NULL. The result
 * may be the value's own register.
 */
public final class Cast {
  private Cast() {}

  /**
   * Casts to the affinity of a type name; NONE does nothing.
   *
   * @param encoding of the database, which shows in the bytes of a text made a BLOB, and in what a
   *     BLOB means as text
   */
  public static void cast(
      Register value, Affinity affinity, TextEncoding encoding, Register result) {
    if (value.isNull()) {
      result.setNull();
      return;
    }
    if (value.type == StorageClass.BLOB
        && encoding != TextEncoding.UTF8
        && affinity != Affinity.BLOB
        && affinity != Affinity.NONE) {
      Register text = new Register();
      ValueText.read(value, encoding, text);
      cast(text, affinity, encoding, result);
      return;
    }
    switch (affinity) {
      case TEXT -> toText(value, result);
      case INTEGER -> result.setInteger(NumericValue.toInteger(value));
      case REAL -> result.setReal(NumericValue.toReal(value));
      case NUMERIC -> toNumeric(value, encoding, result);
      case BLOB -> toBlob(value, encoding, result);
      case NONE -> result.set(value);
    }
  }

  /** A text stays, with its subtype. */
  private static void toText(Register value, Register result) {
    if (value.type == StorageClass.TEXT) {
      result.set(value);
    } else {
      ValueText.read(value, result);
    }
  }

  /** Numbers stay; a text becomes an INTEGER where that is the same number. */
  private static void toNumeric(Register value, TextEncoding encoding, Register result) {
    if (encoding != TextEncoding.UTF8 && value.type == StorageClass.TEXT) {
      Register number = new Register();
      number.set(value);
      NumericValue.readUtf16(number, encoding);
      toNumeric(number, TextEncoding.UTF8, result);
      return;
    }
    if (value.type == StorageClass.INTEGER || value.type == StorageClass.REAL) {
      result.set(value);
      return;
    }
    byte[] bytes = value.bytes;
    int offset = value.offset;
    int length = value.length;
    int kind = NumericText.readReal(bytes, offset, length, result);
    boolean fractional = kind == NumericText.REAL || kind == NumericText.REAL_PREFIX;
    if (!fractional
        && NumericText.readInteger(bytes, offset, length, result) != NumericText.OVERFLOW) {
      result.setInteger(result.integer);
      return;
    }
    long whole = (long) result.real;
    if (NumericValue.isSame(result.real, whole)) {
      result.setInteger(whole);
    } else {
      result.setReal(result.real);
    }
  }

  private static void toBlob(Register value, TextEncoding encoding, Register result) {
    if (value.type == StorageClass.BLOB) {
      result.set(value);
      return;
    }
    ValueText.read(value, result);
    if (encoding == TextEncoding.UTF8) {
      result.type = StorageClass.BLOB;
    } else {
      result.setBlob(encoding.fromUtf8(result.bytes, result.offset, result.length));
    }
  }
}
