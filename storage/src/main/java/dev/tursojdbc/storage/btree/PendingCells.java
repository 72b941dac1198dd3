package dev.tursojdbc.storage.btree;

import java.util.Arrays;

/**
 * Cells that belong to a page and do not fit in it, until it is balanced.
 *
 * <p>A cell's index counts the cells of the page and the pending ones together.
 */
final class PendingCells {
  /** For pages that have none. */
  static final PendingCells NONE = new PendingCells();

  private int count;
  private int[] indexes = new int[4];
  private byte[][] cells = new byte[4][];

  boolean isEmpty() {
    return count == 0;
  }

  int count() {
    return count;
  }

  int index(int i) {
    return indexes[i];
  }

  byte[] cell(int i) {
    return cells[i];
  }

  void clear() {
    count = 0;
    Arrays.fill(cells, null);
  }

  /** Which of the cells has this index, or -1. */
  int find(int index) {
    for (int i = 0; i < count; i++) {
      if (indexes[i] == index) {
        return i;
      }
    }
    return -1;
  }

  /** Index in the page alone of the cell that has an index among all. */
  int indexInPage(int index) {
    int before = 0;
    while (before < count && indexes[before] < index) {
      before++;
    }
    return index - before;
  }

  /** Adds a cell; those at its index and behind move up by one. */
  void insert(int index, byte[] source, int offset, int size) {
    if (count == cells.length) {
      indexes = Arrays.copyOf(indexes, 2 * count);
      cells = Arrays.copyOf(cells, 2 * count);
    }
    int place = count;
    while (place > 0 && indexes[place - 1] >= index) {
      indexes[place] = indexes[place - 1] + 1;
      cells[place] = cells[place - 1];
      place--;
    }
    indexes[place] = index;
    cells[place] = Arrays.copyOfRange(source, offset, offset + size);
    count++;
  }

  /** Says that the cell with an index goes, be it one of these or one in the page. */
  void remove(int index) {
    int kept = 0;
    for (int i = 0; i < count; i++) {
      if (indexes[i] != index) {
        indexes[kept] = indexes[i] > index ? indexes[i] - 1 : indexes[i];
        cells[kept] = cells[i];
        kept++;
      }
    }
    Arrays.fill(cells, kept, count, null);
    count = kept;
  }
}
