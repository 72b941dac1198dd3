package dev.tursojdbc.sql.exec;

import dev.tursojdbc.sql.ast.FrameSpec.Exclusion;

/**
 * The frame of the current row: the rows from its start to its end, without those that EXCLUDE
 * leaves out, so up to three runs of rows.
 */
final class WindowFrame {
  private final WindowBound startBound;
  private final WindowBound endBound;
  private final WindowPeers peers;
  private final Exclusion exclusion;
  private int start;
  private int end;
  private final int[] from = new int[3];
  private final int[] to = new int[3];
  private int runs;

  WindowFrame(
      WindowBound startBound, WindowBound endBound, WindowPeers peers, Exclusion exclusion) {
    this.startBound = startBound;
    this.endBound = endBound;
    this.peers = peers;
    this.exclusion = exclusion;
  }

  void beginPartition(Frame frame) {
    startBound.beginPartition(frame);
    endBound.beginPartition(frame);
  }

  /** Finds the frame of a row, the one behind the last. */
  void moveTo(Frame frame, int current) {
    end = endBound.locate(frame, current);
    start = Math.min(startBound.locate(frame, current), end);
    runs = 0;
    switch (exclusion) {
      case UNWRITTEN, NO_OTHERS -> add(start, end);
      case CURRENT_ROW -> {
        add(start, Math.min(current, end));
        add(Math.max(current + 1, start), end);
      }
      case GROUP -> {
        add(start, Math.min(peers.start(), end));
        add(Math.max(peers.end(frame), start), end);
      }
      case TIES -> {
        add(start, Math.min(peers.start(), end));
        add(Math.max(current, start), Math.min(current + 1, end));
        add(Math.max(peers.end(frame), start), end);
      }
    }
  }

  private void add(int first, int behind) {
    if (first < behind) {
      from[runs] = first;
      to[runs] = behind;
      runs++;
    }
  }

  /**
   * Whether functions go through the frame of each row anew, as where it has holes. It shows in
   * sums of REALs that EXCLUDE NO OTHERS does that, too.
   */
  boolean isRecomputed() {
    return exclusion != Exclusion.UNWRITTEN;
  }

  /** The first row, EXCLUDE left aside. */
  int start() {
    return start;
  }

  /** The row behind the last one, EXCLUDE left aside. */
  int end() {
    return end;
  }

  int runCount() {
    return runs;
  }

  int runStart(int run) {
    return from[run];
  }

  int runEnd(int run) {
    return to[run];
  }

  /** The last row, or -1 if there is none. */
  int last() {
    return runs == 0 ? -1 : to[runs - 1] - 1;
  }

  /**
   * A row of the frame by its place.
   *
   * @param place counts from 1
   * @return -1 if there are not so many
   */
  int nth(long place) {
    long left = place - 1;
    for (int i = 0; i < runs; i++) {
      int count = to[i] - from[i];
      if (left < count) {
        return from[i] + (int) left;
      }
      left -= count;
    }
    return -1;
  }
}
