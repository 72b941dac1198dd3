package dev.tursojdbc.storage.wal;

import java.util.Arrays;
import java.util.function.IntUnaryOperator;

/**
 * Lists the newest frame of each page among many frames, in page order, in so little memory that
 * the length of the log does not matter.
 *
 * <p>The list has a limit. Frames are added in log order; when the list is full it is sorted, and
 * of each page only the newest frame stays. If still more than half of it is taken, the upper pages
 * go: they are left to the next round, which begins with the lowest of them. So each round lists at
 * least half as many pages as fit, and a log that fits is listed in one.
 *
 * <pre>
 *   next --> (count, pageNumber(i), frame(i)) --> next --> ... --> false
 * </pre>
 */
final class NewestFrames {
  private final IntUnaryOperator pageOfFrame;
  private final int firstFrame;
  private final int lastFrame;
  private final int pageCount;

  /** Page number and frame number in one. */
  private final long[] list;

  private int count;

  /** Pages of this round: from here on, and less than that. */
  private long fromPage;

  private long endPage;

  /**
   * @param pageCount pages above this number are left out
   * @param limit frames in the list, at least 2
   */
  NewestFrames(
      IntUnaryOperator pageOfFrame, int firstFrame, int lastFrame, int pageCount, int limit) {
    this.pageOfFrame = pageOfFrame;
    this.firstFrame = firstFrame;
    this.lastFrame = lastFrame;
    this.pageCount = pageCount;
    this.list = new long[Math.min(limit, Math.max(2, lastFrame - firstFrame + 1))];
    this.endPage = 1;
  }

  /** Lists the next pages. Returns false if there are none. */
  boolean next() {
    fromPage = endPage;
    endPage = Integer.toUnsignedLong(pageCount) + 1;
    count = 0;
    if (fromPage == endPage) {
      return false;
    }
    for (int i = 0; i <= lastFrame - firstFrame; i++) {
      int frame = firstFrame + i;
      long pageNumber = Integer.toUnsignedLong(pageOfFrame.applyAsInt(frame));
      if (pageNumber >= fromPage && pageNumber < endPage) {
        if (count == list.length) {
          makeRoom();
        }
        if (pageNumber < endPage) {
          list[count++] = pageNumber << 32 | frame;
        }
      }
    }
    keepNewest();
    return true;
  }

  private void makeRoom() {
    keepNewest();
    int half = list.length / 2;
    if (count > half) {
      endPage = list[half] >>> 32;
      count = half;
    }
  }

  private void keepNewest() {
    Arrays.sort(list, 0, count);
    int kept = 0;
    for (int i = 0; i < count; i++) {
      if (i + 1 == count || list[i + 1] >>> 32 != list[i] >>> 32) {
        list[kept++] = list[i];
      }
    }
    count = kept;
  }

  int count() {
    return count;
  }

  int pageNumber(int index) {
    return (int) (list[index] >>> 32);
  }

  int frame(int index) {
    return (int) list[index];
  }
}
