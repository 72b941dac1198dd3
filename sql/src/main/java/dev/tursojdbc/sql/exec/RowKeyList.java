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
      return valueCount == 0
          ? new PrimaryKeys(target)
          : new PrimaryKeysWithValues(target, valueCount);
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

  /** The columns of a primary key in a table without rowids. */
  private abstract static class PrimaryKeyColumns extends RowKeyList {
    private final int[] columns;
    final KeyOrder order;

    PrimaryKeyColumns(BoundTable target) {
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
  }

  /** Primary keys alone. */
  private static final class PrimaryKeys extends PrimaryKeyColumns {
    private final StoredKeys keys;
    private final Register[] current;

    PrimaryKeys(BoundTable target) {
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
  private static final class PrimaryKeysWithValues extends PrimaryKeyColumns {
    private final LastOfEach keys;
    private final Register[] current;

    PrimaryKeysWithValues(BoundTable target, int valueCount) {
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

  /** Keys with values behind them, in the order of the keys: of equal keys, the last that came. */
  private static final class LastOfEach {
    private final StoredKeys keys;
    private final KeyOrder order;
    private final int keyCount;
    private final Register[] following;
    private boolean hasFollowing;

    LastOfEach(int count, KeyOrder order, int keyCount, TextEncoding encoding) {
      this.keys = new StoredKeys(count, new Sorter(order, keyCount, encoding));
      this.order = order;
      this.keyCount = keyCount;
      this.following = Registers.of(count);
    }

    void clear() {
      keys.clear();
    }

    void begin() {
      keys.begin(true);
    }

    void add(Frame frame, Evaluator[] columns) {
      keys.add(frame, columns);
    }

    void rewind(Frame frame) {
      keys.rewind(frame);
      hasFollowing = keys.next(following);
    }

    boolean next(Register[] target) {
      if (!hasFollowing) {
        return false;
      }
      do {
        for (int i = 0; i < target.length; i++) {
          target[i].set(following[i]);
        }
        hasFollowing = keys.next(following);
      } while (hasFollowing && order.compare(following, target, keyCount) == 0);
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
