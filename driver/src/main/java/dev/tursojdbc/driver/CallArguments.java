package dev.tursojdbc.driver;

import dev.tursojdbc.api.FunctionArguments;
import dev.tursojdbc.sql.FunctionCall;
import dev.tursojdbc.storage.record.StorageClass;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** The arguments of a call as the application sees them, and how its answer becomes a value. */
final class CallArguments implements FunctionArguments {
  private final FunctionCall call;

  CallArguments(FunctionCall call) {
    this.call = call;
  }

  @Override
  public int count() {
    return call.argumentCount();
  }

  @Override
  public boolean isNull(int index) {
    return call.type(index) == StorageClass.NULL;
  }

  @Override
  public long getLong(int index) {
    return call.longValue(index);
  }

  @Override
  public double getDouble(int index) {
    return call.doubleValue(index);
  }

  @Override
  public @Nullable String getString(int index) {
    return call.textValue(index);
  }

  @Override
  public byte @Nullable [] getBytes(int index) {
    return call.blobValue(index);
  }

  @Override
  public @Nullable Object getObject(int index) {
    return switch (call.type(index)) {
      case StorageClass.INTEGER -> call.longValue(index);
      case StorageClass.REAL -> call.doubleValue(index);
      case StorageClass.TEXT -> call.textValue(index);
      case StorageClass.BLOB -> call.blobValue(index);
      default -> null;
    };
  }

  /** Makes an object the result of a call. */
  static void answer(FunctionCall call, @Nullable Object value, ParameterConversion results)
      throws SQLException {
    if (value == null) {
      return;
    }
    Object stored = results.stored(value);
    if (stored instanceof Long integer) {
      call.setLong(integer);
    } else if (stored instanceof Double real) {
      call.setDouble(real);
    } else if (stored instanceof byte[] blob) {
      call.setBlob(blob);
    } else {
      call.setText(stored.toString());
    }
  }
}
