package dev.tursojdbc.sql.exec;

import dev.tursojdbc.storage.record.KeyOrder;
import dev.tursojdbc.storage.record.Register;
import dev.tursojdbc.storage.record.StorageClass;
import dev.tursojdbc.storage.record.TextEncoding;
import java.util.List;

/** Of several rows with the same rowid, the last counts; they come in ascending order. */
final class RowidsWithValues extends RowKeyList {
  private final LastOfEach keys;
  private final Register[] current;

  RowidsWithValues(int valueCount) {
    keys =
        new LastOfEach(
            1 + valueCount,
            new KeyOrder(List.of(KeyOrder.Column.DEFAULT), TextEncoding.UTF8),
            1,
            TextEncoding.UTF8);
    current = Registers.of(1 + valueCount);
  }

  @Override
  void clear() {
    keys.clear();
  }

  @Override
  void begin(boolean sorted) {
    keys.begin();
  }

  @Override
  void add(Frame frame, Evaluator[] columns) {
    if (columns[0].evaluate(frame) == StorageClass.INTEGER) {
      keys.add(frame, columns);
    }
  }

  @Override
  void rewind(Frame frame) {
    keys.rewind(frame);
  }

  @Override
  boolean next(ChangedRow row, Register[] values) {
    if (!keys.next(current)) {
      return false;
    }
    row.rowid().set(current[0]);
    for (int i = 0; i < values.length; i++) {
      values[i].set(current[1 + i]);
    }
    return true;
  }
}
