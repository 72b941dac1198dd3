package dev.tursojdbc.sql.value;

import dev.tursojdbc.storage.record.Register;
import dev.tursojdbc.storage.record.StorageClass;
import dev.tursojdbc.storage.record.TextEncoding;

/** What a value of any storage class is as text. */
public final class ValueText {
  private ValueText() {}

  /** Makes a number a TEXT, in place; leaves all else as it is. */
  public static void convert(Register value) {
    if (value.type == StorageClass.INTEGER) {
      value.setText(IntegerText.of(value.integer));
    } else if (value.type == StorageClass.REAL) {
      RealText.toText(value.real, value);
    }
  }

  /**
   * Gives the result the value as TEXT; a blob's bytes are taken as text, NULL stays NULL. Bytes
   * are shared.
   */
  public static void read(Register value, Register result) {
    switch (value.type) {
      case StorageClass.TEXT, StorageClass.BLOB ->
          result.setText(value.bytes, value.offset, value.length);
      case StorageClass.INTEGER -> result.setText(IntegerText.of(value.integer));
      case StorageClass.REAL -> RealText.toText(value.real, result);
      default -> result.setNull();
    }
  }

  /** As {@link #read(Register, Register)}; a blob's bytes are text in the database's encoding. */
  public static void read(Register value, TextEncoding encoding, Register result) {
    if (value.type == StorageClass.BLOB && encoding != TextEncoding.UTF8) {
      result.setText(encoding.toUtf8(value.bytes, value.offset, value.length));
    } else {
      read(value, result);
    }
  }

  /** Appends the value as text; NULL appends nothing. */
  public static void append(Register value, TextBuilder target) {
    switch (value.type) {
      case StorageClass.TEXT, StorageClass.BLOB -> target.append(value);
      case StorageClass.INTEGER -> target.appendInteger(value.integer);
      case StorageClass.REAL -> target.appendReal(value.real);
      default -> {
        // NULL is no text.
      }
    }
  }
}
