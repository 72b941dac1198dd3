package dev.tursojdbc.storage.wal;

import dev.tursojdbc.storage.error.ErrorCode;
import dev.tursojdbc.storage.error.TursoException;
import dev.tursojdbc.storage.file.FileSystem;
import org.jspecify.annotations.Nullable;

/**
 * One connection's view of the log: the state that it froze, the mark that it holds, and, while it
 * writes, the end of the log.
 *
 * <p>A commit is four steps: append the frames, sync them, accept them into the index, publish.
 * Only the last one shows them to others. The first append of a transaction does what the new
 * frames need: if everything is backfilled and nobody reads frames, the log restarts; a writer that
 * holds mark 0 goes to a mark that keeps its frames; before frame 1 the header is written.
 */
final class WalFile implements Wal {
  /** Part of the limit for checkpoints that must have come together since the last one. */
  private static final int FRAMES_PER_CHECKPOINT = 8;

  private static final WalSnapshot NO_SNAPSHOT = new WalSnapshot(0, 0, 1, 0, -1);

  private final WalFileShared shared;
  private final WalCoordination coordination;
  private final FileSystem fileSystem;
  private final ReadMark mark;
  private final FrameAppender appender;

  private WalAutoActions actions = WalAutoActions.DEFAULT;

  /** The frozen state; kept after the read ends, to be compared with the next. */
  private @Nullable WalIndexHeader header;

  private WalSnapshot snapshot = NO_SNAPSHOT;

  /** Last frame that this connection sees, its own unpublished ones included. */
  private int maxFrame;

  private int minFrame;
  private boolean writing;
  private boolean appending;

  WalFile(WalFileShared shared) {
    this.shared = shared;
    this.coordination = shared.coordination();
    this.fileSystem = shared.fileSystem();
    this.mark = new ReadMark(coordination, fileSystem);
    this.appender = new FrameAppender(shared);
  }

  @Override
  public boolean beginRead() {
    if (mark.isHeld()) {
      throw new IllegalStateException("already reading");
    }
    WalIndexHeader newest = coordination.header();
    for (int attempt = 1; !mark.tryClaim(newest); attempt++) {
      Retry.pauseBefore(attempt);
      newest = coordination.header();
    }
    boolean changed = header == null || header.changeCount() != newest.changeCount();
    adopt(newest, mark.minFrame());
    fileSystem.reached("wal.read.begun");
    return changed;
  }

  @SuppressWarnings("ReferenceEquality") // The same object means that nothing was read anew.
  private void adopt(WalIndexHeader newest, int firstFrame) {
    if (newest == header && firstFrame == minFrame) {
      return;
    }
    header = newest;
    maxFrame = newest.maxFrame();
    minFrame = firstFrame;
    snapshot =
        new WalSnapshot(
            newest.generation(),
            newest.maxFrame(),
            firstFrame,
            newest.pageCount(),
            newest.changeCount());
  }

  @Override
  public void endRead() {
    if (writing) {
      throw new IllegalStateException("still writing");
    }
    mark.release();
  }

  @Override
  public boolean isReading() {
    return mark.isHeld();
  }

  @Override
  public WalSnapshot snapshot() {
    if (!mark.isHeld()) {
      throw new IllegalStateException("not reading");
    }
    return snapshot;
  }

  @Override
  public int findFrame(int pageNumber) {
    // Also what keeps a reader of the database file away from an index that may be restarted.
    return maxFrame < minFrame ? 0 : coordination.findFrame(pageNumber, minFrame, maxFrame);
  }

  @Override
  public int findFrame(int pageNumber, int newestFrame) {
    return newestFrame < minFrame
        ? 0
        : coordination.findFrame(pageNumber, minFrame, Math.min(newestFrame, maxFrame));
  }

  @Override
  public int pageNumber(int frame) {
    int pageNumber = coordination.pageNumber(frame);
    return coordination.isGeneration(frozen().generation()) ? pageNumber : 0;
  }

  @Override
  public void readFrame(int frame, byte[] target) {
    shared.readFrame(frame, target, frozen().pageSize());
  }

  private WalIndexHeader frozen() {
    WalIndexHeader frozen = header;
    if (frozen == null) {
      throw new IllegalStateException("not reading");
    }
    return frozen;
  }

  @Override
  public void beginWrite() {
    if (!mark.isHeld() || writing) {
      throw new IllegalStateException(writing ? "already writing" : "not reading");
    }
    shared.requireWritable();
    if (!coordination.tryLockWriter()) {
      throw new TursoException(ErrorCode.BUSY);
    }
    if (!coordination.isCurrent(frozen())) {
      coordination.unlockWriter();
      throw new TursoException(ErrorCode.BUSY_SNAPSHOT);
    }
    writing = true;
    appending = false;
    appender.reset(frozen());
    fileSystem.reached("wal.write.begun");
  }

  @Override
  public void endWrite() {
    if (!writing) {
      return;
    }
    // The index must be as published before anybody else may append to it.
    rollback();
    writing = false;
    coordination.unlockWriter();
  }

  @Override
  public boolean isWriting() {
    return writing;
  }

  @Override
  public int append(int[] pageNumbers, byte[][] images, int count) {
    requireWriting();
    prepareToAppend(true);
    try {
      appender.write(pageNumbers, images, count, 0);
      fileSystem.reached("wal.append.written");
    } catch (RuntimeException e) {
      appender.abandon();
      throw e;
    }
    int first = appender.lastFrame() + 1;
    appender.accept(pageNumbers, count);
    maxFrame = appender.lastFrame();
    return first;
  }

