package dev.tursojdbc.storage.wal;

import org.jspecify.annotations.Nullable;

/**
 * A coordination as one of several processes sees it. All views of one coordination share its
 * locks, marks and index; each counts changes for itself, as processes do that share only SQLite's
 * header. So what one view's process does happens behind the other's back.
 */
final class ProcessView implements WalCoordination {
  private final WalCoordination common;

  private WalIndexHeader seen;
  private WalIndexHeader translated;

  /** Runs at the next look at the backfill count. */
  @Nullable Runnable beforeBackfilled;

  ProcessView(WalCoordination common) {
    this.common = common;
    this.seen = common.header();
    this.translated = seen;
  }

  @Override
  public WalIndexHeader header() {
    WalIndexHeader now = common.header();
    if (!now.equals(seen)) {
      seen = now;
      translated = withChangeCount(now, translated.changeCount() + 2);
    }
    return translated;
  }

  private static WalIndexHeader withChangeCount(WalIndexHeader header, long changeCount) {
    return new WalIndexHeader(
        header.generation(),
        header.maxFrame(),
        header.pageCount(),
        header.checksum(),
        header.pageSize(),
        header.bigEndianChecksum(),
        changeCount);
  }

  @Override
  public boolean isCurrent(WalIndexHeader header) {
    return header().equals(header);
  }

  @Override
  public int lastKnownFrame() {
    return common.lastKnownFrame();
  }

  @Override
  public boolean isGeneration(long generation) {
    return common.isGeneration(generation);
  }

  @Override
  public void publish(WalIndexHeader header) {
    common.publish(withChangeCount(header, 0));
    seen = common.header();
    translated = header;
  }

  @Override
  public void restart(WalIndexHeader header) {
    common.restart(withChangeCount(header, 0));
    seen = common.header();
    translated = header;
  }

  @Override
  public int backfilled() {
    Runnable action = beforeBackfilled;
    if (action != null) {
      beforeBackfilled = null;
      action.run();
    }
    return common.backfilled();
  }

  @Override
  public void setBackfilled(int frame) {
    common.setBackfilled(frame);
  }

  @Override
  public void setBackfillAttempted(int frame) {
    common.setBackfillAttempted(frame);
  }

  @Override
  public int findFrame(int pageNumber, int minFrame, int maxFrame) {
    return common.findFrame(pageNumber, minFrame, maxFrame);
  }

  @Override
  public int pageNumber(int frame) {
    return common.pageNumber(frame);
  }

  @Override
  public void appendFrame(int frame, int pageNumber) {
    common.appendFrame(frame, pageNumber);
  }

  @Override
  public void truncateFrames(int lastFrame) {
    common.truncateFrames(lastFrame);
  }

  @Override
  public boolean tryLockWriter() {
    return common.tryLockWriter();
  }

  @Override
  public void unlockWriter() {
    common.unlockWriter();
  }

  @Override
  public boolean tryLockCheckpoint() {
    return common.tryLockCheckpoint();
  }

  @Override
  public void unlockCheckpoint() {
    common.unlockCheckpoint();
  }

  @Override
  public boolean tryShareMark(int index) {
    return common.tryShareMark(index);
  }

  @Override
  public void unshareMark(int index) {
    common.unshareMark(index);
  }

  @Override
  public boolean tryLockMark(int index) {
    return common.tryLockMark(index);
  }

  @Override
  public void unlockMark(int index) {
    common.unlockMark(index);
  }

  @Override
  public boolean tryLockFrameMarks() {
    return common.tryLockFrameMarks();
  }

  @Override
  public void unlockFrameMarks() {
    common.unlockFrameMarks();
  }

  @Override
  public int mark(int index) {
    return common.mark(index);
  }

  @Override
  public void setMark(int index, int frame) {
    common.setMark(index, frame);
  }

  @Override
  public int readers(int index) {
    return common.readers(index);
  }

  @Override
  public boolean isWriterLocked() {
    return common.isWriterLocked();
  }
}
