package dev.tursojdbc.sql.exec;

import dev.tursojdbc.sql.plan.BoundTable;
import dev.tursojdbc.sql.schema.Index;
import dev.tursojdbc.sql.schema.Table;
import dev.tursojdbc.storage.record.KeyOrder;
import dev.tursojdbc.storage.record.RecordReader;
import dev.tursojdbc.storage.record.Register;
import dev.tursojdbc.storage.record.StorageClass;
import dev.tursojdbc.storage.record.TextEncoding;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

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
    begin(sorted);
    scan.open(frame);
    while (scan.next(frame)) {
      add(frame, scan.columns());
    }
    rewind(frame);
  }

  abstract void clear();

  abstract void begin(boolean sorted);

  abstract void add(Frame frame, Evaluator[] columns);

  /** Goes to before the first key. */
  abstract void rewind(Frame frame);

  /**
   * Moves to the next key.
   *
   * @param row its key columns are set
   * @param values set to what stood behind the key
   */
  abstract boolean next(ChangedRow row, Register[] values);

  /** Rowids alone: eight bytes each, while there is memory. */
  private static final class Rowids extends RowKeyList {
    private static final int MAX_IDLE_ROWIDS = 4096;

    private final MemoryClaim claim = new MemoryClaim(this::clear);
    private final Register[] following = Registers.of(1);
    private long[] rowids = new long[16];
    private int count;
    private int position;
    private boolean sorted;
    private @Nullable StoredKeys others;
    private boolean hasFollowing;

    @Override
    void clear() {
      count = 0;
      claim.release();
      if (rowids.length > MAX_IDLE_ROWIDS) {
        rowids = new long[16];
      }
      if (others != null) {
        others.clear();
        others = null;
      }
    }

    @Override
    void begin(boolean inOrder) {
      sorted = inOrder;
    }

    @Override
    void add(Frame frame, Evaluator[] columns) {
      StoredKeys spilled = others;
      if (spilled == null && count == rowids.length) {
        if (claim.set(frame, 2L * Long.BYTES * count)) {
          spilled = new StoredKeys(1, new Sorter(List.of(KeyOrder.Column.DEFAULT)));
          spilled.begin(sorted);
          others = spilled;
        } else {
          rowids = Arrays.copyOf(rowids, 2 * count);
        }
      }
      if (spilled != null) {
        spilled.add(frame, columns);
        return;
      }
      columns[0].evaluate(frame);
      rowids[count++] = frame.integer;
    }

    @Override
    void rewind(Frame frame) {
      position = 0;
      if (sorted) {
        Arrays.sort(rowids, 0, count);
      }
      hasFollowing = false;
      if (others != null) {
        others.rewind(frame);
        hasFollowing = others.next(following);
      }
    }

    @Override
    boolean next(ChangedRow row, Register[] values) {
      if (position < count
          && !(sorted && hasFollowing && following[0].integer < rowids[position])) {
        row.rowid().setInteger(rowids[position++]);
        return true;
      }
      if (!hasFollowing || others == null) {
        return false;
      }
      row.rowid().set(following[0]);
      hasFollowing = others.next(following);
      return true;
    }
  }

  /** Of several rows with the same rowid, the last counts; they come in ascending order. */
  private static final class RowidsWithValues extends RowKeyList {
    private final StoredKeys keys;
    private final Register[] current;
    private final Register[] following;
    private boolean hasFollowing;

    RowidsWithValues(int valueCount) {
      keys = new StoredKeys(1 + valueCount, new Sorter(List.of(KeyOrder.Column.DEFAULT)));
      current = Registers.of(1 + valueCount);
      following = Registers.of(1 + valueCount);
    }

    @Override
    void clear() {
      keys.clear();
    }

    @Override
    void begin(boolean sorted) {
      keys.begin(true);
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
      hasFollowing = keys.next(following);
    }

    @Override
    boolean next(ChangedRow row, Register[] values) {
      if (!hasFollowing) {
        return false;
      }
      do {
        for (int i = 0; i < current.length; i++) {
          current[i].set(following[i]);
        }
        hasFollowing = keys.next(following);
      } while (hasFollowing && following[0].integer == current[0].integer);
      row.rowid().set(current[0]);
      for (int i = 0; i < values.length; i++) {
        values[i].set(current[1 + i]);
      }
      return true;
    }
  }

  /** The primary key's columns, and values behind them. */
  private static final class PrimaryKeys extends RowKeyList {
    private final int[] keyColumns;
    private final StoredKeys keys;
    private final Register[] current;

    PrimaryKeys(BoundTable target, int valueCount) {
      Index key = Objects.requireNonNull(target.table().primaryKey());
      KeyOrder order = target.index(key).order();
      keyColumns = new int[key.keyColumnCount()];
      for (int i = 0; i < keyColumns.length; i++) {
        keyColumns[i] = key.column(i).column();
      }
      keys =
          new StoredKeys(
              keyColumns.length + valueCount,
              new Sorter(order, keyColumns.length, target.encoding()));
      current = Registers.of(keyColumns.length + valueCount);
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
      for (int i = 0; i < keyColumns.length; i++) {
        row.registers().column(keyColumns[i]).set(current[i]);
      }
      for (int i = 0; i < values.length; i++) {
        values[i].set(current[keyColumns.length + i]);
      }
      return true;
    }
  }

  /** Keys and values as records, in the order in which they came or in that of a sorter. */
  private static final class StoredKeys {
    private final RowStore rows = new RowStore();
    private final RecordReader reader = new RecordReader(TextEncoding.UTF8);
    private final Sorter sorter;
    private final Register[] row;
    private boolean sorted;
    private int position;

    StoredKeys(int count, Sorter sorter) {
      this.row = Registers.of(count);
      this.sorter = sorter;
    }

    void clear() {
      rows.clear();
      sorter.clear();
    }

    void begin(boolean inOrder) {
      sorted = inOrder;
    }

    void add(Frame frame, Evaluator[] columns) {
      for (int i = 0; i < row.length; i++) {
        columns[i].into(frame, row[i]);
      }
      if (sorted) {
        sorter.add(frame, row, row.length);
      } else {
        rows.add(frame, row);
      }
    }

    void rewind(Frame frame) {
      position = 0;
      if (sorted) {
        sorter.sort(frame);
      }
    }

    boolean next(Register[] target) {
      if (sorted) {
        if (!sorter.next()) {
          return false;
        }
        for (int i = 0; i < row.length; i++) {
          sorter.read(i, target[i]);
        }
        return true;
      }
      if (position == rows.size()) {
        return false;
      }
      byte[] record = rows.record(position++);
      reader.attach(record, 0, record.length);
      for (int i = 0; i < row.length; i++) {
        reader.read(i, target[i]);
      }
      return true;
    }
  }
}
