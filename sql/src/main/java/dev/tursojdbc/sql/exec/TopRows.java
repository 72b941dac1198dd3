package dev.tursojdbc.sql.exec;

import dev.tursojdbc.storage.record.Register;
import java.util.Arrays;

/**
 * The first rows of an order, as many as a LIMIT asks for: a heap with the last of them on top.
 *
 * <p>A row that is not before the top is not kept, so nearly all rows of a large input cost one
 * comparison. Of equal rows the earlier ones stay, as if all had been sorted.
 */
final class TopRows {
  private final Sorter sorter;
  private byte[][] records = new byte[16][];

  /** When each row came. */
  private long[] arrivals = new long[16];

  private int size;
  private int capacity;
  private long arrived;
  private long bytes;

  /**
   * @param sorter whose order it is, and where the rows go in the end
   */
  TopRows(Sorter sorter) {
    this.sorter = sorter;
  }

  /** Forgets all rows. */
  void clear(int newCapacity) {
    Arrays.fill(records, 0, size, null);
    size = 0;
    capacity = newCapacity;
    arrived = 0;
    bytes = 0;
  }

  /** Whether a row with this key is among the first so far. */
  boolean accepts(Register[] key) {
    return size < capacity || sorter.compare(key, records[0]) < 0;
  }

  /** Keeps a row that was accepted. */
  void add(byte[] record) {
    bytes += record.length + Sorter.RECORD_OVERHEAD;
    if (size < capacity) {
      if (size == records.length) {
        records = Arrays.copyOf(records, 2 * size);
        arrivals = Arrays.copyOf(arrivals, 2 * size);
      }
      size++;
      rise(size - 1, record, arrived++);
    } else {
      bytes -= records[0].length + Sorter.RECORD_OVERHEAD;
      sink(0, record, arrived++);
    }
  }

  /** Bytes that the rows take. */
  long bytes() {
    return bytes;
  }

  private void rise(int from, byte[] record, long arrival) {
    int at = from;
    while (at > 0) {
      int parent = (at - 1) >>> 1;
      if (!isBehind(record, arrival, parent)) {
        break;
      }
      put(at, records[parent], arrivals[parent]);
      at = parent;
    }
    put(at, record, arrival);
  }

  private void sink(int from, byte[] record, long arrival) {
    int at = from;
    int child = 2 * at + 1;
    while (child < size) {
      if (child + 1 < size && isBehind(records[child + 1], arrivals[child + 1], child)) {
        child++;
      }
      if (isBehind(record, arrival, child)) {
        break;
      }
      put(at, records[child], arrivals[child]);
      at = child;
      child = 2 * at + 1;
    }
    put(at, record, arrival);
  }

  private void put(int at, byte[] record, long arrival) {
    records[at] = record;
    arrivals[at] = arrival;
  }

  private boolean isBehind(byte[] record, long arrival, int other) {
    int order = sorter.compare(record, records[other]);
    return order != 0 ? order > 0 : arrival > arrivals[other];
  }

  /** Hands the rows to the sorter in the order in which they came, and forgets them. */
  void moveToSorter(Frame frame) {
    Integer[] order = new Integer[size];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, (a, b) -> Long.compare(arrivals[a], arrivals[b]));
    for (int at : order) {
      sorter.add(frame, records[at]);
    }
    clear(0);
  }
}
