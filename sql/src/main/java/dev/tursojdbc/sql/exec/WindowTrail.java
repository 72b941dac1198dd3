package dev.tursojdbc.sql.exec;

import org.jspecify.annotations.Nullable;

/**
 * Which rows leave a frame {@code BETWEEN x FOLLOWING AND y FOLLOWING} of rows or groups before a
 * row comes in: those more than y - x before it. That decides where the first frame of a partition
 * has not been reached yet.
 */
final class WindowTrail {
  private final @Nullable WindowPeers peers;
  private final WindowBound bound;

  /**
   * @param peers followed by nobody else; null for a frame of rows
   * @param bound y - x PRECEDING
   */
  WindowTrail(@Nullable WindowPeers peers, WindowBound bound) {
    this.peers = peers;
    this.bound = bound;
  }

  void beginPartition(Frame frame) {
    if (peers != null) {
      peers.beginPartition();
    }
    bound.beginPartition(frame);
  }

  /** The first row that stays when a row comes in, the one behind the last. */
  int firstToStay(Frame frame, int row) {
    if (peers != null) {
      peers.moveTo(row);
    }
    return bound.locate(frame, row);
  }
}
