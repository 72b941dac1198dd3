package dev.tursojdbc.storage.wal;

import dev.tursojdbc.storage.error.CorruptDatabaseException;
import dev.tursojdbc.storage.error.ErrorCode;
import dev.tursojdbc.storage.error.TursoException;
import dev.tursojdbc.storage.file.SharedMemoryFile;
import java.util.Arrays;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Arbitrates between processes, SQLite's among them, by the wal-index in a {@code -shm} file and by
 * locks on its bytes; and between the connections of this process by lock words above those.
 *
 * <p>What this process knows last is one immutable object behind a volatile field: the words of the
 * shared header, the state that they describe, and an index of its frames. Whoever needs the newest
 * state compares the words with the memory; that is all, as long as nobody committed. If somebody
 * did, the page numbers of the new frames are copied into the index, or, if the log was restarted,
 * of all frames into a new one; then the header is compared again, which tells whether what was
 * copied belongs to it. So lookups go to the memory of this process only, and a memory that
 * somebody fills with nonsense costs at most a wrong answer, never an endless search.
 *
 * <p>States are counted. A commit of this process has the number behind the one that it was built
 * on; one of another process skips a number, since there may have been several.
 *
 * <p>A header whose copies differ is in the middle of being written, or its writer died; the writer
 * lock tells which. Then the index is made anew from the log, by whoever gets the lock.
 */
final class ShmWalCoordination implements WalCoordination {
  /** Looks at a header that is not valid before it is taken for a dead writer's. */
  private static final int LOOKS = 20;

  private final SharedMemoryFile file;
  private final WalIndexMemory memory;
  private final SharedFrames frames;
  private final WalIndexLocks locks;

  /** Reads the log from its beginning. */
  private final Supplier<WalRecovery> recovery;

  private volatile Known known;

  /** What this process knows of the shared state. */
  private static final class Known {
    final long[] words;
    final WalIndexHeader header;
    final WalFrameIndex index;

    Known(long[] words, WalIndexHeader header, WalFrameIndex index) {
      this.words = words;
      this.header = header;
      this.index = index;
    }
  }

  /**
   * @param file to which this process is attached
   * @param pageSize what holds as long as nobody says otherwise
   */
  ShmWalCoordination(SharedMemoryFile file, int pageSize, Supplier<WalRecovery> recovery) {
    this.file = file;
    this.memory = new WalIndexMemory(file);
    this.frames = new SharedFrames(memory);
    this.locks = new WalIndexLocks(file);
    this.recovery = recovery;
    // No memory holds these words: a header of zeros is not valid.
    this.known =
        new Known(
            new long[SharedHeader.WORDS], WalIndexHeader.empty(pageSize), new WalFrameIndex());
  }

  @Override
  public WalIndexHeader header() {
    Known last = known;
    return memory.isHeader(last.words) && isValid(last) ? last.header : refresh(false, false);
  }

  @Override
  public int lastKnownFrame() {
    return known.header.maxFrame();
  }

  @Override
  public WalIndexHeader header(boolean checkpointLocked, boolean writerLocked) {
    return refresh(checkpointLocked, writerLocked);
  }

  private static boolean isValid(Known state) {
    return state.words[0] != 0;
  }

  private WalIndexHeader refresh(boolean checkpointLocked, boolean writerLocked) {
    for (int attempt = 1; ; attempt++) {
      Known newest = learnSoon();
      if (newest == null) {
        newest = learnOrRecover(checkpointLocked, writerLocked);
      }
      if (newest != null) {
        return newest.header;
      }
      Retry.pauseBefore(attempt);
    }
  }

  /**
   * Looks several times what the memory says: a header is written in less than a microsecond, and
   * the writer lock, which tells a writer from a dead one, is in the next writer's way.
   */
  private @Nullable Known learnSoon() {
    Known newest = learn();
    int looks = memory.hasRegion(0) ? LOOKS : 1;
    for (int look = 1; newest == null && look < looks; look++) {
      Thread.onSpinWait();
      newest = learn();
    }
    return newest;
  }