  @Override
  public void rewrite(int[] frames, byte[][] images, int count) {
    requireWriting();
    shared.requireWritable();
    if (count > 0 && frames[0] <= frozen().maxFrame()) {
      throw new IllegalArgumentException("frame " + frames[0] + " is committed");
    }
    appender.rewrite(frames, images, count);
    fileSystem.reached("wal.rewrite.written");
  }

  @Override
  public void commit(
      int[] pageNumbers, byte[][] images, int count, int pageCount, SyncMode syncMode) {
    requireWriting();
    if (count < 1 || pageCount < 1) {
      throw new IllegalArgumentException(count + " pages of " + pageCount);
    }
    prepareToAppend(syncMode != SyncMode.OFF);
    try {
      appender.repairChain();
      appender.write(pageNumbers, images, count, pageCount);
      fileSystem.reached("wal.commit.written");
      if (syncMode.compareTo(SyncMode.FULL) >= 0) {
        shared.syncLog();
      }
      fileSystem.reached("wal.commit.before-publish");
    } catch (TursoException e) {
      appender.invalidatePrepared(e);
      appender.abandon();
      throw e;
    } catch (RuntimeException e) {
      appender.abandon();
      throw e;
    }
    appender.accept(pageNumbers, count);
    publishCommit(pageCount);
    fileSystem.reached("wal.commit.published");
  }

  private void publishCommit(int pageCount) {
    WalIndexHeader next = appender.committed(pageCount, frozen().changeCount() + 1);
    coordination.publish(next);
    adopt(next, minFrame);
  }

  /** Does what has to be done once before a transaction's first frame, and before frame 1. */
  private void prepareToAppend(boolean sync) {
    shared.requireWritable();
    if (!appending) {
      if (!coordination.isCurrent(frozen())) {
        // Somebody committed although the lock is ours. Whatever we wrote would undo that.
        throw new TursoException(ErrorCode.PROTOCOL);
      }
      if (mark.isDatabaseFile()) {
        leaveDatabaseFile();
      }
      appending = true;
    }
    if (appender.lastFrame() == 0) {
      appender.writeHeader(sync, actions.journalSizeLimit());
    }
  }

  /**
   * A writer whose snapshot is all in the database file holds mark 0, which protects no frames and
   * keeps checkpoints out. It goes to another mark, after having restarted the log if nobody needs
   * the frames.
   */
  private void leaveDatabaseFile() {
    WalIndexHeader current = frozen();
    if (actions.restart() && coordination.backfilled() > 0 && coordination.tryLockFrameMarks()) {
      try {
        fileSystem.reached("wal.restart.locked");
        current = shared.restart(current);
      } finally {
        coordination.unlockFrameMarks();
      }
      appender.reset(current);
    }
    for (int attempt = 1; !mark.tryMoveToFrameMark(current); attempt++) {
      Retry.pauseBefore(attempt);
    }
    adopt(current, mark.minFrame());
  }

  private void requireWriting() {
    if (!writing) {
      throw new IllegalStateException("not writing");
    }
  }

  @Override
  public WalPosition position() {
    requireWriting();
    return appender.position();
  }

  @Override
  public void rollbackTo(WalPosition position) {
    requireWriting();
    WalIndexHeader committed = frozen();
    if (position.generation() != appender.generation()) {
      // Taken before the log restarted or got its salts; nothing of it is in this generation.
      if (committed.maxFrame() != 0) {
        throw new IllegalArgumentException("a position of an earlier transaction");
      }
      rollback();
      return;
    }
    if (position.frame() < committed.maxFrame() || position.frame() > appender.lastFrame()) {
      throw new IllegalArgumentException("no such position: " + position);
    }
    appender.truncate(
        position.frame(), WalChecksum.pack(position.checksum1(), position.checksum2()));
    maxFrame = position.frame();
  }

  @Override
  public void rollback() {
    requireWriting();
    WalIndexHeader committed = frozen();
    appender.truncate(committed.maxFrame(), committed.checksum());
    maxFrame = committed.maxFrame();
  }

  @Override
  public void setAutoActions(WalAutoActions actions) {
    this.actions = actions;
  }

  /**
   * A log that is over the limit, and stays there because readers keep it from restarting, is not
   * copied after every commit but after some: each time costs two syncs.
   */
  @Override
  public boolean isCheckpointDue() {
    int limit = actions.checkpointFrames();
    if (limit <= 0) {
      return false;
    }
    int frames = coordination.lastKnownFrame();
    return frames >= limit
        && frames - coordination.backfilled() >= Math.max(1, limit / FRAMES_PER_CHECKPOINT);
  }

  @Override
  public CheckpointResult checkpoint(CheckpointMode mode, BusyHandler busy, SyncMode syncMode) {
    if (mark.isHeld()) {
      throw new TursoException(ErrorCode.LOCKED);
    }
    if (mode == CheckpointMode.NOOP) {
      return new CheckpointResult(
          false, coordination.header().maxFrame(), coordination.backfilled());
    }
    return new WalCheckpoint(shared, mode, busy, syncMode).run();
  }

  @Override
  public void close() {
    endWrite();
    endRead();
  }
}
