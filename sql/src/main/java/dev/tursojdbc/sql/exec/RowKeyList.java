package dev.tursojdbc.sql.exec;

import dev.tursojdbc.sql.plan.BoundTable;
import dev.tursojdbc.sql.schema.Index;
import dev.tursojdbc.sql.schema.Table;
import dev.tursojdbc.storage.record.KeyOrder;
import dev.tursojdbc.storage.record.Register;
import dev.tursojdbc.storage.record.StorageClass;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * The keys of the rows that a statement changes, collected before the first change: what is changed
 * must not come along again in the scan that finds it.
 */
abstract class RowKeyList {

  /**
   * @param valueCount number of values behind each key
   */
  static RowKeyList of(BoundTable target, int valueCount) {
    Table table = target.table();
    if (table.isWithoutRowid()) {
      return new PrimaryKeys(target, valueCount);
    }
    return valueCount == 0 ? new Rowids() : new RowidsWithValues(valueCount);
  }

  /**
   * Runs the scan and takes its rows in.
   *
   * @param sorted whether they shall come in the order of their keys, not that of the scan
   */
  final void fill(RunnableQuery scan, Frame frame, boolean sorted) {
    clear();
    scan.open(frame);
    while (scan.next(frame)) {
      add(frame, scan.columns());
    }
    if (sorted) {
      sort();
    }
    rewind();
  }

  abstract void sort();

  abstract void clear();

  abstract void add(Frame frame, Evaluator[] columns);

  abstract void rewind();

  /**
   * Moves to the next key.
   *
   * @param row its key columns are set
   * @param values set to what stood behind the key
   */
  abstract boolean next(ChangedRow row, Register[] values);

  /** Rowids alone: eight bytes each. */
  private static final class Rowids extends RowKeyList {
    private long[] rowids = new long[16];
    private int count;
    private int position;

    @Override
    void clear() {
      count = 0;
      if (rowids.length > 4096) {
        rowids = new long[16];
      }
    }

    @Override
    void add(Frame frame, Evaluator[] columns) {
      if (count == rowids.length) {
        rowids = Arrays.copyOf(rowids, 2 * count);
      }
      columns[0].evaluate(frame);
      rowids[count++] = frame.integer;
    }

    @Override
    void sort() {
      Arrays.sort(rowids, 0, count);
    }

    @Override
    void rewind() {
      position = 0;
    }

    @Override
    boolean next(ChangedRow row, Register[] values) {
      if (position == count) {
        return false;
      }
      row.rowid().setInteger(rowids[position++]);
      return true;
    }
  }

  /** Of several rows with the same rowid, the last counts; they come in ascending order. */
  private static final class RowidsWithValues extends RowKeyList {
    private final int valueCount;
    private final TreeMap<Long, Register[]> rows = new TreeMap<>();
    private Iterator<Map.Entry<Long, Register[]>> position = rows.entrySet().iterator();

    RowidsWithValues(int valueCount) {
      this.valueCount = valueCount;
    }

    @Override
    void clear() {
      rows.clear();
    }

    @Override
    void add(Frame frame, Evaluator[] columns) {
      if (columns[0].evaluate(frame) != StorageClass.INTEGER) {
        return;
      }
      long rowid = frame.integer;
      rows.put(rowid, copy(frame, columns, 1, valueCount));
    }

    @Override
    void sort() {
      // They are.
    }

    @Override
    void rewind() {
      position = rows.entrySet().iterator();
    }

    @Override
    boolean next(ChangedRow row, Register[] values) {
      if (!position.hasNext()) {
        return false;
      }
      Map.Entry<Long, Register[]> entry = position.next();
      row.rowid().setInteger(entry.getKey());
      for (int i = 0; i < valueCount; i++) {
        values[i].set(entry.getValue()[i]);
      }
      return true;
    }
  }

  /** The primary key's columns, and values behind them. */
  private static final class PrimaryKeys extends RowKeyList {
    private final int[] keyColumns;
    private final int valueCount;
    private final KeyOrder order;
    private final List<Register[]> rows = new ArrayList<>();
    private int position;

    PrimaryKeys(BoundTable target, int valueCount) {
      Index key = Objects.requireNonNull(target.table().primaryKey());
      order =
          target.indexes().stream()
              .filter(index -> index.index() == key)
              .findFirst()
              .orElseThrow()
              .order();
      this.valueCount = valueCount;
      keyColumns = new int[key.keyColumnCount()];
      for (int i = 0; i < keyColumns.length; i++) {
        keyColumns[i] = key.column(i).column();
      }
    }

    @Override
    void clear() {
      rows.clear();
    }

    @Override
    void add(Frame frame, Evaluator[] columns) {
      rows.add(copy(frame, columns, 0, keyColumns.length + valueCount));
    }

    @Override
    void sort() {
      rows.sort((left, right) -> order.compare(left, right, keyColumns.length));
    }

    @Override
    void rewind() {
      position = 0;
    }

    @Override
    boolean next(ChangedRow row, Register[] values) {
      if (position == rows.size()) {
        return false;
      }
      Register[] entry = rows.get(position++);
      for (int i = 0; i < keyColumns.length; i++) {
        row.registers().column(keyColumns[i]).set(entry[i]);
      }
      for (int i = 0; i < valueCount; i++) {
        values[i].set(entry[keyColumns.length + i]);
      }
      return true;
    }
  }

  private static Register[] copy(Frame frame, Evaluator[] columns, int from, int count) {
    Register[] values = Registers.of(count);
    for (int i = 0; i < count; i++) {
      columns[from + i].into(frame, values[i]);
      SameValues.own(values[i]);
    }
    return values;
  }
}