  /**
   * @return null if it cannot be done just now
   */
  private @Nullable Known learnOrRecover(boolean checkpointLocked, boolean writerLocked) {
    if (writerLocked) {
      return recover(checkpointLocked);
    }
    if (!tryLockWriter()) {
      if (locks.isRecovering()) {
        throw new TursoException(ErrorCode.BUSY_RECOVERY);
      }
      return null;
    }
    try {
      Known newest = learn();
      return newest != null ? newest : recover(checkpointLocked);
    } finally {
      unlockWriter();
    }
  }

  /**
   * Looks what the memory says.
   *
   * @return null if it says nothing valid, or something else every time
   */
  private synchronized @Nullable Known learn() {
    long[] words = new long[SharedHeader.WORDS];
    if (!memory.readHeader(words)) {
      return null;
    }
    Known last = known;
    if (isValid(last) && Arrays.equals(words, last.words)) {
      return last;
    }
    WalIndexHeader before = last.header;
    WalIndexHeader header = SharedHeader.decode(words, before.pageSize(), before.changeCount() + 2);
    if (header == null) {
      return null;
    }
    boolean continues = isValid(last) && header.generation() == before.generation();
    int from = continues ? before.maxFrame() : 0;
    int[] pages = frames.pageNumbers(from + 1, header.maxFrame());
    if (!memory.isHeader(words) || pages.length < header.maxFrame() - from) {
      return null;
    }
    requireContinuation(continues, before, header);
    WalFrameIndex index = continues ? last.index : new WalFrameIndex();
    index.truncate(from);
    for (int i = 0; i < pages.length; i++) {
      index.append(from + 1 + i, pages[i]);
    }
    if (isValid(last)) {
      locks.stopKeeping();
    }
    Known learned = new Known(words, header, index);
    known = learned;
    return learned;
  }

  private void requireContinuation(
      boolean continues, WalIndexHeader before, WalIndexHeader header) {
    if (continues && header.maxFrame() < before.maxFrame()) {
      throw new TursoException(
          ErrorCode.PROTOCOL,
          ErrorCode.PROTOCOL.message() + " (" + file.path() + ": committed frames are gone)");
    }
    if (isValid(known) && header.pageSize() != before.pageSize()) {
      throw CorruptDatabaseException.atPage(
          1, "the page size of the log changed to " + header.pageSize());
    }
  }

  /**
   * Makes the memory say what the log says. The caller holds the writer lock.
   *
   * @return null if a checkpoint or another recovery is at work
   */
  private @Nullable Known recover(boolean checkpointLocked) {
    if (!locks.tryLockRecovery(checkpointLocked)) {
      return null;
    }
    try {
      // Somebody else may have done it before we got the locks.
      Known present = learn();
      return present != null ? present : rebuild();
    } finally {
      locks.unlockRecovery(checkpointLocked);
    }
  }

  /** The caller holds the locks of writer, checkpoint and recovery. */
  private synchronized Known rebuild() {
    WalRecovery found = recovery.get();
    WalIndexHeader header = found.state().withChangeCount(known.header.changeCount() + 2);
    memory.makeRegion(0);
    frames.rebuild(found.index(), header.maxFrame());
    long[] words = SharedHeader.encode(header, 0);
    memory.writeHeader(words);
    memory.setBackfilled(0);
    memory.setBackfillAttempted(header.maxFrame());
    memory.setMark(0, 0);
    if (locks.tryLockFrameMarks()) {
      for (int i = 1; i < MARKS; i++) {
        initMark(i, header);
      }
      locks.unlockFrameMarks();
    } else {
      initFreeMarks(header);
    }
    Known rebuilt = new Known(words, header, found.index());
    known = rebuilt;
    return rebuilt;
  }

  private void initMark(int index, WalIndexHeader header) {
    memory.setMark(index, index == 1 && header.maxFrame() != 0 ? header.maxFrame() : UNUSED);
  }

  /** One that a reader holds keeps its number. */
  private void initFreeMarks(WalIndexHeader header) {
    for (int i = 1; i < MARKS; i++) {
      if (locks.tryLockMark(i)) {
        initMark(i, header);
        locks.unlockMark(i);
      }
    }
  }

  /**
   * Makes the memory anew from the log if it still says what was found not to fit the log: it is
   * left over from before the machine went down.
   *
   * @return whether it could be done now
   */
  boolean distrust(WalIndexHeader header) {
    if (!tryLockWriter()) {
      return false;
    }
    try {
      if (!isCurrent(header)) {
        return true;
      }
      if (!locks.tryLockRecovery(false)) {
        return false;
      }
      try {
        rebuild();
        return true;
      } finally {
        locks.unlockRecovery(false);
      }
    } finally {
      unlockWriter();
    }
  }

