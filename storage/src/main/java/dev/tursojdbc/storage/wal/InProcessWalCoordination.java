package dev.tursojdbc.storage.wal;

/**
 * Arbitrates between the connections of one process; nobody else may have the database open.
 *
 * <p>The state is one immutable object behind a volatile field. Its write publishes everything that
 * was stored before it, the index entries above all.
 */
final class InProcessWalCoordination implements WalCoordination {
  private final TursoRwLock writer = new TursoRwLock();
  private final TursoRwLock checkpoint = new TursoRwLock();
  private final TursoRwLock[] marks = new TursoRwLock[MARKS];

  private volatile WalIndexHeader header;
  private volatile WalFrameIndex index;
  private volatile int backfilled;

  /**
   * @param header what recovery found
   * @param index the committed frames that recovery found
   */
  InProcessWalCoordination(WalIndexHeader header, WalFrameIndex index) {
    this.header = header;
    this.index = index;
    for (int i = 0; i < MARKS; i++) {
      marks[i] = new TursoRwLock();
    }
    withMark(1, header.maxFrame());
    for (int i = 2; i < MARKS; i++) {
      withMark(i, UNUSED);
    }
  }

  private void withMark(int i, int value) {
    if (!marks[i].tryLockWrite()) {
      throw new IllegalStateException("a new lock is held");
    }
    marks[i].setValue(value);
    marks[i].unlockWrite();
  }

  @Override
  public WalIndexHeader header() {
    return header;
  }

  @Override
  public int lastKnownFrame() {
    return header.maxFrame();
  }

  @Override
  @SuppressWarnings("ReferenceEquality")
  public boolean isCurrent(WalIndexHeader other) {
    // Every publication makes a new object, so a state that comes again is still another one.
    return header == other;
  }

  @Override
  public boolean isGeneration(long generation) {
    return header.generation() == generation;
  }

  @Override
  public void publish(WalIndexHeader next) {
    assert writer.isWriteLocked();
    header = next;
  }

  @Override
  public void restart(WalIndexHeader next) {
    assert writer.isWriteLocked();
    for (int i = 1; i < MARKS; i++) {
      marks[i].setValue(i == 1 ? 0 : UNUSED);
    }
    // A new index rather than an emptied one: whoever still has the old one sees the old frames.
    index = new WalFrameIndex();
    backfilled = 0;
    // Last: who sees the new state sees all of the above.
    header = next;
  }

  @Override
  public int backfilled() {
    return backfilled;
  }

  @Override
  public void setBackfilled(int frame) {
    assert checkpoint.isWriteLocked() && marks[0].isWriteLocked();
    assert frame >= backfilled && frame <= header.maxFrame();
    backfilled = frame;
  }

  @Override
  public void setBackfillAttempted(int frame) {
    // Only another process would look at it.
  }

  @Override
  public int findFrame(int pageNumber, int minFrame, int maxFrame) {
    return index.find(pageNumber, minFrame, maxFrame);
  }

  @Override
  public int pageNumber(int frame) {
    return index.pageNumber(frame);
  }

  @Override
  public void appendFrame(int frame, int pageNumber) {
    assert writer.isWriteLocked();
    index.append(frame, pageNumber);
  }

  @Override
  public void truncateFrames(int lastFrame) {
    assert writer.isWriteLocked();
    assert lastFrame >= header.maxFrame();
    index.truncate(lastFrame);
  }

  @Override
  public boolean tryLockWriter() {
    return writer.tryLockWrite();
  }

  @Override
  public void unlockWriter() {
    writer.unlockWrite();
  }

  @Override
  public boolean tryLockCheckpoint() {
    return checkpoint.tryLockWrite();
  }

  @Override
  public void unlockCheckpoint() {
    checkpoint.unlockWrite();
  }

  @Override
  public boolean tryShareMark(int i) {
    return marks[i].tryLockRead();
  }

  @Override
  public void unshareMark(int i) {
    marks[i].unlockRead();
  }

  @Override
  public boolean tryLockMark(int i) {
    return marks[i].tryLockWrite();
  }

  @Override
  public void unlockMark(int i) {
    marks[i].unlockWrite();
  }

  @Override
  public boolean tryLockFrameMarks() {
    for (int i = 1; i < MARKS; i++) {
      if (!marks[i].tryLockWrite()) {
        for (int taken = i - 1; taken >= 1; taken--) {
          marks[taken].unlockWrite();
        }
        return false;
      }
    }
    return true;
  }

  @Override
  public void unlockFrameMarks() {
    for (int i = MARKS - 1; i >= 1; i--) {
      marks[i].unlockWrite();
    }
  }

  @Override
  public int mark(int i) {
    return marks[i].value();
  }

  @Override
  public void setMark(int i, int frame) {
    marks[i].setValue(frame);
  }

  @Override
  public int readers(int i) {
    return marks[i].readerCount();
  }

  @Override
  public boolean isWriterLocked() {
    return writer.isWriteLocked();
  }
}
