package dev.tursojdbc.storage.pager;

import java.util.Arrays;

/** A growing list of page numbers. */
final class IntList {
  private int[] items = new int[16];
  private int size;

  void add(int item) {
    if (size == items.length) {
      items = Arrays.copyOf(items, size * 2);
    }
    items[size++] = item;
  }

  void addAll(IntList other) {
    for (int i = 0; i < other.size; i++) {
      add(other.items[i]);
    }
  }

  int get(int index) {
    return items[index];
  }

  int size() {
    return size;
  }

  /** Index of the first item that is not less, in a list that is sorted. */
  int indexOfAtLeast(int item) {
    int index = Arrays.binarySearch(items, 0, size, item);
    return index >= 0 ? index : -index - 1;
  }

  void clear() {
    size = 0;
  }

  /** Sorts the items and keeps one of each. */
  void sortDistinct() {
    Arrays.sort(items, 0, size);
    int kept = 0;
    for (int i = 0; i < size; i++) {
      if (kept == 0 || items[kept - 1] != items[i]) {
        items[kept++] = items[i];
      }
    }
    size = kept;
  }
}
