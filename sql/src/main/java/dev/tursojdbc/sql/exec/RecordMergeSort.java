package dev.tursojdbc.sql.exec;

import dev.tursojdbc.storage.record.KeyOrder;
import java.util.List;

/**
 * A stable merge sort of records in memory by their first columns.
 *
 * <p>What is moved are prefixes of the keys and positions, never references: those would cost the
 * garbage collector's attention at each move. Halves that are in order already are not merged.
 * Where the prefixes of a column say all, records that are equal in it are then sorted by the next
 * one; else records with the same prefix are compared.
 */
final class RecordMergeSort {
  /** Up to here insertion is faster. */
  private static final int SMALL = 12;

  private final KeyPrefix[] columns;
  private final RecordComparison comparison;
  private byte[][] records = {};
  private long[] prefixes = {};
  private int[] positions = {};
  private long[] otherPrefixes = {};
  private int[] otherPositions = {};

  /** Whether records with the same prefix count as equal at the moment. */
  private boolean decided;

  /** Compares two records by their keys. */
  interface RecordComparison {
    int compare(byte[] left, byte[] right);
  }

  /**
   * @param order of which prefixes are used; empty if records are to be compared at once
   * @param comparison by all columns of the order
   */
  RecordMergeSort(List<KeyOrder.Column> order, RecordComparison comparison) {
    this.comparison = comparison;
    this.columns = new KeyPrefix[order.size()];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = new KeyPrefix(i, order.get(i));
    }
  }

  /**
   * Sorts the first records of an array, which stays as it is.
   *
   * @return their positions, in order
   */
  int[] sort(byte[][] unsorted, int count) {
    records = unsorted;
    positions = new int[count];
    for (int i = 0; i < count; i++) {
      positions[i] = i;
    }
    if (count > 1) {
      prefixes = new long[count];
      otherPrefixes = new long[count / 2 + 1];
      otherPositions = new int[count / 2 + 1];
      if (columns.length > 0) {
        sortBy(0, 0, count);
      } else {
        decided = false;
        sort(0, count);
      }
    }
    int[] result = positions;
    records = new byte[0][];
    prefixes = new long[0];
    positions = new int[0];
    otherPrefixes = prefixes;
    otherPositions = positions;
    return result;
  }

  /** Sorts records that are equal in the columns before this one. */
  private void sortBy(int column, int from, int to) {
    KeyPrefix prefix = columns[column];
    prefix.start();
    for (int i = from; i < to; i++) {
      prefix.examine(records[positions[i]]);
    }
    for (int i = from; i < to; i++) {
      prefixes[i] = prefix.of(records[positions[i]]);
    }
    boolean exact = prefix.isExact();
    decided = exact;
    sort(from, to);
    if (!exact || column + 1 == columns.length) {
      return;
    }
    int first = from;
    for (int i = from + 1; i <= to; i++) {
      if (i == to || prefixes[i] != prefixes[first]) {
        if (i - first > 1) {
          sortBy(column + 1, first, i);
        }
        first = i;
      }
    }
  }

  private void sort(int from, int to) {
    if (to - from <= SMALL) {
      insert(from, to);
      return;
    }
    int middle = (from + to) >>> 1;
    sort(from, middle);
    sort(middle, to);
    if (isBefore(
        prefixes[middle], positions[middle], prefixes[middle - 1], positions[middle - 1])) {
      merge(from, middle, to);
    }
  }

  private void insert(int from, int to) {
    for (int i = from + 1; i < to; i++) {
      long prefix = prefixes[i];
      int position = positions[i];
      int at = i;
      while (at > from && isBefore(prefix, position, prefixes[at - 1], positions[at - 1])) {
        prefixes[at] = prefixes[at - 1];
        positions[at] = positions[at - 1];
        at--;
      }
      prefixes[at] = prefix;
      positions[at] = position;
    }
  }

  private void merge(int from, int middle, int to) {
    int leftCount = middle - from;
    System.arraycopy(prefixes, from, otherPrefixes, 0, leftCount);
    System.arraycopy(positions, from, otherPositions, 0, leftCount);
    int left = 0;
    int right = middle;
    int target = from;
    while (left < leftCount && right < to) {
      if (isBefore(prefixes[right], positions[right], otherPrefixes[left], otherPositions[left])) {
        prefixes[target] = prefixes[right];
        positions[target] = positions[right];
        right++;
      } else {
        prefixes[target] = otherPrefixes[left];
        positions[target] = otherPositions[left];
        left++;
      }
      target++;
    }
    System.arraycopy(otherPrefixes, left, prefixes, target, leftCount - left);
    System.arraycopy(otherPositions, left, positions, target, leftCount - left);
  }

  /** Whether the first is before the second, and not equal to it. */
  private boolean isBefore(long prefix, int position, long otherPrefix, int otherPosition) {
    if (prefix != otherPrefix) {
      return prefix < otherPrefix;
    }
    return !decided && comparison.compare(records[position], records[otherPosition]) < 0;
  }
}
