package dev.tursojdbc.sql.exec;

import dev.tursojdbc.storage.record.KeyOrder;
import dev.tursojdbc.storage.record.RecordReader;
import dev.tursojdbc.storage.record.Register;
import dev.tursojdbc.storage.record.TextEncoding;
import java.util.List;

/**
 * The rows of one partition, numbered from 0. They come from an input that is sorted by partition,
 * and no earlier than somebody asks for them.
 */
final class WindowRows {
  private final BuiltQuery input;
  private final int firstKey;
  private final KeyOrder keys;
  private final int keyCount;
  private final RowStore store = new RowStore();

  /** The row that the input stands on. */
  private final Register[] row;

  private final Register[] nextKey;
  private final Register[] key;

  /** Whether {@link #row} is the first one of the next partition. */
  private boolean pending;

  /** Whether all rows of the partition are in the store. */
  private boolean complete;

  private boolean ended;

  /**
   * @param firstKey the first of the columns that tell partitions apart
   */
  WindowRows(BuiltQuery input, int firstKey, List<KeyOrder.Column> keys) {
    this.input = input;
    this.firstKey = firstKey;
    this.keys = new KeyOrder(keys, TextEncoding.UTF8);
    this.keyCount = keys.size();
    this.row = Registers.of(input.columns().length);
    this.nextKey = Registers.of(keyCount);
    this.key = Registers.of(keyCount);
  }

  void open(Frame frame) {
    store.clear();
    input.operator().open(frame);
    pending = false;
    complete = true;
    ended = false;
  }

  /** Goes to the next partition, past rows of this one that nobody has seen. */
  boolean nextPartition(Frame frame) {
    size(frame);
    store.clear();
    if (!pending && !advance(frame)) {
      return false;
    }
    for (int i = 0; i < keyCount; i++) {
      key[i].set(row[firstKey + i]);
      SameValues.own(key[i]);
    }
    store.add(frame, row);
    pending = false;
    complete = false;
    return true;
  }

  /** Whether the partition has a row of this number. */
  boolean has(Frame frame, int number) {
    while (number >= store.size()) {
      if (complete) {
        return false;
      }
      read(frame);
    }
    return true;
  }

  /** Number of rows; all are read for that. */
  int size(Frame frame) {
    while (!complete) {
      read(frame);
    }
    return store.size();
  }

  private void read(Frame frame) {
    if (!advance(frame)) {
      complete = true;
      return;
    }
    for (int i = 0; i < keyCount; i++) {
      nextKey[i].set(row[firstKey + i]);
    }
    if (keyCount > 0 && keys.compare(key, nextKey, keyCount) != 0) {
      complete = true;
      pending = true;
    } else {
      store.add(frame, row);
    }
  }

  private boolean advance(Frame frame) {
    if (ended || !input.operator().next(frame)) {
      ended = true;
      pending = false;
      return false;
    }
    Evaluator[] columns = input.columns();
    for (int i = 0; i < columns.length; i++) {
      columns[i].into(frame, row[i]);
    }
    return true;
  }

  /** A place from which to read rows that have been asked for. */
  Cursor cursor() {
    return new Cursor(store);
  }

  /** Stands on one row. */
  static final class Cursor {
    private final RowStore store;
    private final RecordReader reader = new RecordReader(TextEncoding.UTF8);
    private int number = -1;

    private Cursor(RowStore store) {
      this.store = store;
    }

    /** Forgets the row, since another partition has begun. */
    void reset() {
      number = -1;
    }

    void moveTo(int newNumber) {
      if (number != newNumber) {
        byte[] record = store.record(newNumber);
        reader.attach(record, 0, record.length);
        number = newNumber;
      }
    }

    int read(int column, Register target) {
      return reader.read(column, target);
    }
  }
}
