package dev.tursojdbc.sql.exec;

/**
 * A stable merge sort of records in memory.
 *
 * <p>What is moved are prefixes of the keys and positions, never references: those would cost the
 * garbage collector's attention at each move. Halves that are in order already are not merged.
 */
final class RecordMergeSort {
  /** Up to here insertion is faster. */
  private static final int SMALL = 12;

  private final byte[][] records;
  private final RecordComparison comparison;
  private final long[] prefixes;
  private final int[] positions;

  /** Whether records with the same prefix are equal. */
  private final boolean decided;

  private long[] otherPrefixes = {};
  private int[] otherPositions = {};

  /** Compares two records by their keys. */
  interface RecordComparison {
    int compare(byte[] left, byte[] right);
  }

  private RecordMergeSort(
      byte[][] records,
      int count,
      KeyPrefix prefix,
      int keyCount,
      RecordComparison comparison) {
    this.records = records;
    this.comparison = comparison;
    this.prefixes = new long[count];
    this.positions = new int[count];
    prefix.examine(records, count);
    for (int i = 0; i < count; i++) {
      prefixes[i] = prefix.of(records[i]);
      positions[i] = i;
    }
    decided = keyCount == 1 && prefix.isExact();
  }

  /**
   * Sorts the first records of an array, which stays as it is.
   *
   * @param prefix of the key's first column
   * @param keyCount number of the key's columns
   * @return their positions, in order
   */
  static int[] sort(
      byte[][] records,
      int count,
      KeyPrefix prefix,
      int keyCount,
      RecordComparison comparison) {
    RecordMergeSort sort = new RecordMergeSort(records, count, prefix, keyCount, comparison);
    int half = count / 2 + 1;
    sort.otherPrefixes = new long[half];
    sort.otherPositions = new int[half];
    sort.sort(0, count);
    return sort.positions;
  }

  private void sort(int from, int to) {
    if (to - from <= SMALL) {
      insert(from, to);
      return;
    }
    int middle = (from + to) >>> 1;
    sort(from, middle);
    sort(middle, to);
    if (isBefore(prefixes[middle], positions[middle], prefixes[middle - 1], positions[middle - 1])) {
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
