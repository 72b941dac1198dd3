package dev.tursojdbc.storage.btree;

import java.util.Arrays;

/** Which bytes of one page are in use, to find those used twice and those not at all. */
final class PageCoverage {
  private int start;
  private long[] uses = new long[256];
  private int count;
  private int usedTwice;

  /** Begins with a page whose cell content starts at an offset. */
  void start(int contentStart) {
    start = contentStart;
    count = 0;
  }

  void use(int offset, int size) {
    if (count == uses.length) {
      uses = Arrays.copyOf(uses, 2 * count);
    }
    uses[count++] = ((long) offset << 32) | (offset + size);
  }

  /**
   * Number of bytes that nothing uses. Where bytes are used twice the count ends, and is -1; but if
   * that is the last use of all, what is behind the one before is counted, as SQLite does.
   */
  int unusedBytes(int usableSize) {
    Arrays.sort(uses, 0, count);
    usedTwice = 0;
    int unused = 0;
    int end = start;
    for (int i = 0; i < count; i++) {
      int offset = (int) (uses[i] >>> 32);
      if (offset < end) {
        usedTwice = offset;
        if (i < count - 1) {
          return -1;
        }
        break;
      }
      unused += offset - end;
      end = (int) uses[i];
    }
    return unused + usableSize - end;
  }

  /** Where the second use begins that {@link #unusedBytes} found, 0 if there is none. */
  int firstUsedTwice() {
    return usedTwice;
  }
}
