package dev.tursojdbc.storage.wal;

import dev.tursojdbc.storage.file.FileSystem;

/**
 * A reader's claim on the log: until it is released, the reader's snapshot stays readable.
 *
 * <p>There are five marks. Mark 0 means "my whole snapshot is in the database file"; backfill takes
 * it exclusively. Marks 1 to 4 carry a frame number, and readers may share one. Three rules:
 *
 * <ol>
 *   <li>The number changes only under the mark's exclusive lock, and readers hold the shared lock;
 *       so a mark never moves under a reader.
 *   <li>The number is at most the last frame of each reader that holds the mark; so frames up to
 *       the lowest held mark can be backfilled without changing what any reader sees.
 *   <li>The log restarts at frame 1 only when all frames are backfilled and marks 1 to 4 are free.
 * </ol>
 *
 * <p>Between choosing a mark and locking it everything can change. So after it got its lock a
 * reader looks again at the published state and at the mark's number, and gives up on any change.
 */
final class ReadMark {
  private static final int NONE = -1;

  private final WalCoordination coordination;
  private final FileSystem fileSystem;

  private int index = NONE;
  private int minFrame;

  ReadMark(WalCoordination coordination, FileSystem fileSystem) {
    this.coordination = coordination;
    this.fileSystem = fileSystem;
  }

  boolean isHeld() {
    return index != NONE;
  }

  /** Whether the whole snapshot is in the database file, and the log may restart under it. */
  boolean isDatabaseFile() {
    return index == 0;
  }

  /** First frame that is not in the database file for the holder. */
  int minFrame() {
    return minFrame;
  }

  /**
   * Tries once to claim a mark for the state.
   *
   * @return false if somebody got in between and the caller is to start again with the newest state
   */
  boolean tryClaim(WalIndexHeader header) {
    if (coordination.backfilled() == header.maxFrame() && coordination.tryShareMark(0)) {
      if (coordination.isCurrent(header)) {
        index = 0;
        minFrame = header.maxFrame() + 1;
        return true;
      }
      coordination.unshareMark(0);
      return false;
    }
    // Mark 0 is taken while a checkpoint writes. Everything is in the log as well, so go on there
    // rather than wait for it.
    return tryClaimFrameMark(header);
  }

  /** As {@link #tryClaim}, but one of marks 1 to 4, beside the one that is held if any. */
  private boolean tryClaimFrameMark(WalIndexHeader header) {
    int maxFrame = header.maxFrame();
    int best = highestMark(maxFrame);
    int frame = best == NONE ? 0 : coordination.mark(best);
    if (best == NONE || (frame != maxFrame && !coordination.mayLag(best))) {
      int raised = raiseMark(maxFrame);
      if (raised != NONE) {
        best = raised;
        frame = maxFrame;
      }
    }
    // A mark that could not be raised serves as well: it only holds the checkpoint back further.
    if (best == NONE
        || Integer.compareUnsigned(frame, maxFrame) > 0
        || !coordination.tryShareMark(best)) {
      return false;
    }
    fileSystem.reached("wal.read.marked");
    // The count is read before the state is compared: a checkpoint that knew newer frames than the
    // reader's may have left out an older version of a page.
    int first = coordination.backfilled() + 1;
    if (coordination.mark(best) != frame || !coordination.isCurrent(header)) {
      coordination.unshareMark(best);
      return false;
    }
    index = best;
    minFrame = first;
    return true;
  }

  private int highestMark(int maxFrame) {
    int best = NONE;
    int highest = 0;
    for (int i = 1; i < WalCoordination.MARKS; i++) {
      int frame = coordination.mark(i);
      if (Integer.compareUnsigned(frame, maxFrame) <= 0
          && Integer.compareUnsigned(frame, highest) >= 0) {
        best = i;
        highest = frame;
      }
    }
    return best;
  }

  private int raiseMark(int maxFrame) {
    for (int i = 1; i < WalCoordination.MARKS; i++) {
      if (coordination.tryLockMark(i)) {
        coordination.setMark(i, maxFrame);
        coordination.unlockMark(i);
        return i;
      }
    }
    return NONE;
  }

  /**
   * Goes from mark 0 to one of the others, because the holder is about to write frames and needs
   * them to stay. The holder has the writer lock, so the state does not change meanwhile.
   */
  boolean tryMoveToFrameMark(WalIndexHeader header) {
    if (!tryClaimFrameMark(header)) {
      return false;
    }
    coordination.unshareMark(0);
    return true;
  }

  void release() {
    if (index != NONE) {
      int held = index;
      index = NONE;
      coordination.unshareMark(held);
    }
  }
}
