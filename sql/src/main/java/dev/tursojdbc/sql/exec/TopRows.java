package dev.tursojdbc.sql.exec;

import dev.tursojdbc.storage.record.Register;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The first rows of an order, as many as a LIMIT asks for.
 *
 * <p>Rows are gathered until there are twice as many as wanted, or some more if few are; then they
 * are sorted, and the first half is kept. From then on a row that is not before the last one kept
 * is left out, so nearly all rows of a large input cost one comparison. Of equal rows the earlier
 * ones stay, as if all had been sorted. A heap would need half the room, but sorting by prefixes
 * compares far fewer records.
 */
final class TopRows {
  /** Sorting fewer rows than this is not worth the while. */
  private static final int MIN_GATHERED = 256;

  private final Sorter sorter;
  private final MemoryClaim claim = new MemoryClaim(() -> clear(0));
  private byte[][] records = new byte[16][];
  private int size;
  private int capacity;
  private int limit;
  private long bytes;

  /** The last of the rows that were kept; null as long as all rows are. */
  private byte @Nullable [] last;

  /**
   * @param sorter where the rows go in the end
   */
  TopRows(Sorter sorter) {
    this.sorter = sorter;
  }

  /** Forgets all rows. */
  void clear(int newCapacity) {
    Arrays.fill(records, 0, size, null);
    claim.release();
    size = 0;
    capacity = newCapacity;
    limit = (int) Math.min(Math.max(2L * capacity, MIN_GATHERED), Integer.MAX_VALUE - 8);
    bytes = 0;
    last = null;
  }

  /** Whether a row with this key is among the first so far. */
  boolean accepts(Register[] key) {
    byte[] bound = last;
    return bound == null || sorter.compare(key, bound) < 0;
  }

  /**
   * Takes in a row that was accepted.
   *
   * @return whether there is memory for more
   */
  boolean add(Frame frame, byte[] record) {
    if (size == records.length) {
      records = Arrays.copyOf(records, (int) Math.min(2L * size, limit));
    }
    records[size++] = record;
    bytes += record.length + Sorter.RECORD_OVERHEAD;
    if (size == limit) {
      shrink();
    }
    if (!claim.set(frame, bytes)) {
      return true;
    }
    if (size - capacity < capacity / 2) {
      return false;
    }
    shrink();
    return !claim.set(frame, bytes);
  }

  private void shrink() {
    int[] order = sorter.order(records, size);
    byte[][] kept = new byte[limit][];
    bytes = 0;
    for (int i = 0; i < capacity; i++) {
      kept[i] = records[order[i]];
      bytes += kept[i].length + Sorter.RECORD_OVERHEAD;
    }
    records = kept;
    size = capacity;
    last = kept[capacity - 1];
  }

  /** Hands the rows to the sorter, equal ones in the order in which they came; forgets them. */
  void moveToSorter(Frame frame) {
    for (int i = 0; i < size; i++) {
      sorter.add(frame, records[i]);
    }
    clear(0);
  }
}
