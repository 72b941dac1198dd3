package dev.tursojdbc.sql.exec;

import java.util.function.LongSupplier;

/**
 * One end of a frame. It is asked once for each row of a partition, in their order, and never goes
 * back: what it remembers of the row before is why finding a frame takes no time that grows with
 * its size.
 */
abstract class WindowBound {

  /** Goes to the beginning of a partition. */
  void beginPartition(Frame frame) {}

  /**
   * The bound for the current row.
   *
   * @return of a start the first row of the frame, of an end the row behind the last one; not
   *     behind the end of the partition
   */
  abstract int locate(Frame frame, int current);

  /** UNBOUNDED PRECEDING. */
  static final class First extends WindowBound {
    @Override
    int locate(Frame frame, int current) {
      return 0;
    }
  }

  /** UNBOUNDED FOLLOWING. */
  static final class Last extends WindowBound {
    private final WindowRows rows;

    Last(WindowRows rows) {
      this.rows = rows;
    }

    @Override
    int locate(Frame frame, int current) {
      return rows.size(frame);
    }
  }

  /** CURRENT ROW of ROWS. */
  static final class OfRow extends WindowBound {
    private final int more;

    OfRow(boolean end) {
      this.more = end ? 1 : 0;
    }

    @Override
    int locate(Frame frame, int current) {
      return current + more;
    }
  }

  /** So many rows behind the current one, or before it. */
  static final class OfRows extends WindowBound {
    private final WindowRows rows;
    private final LongSupplier distance;

    /** 1 for an end, which is the row behind. */
    private final int more;

    /**
     * @param distance negative for rows before the current one
     */
    OfRows(WindowRows rows, LongSupplier distance, boolean end) {
      this.rows = rows;
      this.distance = distance;
      this.more = end ? 1 : 0;
    }

    @Override
    int locate(Frame frame, int current) {
      long row = current + distance.getAsLong() + more;
      if (row <= current + 1) {
        return (int) Math.max(row, 0);
      }
      int wanted = (int) Math.min(row, Integer.MAX_VALUE);
      return rows.has(frame, wanted - 1) ? wanted : rows.size(frame);
    }
  }

  /** CURRENT ROW of RANGE and GROUPS: begins or ends with the row's peers. */
  static final class OfPeers extends WindowBound {
    private final WindowPeers peers;
    private final boolean end;

    OfPeers(WindowPeers peers, boolean end) {
      this.peers = peers;
      this.end = end;
    }

    @Override
    int locate(Frame frame, int current) {
      return end ? peers.end(frame) : peers.start();
    }
  }

  /** So many groups of peers behind the current one, or before it. */
  static final class OfGroups extends WindowBound {
    private final WindowRows rows;
    private final WindowPeers peers;
    private final LongSupplier distance;
    private final int more;

    /** A first row of a group, or the end of the partition. */
    private int bound;

    /** Number of the group that begins at the bound. */
    private int group;

    OfGroups(WindowRows rows, WindowPeers peers, LongSupplier distance, boolean end) {
      this.rows = rows;
      this.peers = peers;
      this.distance = distance;
      this.more = end ? 1 : 0;
    }

    @Override
    void beginPartition(Frame frame) {
      bound = 0;
      group = 0;
    }

    @Override
    int locate(Frame frame, int current) {
      long wanted = peers.group() + distance.getAsLong() + more;
      while (group < wanted && rows.has(frame, bound)) {
        bound = peers.nextGroup(frame, bound);
        group++;
      }
      return bound;
    }
  }
}
