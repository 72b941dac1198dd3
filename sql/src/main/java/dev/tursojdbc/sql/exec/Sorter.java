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

  /** More runs than these are merged in several rounds. */
  private static final int MAX_MERGED_RUNS = 64;

  private static final int MIN_BUFFER_SIZE = 1 << 10;
  private static final int MAX_BUFFER_SIZE = 1 << 16;

  /** An array for more records is not kept when they are gone. */
  private static final int MAX_IDLE_RECORDS = 1 << 12;

  private final KeyOrder order;
  private final int keyCount;
  private final RecordEncoder encoder;
  private final RecordReader current;
  private byte[][] records = new byte[16][];
  private int size;
  private long bytes;
  private int next;

  /** Positions of the records in memory, in order; from {@link #sort} on. */
  private int[] sorted = {};

  private final RecordMergeSort mergeSort;
  private final MemoryClaim claim = new MemoryClaim(this::clear);
  private List<SortedRun> runs = new ArrayList<>();
  private @Nullable RunFile file;
  private @Nullable PriorityQueue<SortedRun> merge;

  Sorter(List<KeyOrder.Column> keys) {
    this(new KeyOrder(keys, TextEncoding.UTF8), keys.size(), TextEncoding.UTF8);
  }

  /** A sorter of records in an encoding, by the first columns of an order of such records. */
  Sorter(KeyOrder order, int keyCount, TextEncoding encoding) {
    this.order = order;
    this.keyCount = keyCount;
    this.encoder = new RecordEncoder(encoding);
    this.current = new RecordReader(encoding);
    // Prefixes of keys are made from UTF-8.
    List<KeyOrder.Column> prefixed =
        encoding == TextEncoding.UTF8 ? order.columns().subList(0, keyCount) : List.of();
    this.mergeSort = new RecordMergeSort(prefixed, this::compare);
  }

  /** Forgets all rows. */
  void clear() {
    clearMemory();
    claim.release();
    next = 0;
    sorted = new int[0];
    runs.clear();
    merge = null;
    if (file != null) {
      file.close();
      file = null;
    }
  }

  private void clearMemory() {
    if (size > MAX_IDLE_RECORDS) {
      records = new byte[16][];
    } else {
      Arrays.fill(records, 0, size, null);
    }
    size = 0;
    bytes = 0;
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
    if (claim.set(frame, bytes)) {
      spill(frame);
    }
  }

  private void spill(Frame frame) {
    frame.checkInterrupted();
    sortMemory();
    RunFile target = file;
    if (target == null) {
      target = new RunFile(frame);
      file = target;
    }
    long start = target.begin(bufferSize(frame));
    for (int i = 0; i < size; i++) {
      target.write(records[sorted[i]]);
    }
    runs.add(new SortedRun(target, start, target.end(), runs.size()));
    Arrays.fill(records, 0, size, null);
    size = 0;
    bytes = 0;
    claim.set(frame, 0);
  }

  /** Of one run: all that are merged together have a part of the budget. */
  private static int bufferSize(Frame frame) {
    long size = frame.memory().part() / MAX_MERGED_RUNS;
    return (int) Math.min(Math.max(size, MIN_BUFFER_SIZE), MAX_BUFFER_SIZE);
  }

  private void sortMemory() {
    sorted = mergeSort.sort(records, size);
  }

  /** Compares two rows by the key. */
  int compare(byte[] first, byte[] second) {
    return order.compare(first, 0, first.length, second, 0, second.length, keyCount);
  }

  /** The positions of rows in their order, equal ones as they came. */
  int[] order(byte[][] rows, int count) {
    return mergeSort.sort(rows, count);
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
    while (runs.size() > MAX_MERGED_RUNS) {
      mergeSome(frame);
    }
    merge = merge(frame, runs);
  }

  /** Makes one run of each few that came one after the other, in another file. */
  private void mergeSome(Frame frame) {
    RunFile source = file;
    RunFile target = new RunFile(frame);
    List<SortedRun> merged = new ArrayList<>();
    for (int from = 0; from < runs.size(); from += MAX_MERGED_RUNS) {
      int to = Math.min(from + MAX_MERGED_RUNS, runs.size());
      PriorityQueue<SortedRun> queue = merge(frame, runs.subList(from, to));
      long start = target.begin(bufferSize(frame));
      for (byte[] record = take(queue); record != null; record = take(queue)) {
        target.write(record);
        frame.checkInterrupted();
      }
      merged.add(new SortedRun(target, start, target.end(), merged.size()));
    }
    runs = merged;
    file = target;
    if (source != null) {
      source.close();
    }
  }

  private PriorityQueue<SortedRun> merge(Frame frame, List<SortedRun> some) {
    PriorityQueue<SortedRun> queue =
        new PriorityQueue<>(
            (a, b) -> {
              int result = compare(a.record(), b.record());
              return result != 0 ? result : Integer.compare(a.number(), b.number());
            });
    for (SortedRun run : some) {
      run.open(bufferSize(frame));
      if (run.advance()) {
        queue.add(run);
      }
    }
    return queue;
  }

  private static byte @Nullable [] take(PriorityQueue<SortedRun> queue) {
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

  /** Moves to the next row in order. @return whether there is one */
  boolean next() {
    byte[] record = nextRecord();
    if (record == null) {
      return false;
    }
    attach(record);
    return true;
  }

  /** Makes a row the current one. */
  void attach(byte[] record) {
    current.attach(record, 0, record.length);
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
    return take(queue);
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
