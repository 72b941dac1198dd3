package dev.tursojdbc.sql;

import dev.tursojdbc.sql.function.FunctionContext;
import dev.tursojdbc.sql.value.NumericValue;
import dev.tursojdbc.sql.value.ValueText;
import dev.tursojdbc.storage.error.ErrorCode;
import dev.tursojdbc.storage.error.TursoException;
import dev.tursojdbc.storage.record.Register;
import dev.tursojdbc.storage.record.StorageClass;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One call of a function that the application defined: its arguments, counted from 0, and, for
 * calls that give one, the result, which is NULL unless it is set. Of no use after the call.
 */
public final class FunctionCall {
  private final FunctionContext context;
  private final Register[] arguments;
  private final Register result;

  /** A number as text, for who asks for that. */
  private final Register converted = new Register();

  FunctionCall(FunctionContext context, Register[] arguments, Register result) {
    this.context = context;
    this.arguments = arguments;
    this.result = result;
  }

  public int argumentCount() {
    return arguments.length;
  }

  /** One of the {@link StorageClass} constants. */
  public int type(int argument) {
    return arguments[argument].type;
  }

  /** The value converted as sqlite3_value_int64 does. */
  public long longValue(int argument) {
    return NumericValue.toInteger(arguments[argument]);
  }

  public double doubleValue(int argument) {
    return NumericValue.toReal(arguments[argument]);
  }

  /** The value as text, null for NULL. */
  public @Nullable String textValue(int argument) {
    Register text = text(argument);
    return text.isNull()
        ? null
        : new String(text.bytes, text.offset, text.length, StandardCharsets.UTF_8);
  }

  /** The value's bytes as a new array, null for NULL. */
  public byte @Nullable [] blobValue(int argument) {
    Register bytes = text(argument);
    return bytes.isNull()
        ? null
        : Arrays.copyOfRange(bytes.bytes, bytes.offset, bytes.offset + bytes.length);
  }

  private Register text(int argument) {
    Register value = arguments[argument];
    if (value.type == StorageClass.TEXT || value.type == StorageClass.BLOB) {
      return value;
    }
    ValueText.read(value, converted);
    return converted;
  }

  public void setLong(long value) {
    result.setInteger(value);
  }

  public void setDouble(double value) {
    result.setReal(value);
  }

  public void setText(String value) {
    result.setText(limited(value.getBytes(StandardCharsets.UTF_8)));
  }

  /** The array must not be changed afterwards. */
  public void setBlob(byte[] value) {
    result.setBlob(limited(value));
  }

  private byte[] limited(byte[] value) {
    if (value.length > context.lengthLimit()) {
      throw new TursoException(ErrorCode.TOOBIG);
    }
    return value;
  }
}
