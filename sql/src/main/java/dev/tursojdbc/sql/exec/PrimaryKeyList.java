package dev.tursojdbc.sql.exec;

import dev.tursojdbc.sql.plan.BoundTable;
import dev.tursojdbc.sql.schema.Index;
import dev.tursojdbc.storage.record.KeyOrder;
import dev.tursojdbc.storage.record.Register;
import java.util.Objects;

/** The primary keys of rows of a table without rowids, alone or with values behind them. */
abstract class PrimaryKeyList extends RowKeyList {
  private final int[] columns;
  final KeyOrder order;

  PrimaryKeyList(BoundTable target) {
    Index key = Objects.requireNonNull(target.table().primaryKey());
    order = target.index(key).order();
    columns = new int[key.keyColumnCount()];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = key.column(i).column();
    }
  }

  final int keyCount() {
    return columns.length;
  }

  final void setKey(ChangedRow row, Register[] key) {
    for (int i = 0; i < columns.length; i++) {
      row.registers().column(columns[i]).set(key[i]);
    }
  }

  /** Primary keys alone. */
  static final class Alone extends PrimaryKeyList {
    private final StoredKeys keys;
    private final Register[] current;

    Alone(BoundTable target) {
      super(target);
      keys = new StoredKeys(keyCount(), new Sorter(order, keyCount(), target.encoding()));
      current = Registers.of(keyCount());
    }

    @Override
    void clear() {
      keys.clear();
    }

    @Override
    void begin(boolean sorted) {
      keys.begin(sorted);
    }

    @Override
    void add(Frame frame, Evaluator[] columns) {
      keys.add(frame, columns);
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
      setKey(row, current);
      return true;
    }
  }

  /** Of several rows with the same primary key, the last counts; they come in its order. */
  static final class WithValues extends PrimaryKeyList {
    private final LastOfEach keys;
    private final Register[] current;

    WithValues(BoundTable target, int valueCount) {
      super(target);
      keys = new LastOfEach(keyCount() + valueCount, order, keyCount(), target.encoding());
      current = Registers.of(keyCount() + valueCount);
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
      keys.add(frame, columns);
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
      setKey(row, current);
      for (int i = 0; i < values.length; i++) {
        values[i].set(current[keyCount() + i]);
      }
      return true;
    }
  }
}
