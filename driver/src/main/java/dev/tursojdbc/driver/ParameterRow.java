package dev.tursojdbc.driver;

import dev.tursojdbc.sql.Query;
import dev.tursojdbc.storage.record.StorageClass;
import java.sql.SQLException;
import java.util.Arrays;

/**
 * The parameters of a prepared statement as set so far, and the rows of its batch, without boxing:
 * one array for the storage classes, one for numbers, one for text and blobs. Row {@code n} of the
 * batch lies at {@code n * count}; the current row is the one after the last of the batch.
 */
final class ParameterRow {
  private static final byte UNSET = -1;

  private final int count;
  private byte[] types;
  private long[] numbers;
  private Object[] objects;
  private int batchRows;

  ParameterRow(int count) {
    this.count = count;
    types = new byte[count];
    numbers = new long[count];
    objects = new Object[count];
    Arrays.fill(types, UNSET);
  }

  int batchRows() {
    return batchRows;
  }

  void setNull(int parameter) {
    types[at(parameter)] = StorageClass.NULL;
  }

  void setLong(int parameter, long value) {
    int at = at(parameter);
    types[at] = StorageClass.INTEGER;
    numbers[at] = value;
  }

  void setDouble(int parameter, double value) {
    int at = at(parameter);
    types[at] = StorageClass.REAL;
    numbers[at] = Double.doubleToRawLongBits(value);
  }

  void setText(int parameter, String value) {
    int at = at(parameter);
    types[at] = StorageClass.TEXT;
    objects[at] = value;
  }

  void setBlob(int parameter, byte[] value) {
    int at = at(parameter);
    types[at] = StorageClass.BLOB;
    objects[at] = value;
  }

  private int at(int parameter) {
    return batchRows * count + parameter;
  }

  void clear() {
    int from = batchRows * count;
    Arrays.fill(types, from, from + count, UNSET);
    Arrays.fill(objects, from, from + count, null);
  }

  /** Adds the current row to the batch; the new current row starts with the same values. */
  void addBatch() throws SQLException {
    checkAllSet(batchRows);
    int needed = (batchRows + 2) * count;
    if (types.length < needed) {
      int capacity = Math.max(needed, types.length * 2);
      types = Arrays.copyOf(types, capacity);
      numbers = Arrays.copyOf(numbers, capacity);
      objects = Arrays.copyOf(objects, capacity);
    }
    int from = batchRows * count;
    System.arraycopy(types, from, types, from + count, count);
    System.arraycopy(numbers, from, numbers, from + count, count);
    System.arraycopy(objects, from, objects, from + count, count);
    batchRows++;
  }

  /** Forgets the batch; the current row keeps its values. */
  void clearBatch() {
    int from = batchRows * count;
    System.arraycopy(types, from, types, 0, count);
    System.arraycopy(numbers, from, numbers, 0, count);
    System.arraycopy(objects, from, objects, 0, count);
    Arrays.fill(objects, count, objects.length, null);
    batchRows = 0;
  }

  private void checkAllSet(int row) throws SQLException {
    int from = row * count;
    for (int i = 0; i < count; i++) {
      if (types[from + i] == UNSET) {
        throw SqlErrors.parameterNotSet(i + 1);
      }
    }
  }

  void bindCurrent(Query query) throws SQLException {
    checkAllSet(batchRows);
    bind(batchRows, query);
  }

  void bind(int row, Query query) {
    int from = row * count;
    for (int i = 0; i < count; i++) {
      int at = from + i;
      switch (types[at]) {
        case StorageClass.INTEGER -> query.setLong(i, numbers[at]);
        case StorageClass.REAL -> query.setDouble(i, Double.longBitsToDouble(numbers[at]));
        case StorageClass.TEXT -> query.setText(i, (String) objects[at]);
        case StorageClass.BLOB -> query.setBlob(i, (byte[]) objects[at]);
        default -> query.setNull(i);
      }
    }
  }
}