  @Override
  @SuppressWarnings("ReferenceEquality")
  public boolean isCurrent(WalIndexHeader header) {
    Known last = known;
    return last.header == header && isValid(last) && memory.isFirstCopy(last.words);
  }

  @Override
  public boolean isGeneration(long generation) {
    return known.header.generation() == generation;
  }

  @Override
  public void publish(WalIndexHeader header) {
    assert locks.isWriterLocked();
    replace(header, known.index, 1);
  }

  /** Under the monitor, so that nobody of this process takes the new header for a foreign one. */
  private synchronized void replace(WalIndexHeader header, WalFrameIndex index, int changes) {
    Known last = known;
    int changeCounter = SharedHeader.changeCounter(last.words) + changes;
    long[] words = SharedHeader.encode(header, changeCounter);
    memory.writeHeader(words);
    known = new Known(words, header, index);
  }

  @Override
  public void restart(WalIndexHeader header) {
    assert locks.isWriterLocked();
    replace(header, new WalFrameIndex(), 0);
    memory.setBackfilled(0);
    memory.setBackfillAttempted(0);
    for (int i = 1; i < MARKS; i++) {
      memory.setMark(i, i == 1 ? 0 : UNUSED);
    }
  }

  @Override
  public int backfilled() {
    return memory.backfilled();
  }

  @Override
  public void setBackfilled(int frame) {
    assert locks.isCheckpointLocked() && locks.isMarkLocked(0);
    memory.setBackfilled(frame);
  }

  @Override
  public void setBackfillAttempted(int frame) {
    memory.setBackfillAttempted(frame);
  }

  @Override
  public int findFrame(int pageNumber, int minFrame, int maxFrame) {
    return known.index.find(pageNumber, minFrame, maxFrame);
  }

  @Override
  public int pageNumber(int frame) {
    return known.index.pageNumber(frame);
  }

  @Override
  public void reserveFrames(int lastFrame) {
    assert locks.isWriterLocked();
    frames.reserve(lastFrame);
  }

  @Override
  public void appendFrame(int frame, int pageNumber) {
    assert locks.isWriterLocked();
    frames.append(frame, pageNumber);
    known.index.append(frame, pageNumber);
  }

  @Override
  public void truncateFrames(int lastFrame) {
    assert locks.isWriterLocked();
    WalFrameIndex index = known.index;
    if (index.frameCount() > lastFrame) {
      index.truncate(lastFrame);
      frames.truncate(lastFrame);
    }
  }

  @Override
  public boolean tryLockWriter() {
    return locks.tryLockWriter();
  }

  @Override
  public void unlockWriter() {
    locks.unlockWriter();
  }

  @Override
  public boolean tryLockCheckpoint() {
    return locks.tryLockCheckpoint();
  }

  @Override
  public void unlockCheckpoint() {
    locks.unlockCheckpoint();
  }

  @Override
  public boolean tryShareMark(int index) {
    return locks.tryShareMark(index);
  }

  @Override
  public void unshareMark(int index) {
    locks.unshareMark(index);
  }

  @Override
  public boolean tryLockMark(int index) {
    return locks.tryLockMark(index);
  }

  @Override
  public void unlockMark(int index) {
    locks.unlockMark(index);
  }

  @Override
  public boolean tryLockFrameMarks() {
    return locks.tryLockFrameMarks();
  }

  @Override
  public void unlockFrameMarks() {
    locks.unlockFrameMarks();
  }

  @Override
  public int mark(int index) {
    return memory.mark(index);
  }

  @Override
  public boolean mayLag(int index) {
    return locks.mayLag(index);
  }

  @Override
  public void setMark(int index, int frame) {
    memory.setMark(index, frame);
  }

  @Override
  public int readers(int index) {
    return locks.readers(index);
  }

  @Override
  public boolean isWriterLocked() {
    return locks.isWriterLocked();
  }

  @Override
  public void close() {
    try {
      locks.close();
    } finally {
      file.close();
    }
  }
}
