package dev.tursojdbc.sql;

import dev.tursojdbc.sql.value.NumericValue;
import dev.tursojdbc.sql.value.ValueText;
import dev.tursojdbc.storage.record.Register;
import dev.tursojdbc.storage.record.StorageClass;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The values of a current row, converted as SQLite's column functions do. */
abstract class RowValues {
  /** A number as text, for who asks for that. */
  private final Register converted = new Register();

  /** The value of a column of the current row; fails if there is no row. */
  abstract Register value(int column);

  /** One of the {@link StorageClass} constants. */
  public int columnType(int column) {
    return value(column).type;
  }

  /** The value converted as sqlite3_column_int64 does. */
  public long columnLong(int column) {
    return NumericValue.toInteger(value(column));
  }

  public double columnDouble(int column) {
    return NumericValue.toReal(value(column));
  }

  /** The value as text, null for NULL; a new String at each call. */
  public @Nullable String columnText(int column) {
    Register text = text(column);
    if (text.isNull()) {
      return null;
    }
    try {
      return new String(text.bytes, text.offset, text.length, StandardCharsets.UTF_8);
    } catch (OutOfMemoryError failure) {
      throw StatementFailure.toThrow(failure);
    }
  }

  private Register text(int column) {
    Register value = value(column);
    if (value.type == StorageClass.TEXT || value.type == StorageClass.BLOB) {
      return value;
    }
    ValueText.read(value, converted);
    return converted;
  }

  /** The value's bytes as a new array, null for NULL. */
  public byte @Nullable [] columnBlob(int column) {
    Register bytes = text(column);
    if (bytes.isNull()) {
      return null;
    }
    try {
      return Arrays.copyOfRange(bytes.bytes, bytes.offset, bytes.offset + bytes.length);
    } catch (OutOfMemoryError failure) {
      throw StatementFailure.toThrow(failure);
    }
  }
}
