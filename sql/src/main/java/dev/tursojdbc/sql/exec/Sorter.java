package dev.tursojdbc.sql.exec;

import dev.tursojdbc.storage.record.KeyOrder;
import dev.tursojdbc.storage.record.RecordEncoder;
import dev.tursojdbc.storage.record.RecordReader;
import dev.tursojdbc.storage.record.Register;
import dev.tursojdbc.storage.record.TextEncoding;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Sorts rows by their first columns; rows that are equal there keep the order in which they came.
 *
 * <p>Rows are records. What exceeds the memory budget goes, sorted, to temporary files, which are
 * merged when rows are read.
 */
final class Sorter {
  /** What a record takes beside its bytes: array header, reference. */
  static final int RECORD_OVERHEAD = 24;

  private final KeyOrder order;
  private final int keyCount;
  private final RecordEncoder encoder = new RecordEncoder(TextEncoding.UTF8);
  private final RecordReader current = new RecordReader(TextEncoding.UTF8);
  private byte[][] records = new byte[16][];
  private int size;
  private long bytes;
  private int next;

  /** Positions of the records in memory, in order; from {@link #sort} on. */
  private int[] sorted = {};

  private final RecordMergeSort mergeSort;
  private final List<SortedRun> runs = new ArrayList<>();
  private @Nullable PriorityQueue<SortedRun> merge;

  Sorter(List<KeyOrder.Column> keys) {
    this.order = new KeyOrder(keys, TextEncoding.UTF8);
    this.keyCount = keys.size();
    this.mergeSort = new RecordMergeSort(keys, this::compare);
  }

  /** Forgets all rows. */
  void clear() {
    Arrays.fill(records, 0, size, null);
    size = 0;
    bytes = 0;
    next = 0;
    sorted = new int[0];
    runs.forEach(SortedRun::close);
    runs.clear();
    merge = null;
  }

  int keyCount() {
    return keyCount;
  }

  void add(Frame frame, Register[] row, int count) {
    add(frame, encode(row, count));
  }

  /** A row as it is kept here. */
  byte[] encode(Register[] row, int count) {
    encoder.encode(row, count);
    return encoder.toByteArray();
  }

  void add(Frame frame, byte[] record) {
    if (size == records.length) {
      records = Arrays.copyOf(records, 2 * size);
    }
    records[size++] = record;
    bytes += record.length + RECORD_OVERHEAD;
    if (bytes > frame.context().memoryBudget()) {
      spill(frame);
    }
  }

  private void spill(Frame frame) {
    sortMemory();
    SortedRun run = new SortedRun(frame, runs.size());
    for (int i = 0; i < size; i++) {
      run.write(records[sorted[i]]);
    }
    runs.add(run);
    Arrays.fill(records, 0, size, null);
    size = 0;
    bytes = 0;
  }

  private void sortMemory() {
    sorted = mergeSort.sort(records, size);
  }

  /** Compares two rows by the key. */
  int compare(byte[] first, byte[] second) {
    return order.compare(first, 0, first.length, second, 0, second.length, keyCount);
  }

  /** Compares a key with a row. */
  int compare(Register[] key, byte[] row) {
    return order.compare(key, keyCount, row, 0, row.length);
  }

  /** Ends adding; rows can be read. */
  void sort(Frame frame) {
    if (runs.isEmpty()) {
      sortMemory();
      next = 0;
      return;
    }
    if (size > 0) {
      spill(frame);
    }
    PriorityQueue<SortedRun> queue =
        new PriorityQueue<>(
            (a, b) -> {
              int result = compare(a.record(), b.record());
              return result != 0 ? result : Integer.compare(a.number(), b.number());
            });
    for (SortedRun run : runs) {
      run.rewind();
      if (run.advance()) {
        queue.add(run);
      }
    }
    merge = queue;
  }

  /** Moves to the next row in order. @return whether there is one */
  boolean next() {
    byte[] record = nextRecord();
    if (record == null) {
      return false;
    }
    current.attach(record, 0, record.length);
    return true;
  }

  /** The next row as a record, or null. */
  byte @Nullable [] nextRecord() {
    PriorityQueue<SortedRun> queue = merge;
    if (queue == null) {
      if (next >= size) {
        return null;
      }
      byte[] record = records[sorted[next]];
      next++;
      return record;
    }
    SortedRun run = queue.poll();
    if (run == null) {
      return null;
    }
    byte[] record = run.record();
    if (run.advance()) {
      queue.add(run);
    }
    return record;
  }

  /** Reads a column of the current row. */
  int read(int column, Register target) {
    return current.read(column, target);
  }

  /** An evaluator of a column of the current row. */
  Evaluator column(int column) {
    return new SortedColumn(this, column);
  }

  private static final class SortedColumn extends Evaluator {
    private final Sorter sorter;
    private final int column;

    SortedColumn(Sorter sorter, int column) {
      this.sorter = sorter;
      this.column = column;
    }

    @Override
    public int evaluate(Frame frame) {
      return sorter.read(column, frame);
    }
  }
}
