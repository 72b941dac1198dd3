package dev.tursojdbc.storage.wal;

import dev.tursojdbc.storage.file.SharedMemoryFile;

/**
 * The locks of a log that several processes use: for each, a lock word for the connections of this
 * process and below it bytes of the {@code -shm} file for the processes.
 *
 * <pre>
 *   byte   name             held
 *    120   WRITE            exclusively by the writer, by recovery, by who restarts the log
 *    121   CHECKPOINT       exclusively by the checkpoint
 *    122   RECOVER          exclusively by recovery, together with 121
 *    123   READ 0           shared by readers of the database file, exclusively by who writes it
 *    124 - 127  READ 1 - 4  shared by readers, exclusively by who changes the mark; all of them
 *                           exclusively by who restarts the log
 *    128   ATTACHED         shared by all who use the memory; see {@link WalIndexAttaching}
 * </pre>
 *
 * <p>Nothing waits here. To the kernel the process is one owner, so the word is locked first and
 * unlocked last.
 */
final class WalIndexLocks {
  private static final long WRITE = 120;
  private static final long CHECKPOINT = 121;
  private static final long RECOVER = 122;
  private static final long FIRST_MARK = 123;
  private static final int FRAME_MARKS = WalCoordination.MARKS - 1;

  private final SharedMemoryFile file;
  private final TursoRwLock writer = new TursoRwLock();
  private final TursoRwLock checkpoint = new TursoRwLock();
  private final TursoRwLock recovery = new TursoRwLock();
  private final SharedMarkLock[] marks = new SharedMarkLock[WalCoordination.MARKS];

  WalIndexLocks(SharedMemoryFile file) {
    this.file = file;
    for (int i = 0; i < marks.length; i++) {
      marks[i] = new SharedMarkLock(file, FIRST_MARK + i);
    }
  }

  private boolean tryLock(TursoRwLock word, long position, long length) {
    if (!word.tryLockWrite()) {
      return false;
    }
    boolean locked = false;
    try {
      locked = file.tryLock(position, length, false);
    } finally {
      if (!locked) {
        word.unlockWrite();
      }
    }
    return locked;
  }

  private void unlock(TursoRwLock word, long position, long length) {
    try {
      file.unlock(position, length);
    } finally {
      word.unlockWrite();
    }
  }

  boolean tryLockWriter() {
    return tryLock(writer, WRITE, 1);
  }

  void unlockWriter() {
    unlock(writer, WRITE, 1);
  }

  boolean isWriterLocked() {
    return writer.isWriteLocked();
  }

  boolean tryLockCheckpoint() {
    return tryLock(checkpoint, CHECKPOINT, 1);
  }

  void unlockCheckpoint() {
    unlock(checkpoint, CHECKPOINT, 1);
  }

  boolean isCheckpointLocked() {
    return checkpoint.isWriteLocked();
  }

  /**
   * Locks checkpoints and other recoveries out.
   *
   * @param checkpointLocked whether the caller has the checkpoint lock already
   */
  synchronized boolean tryLockRecovery(boolean checkpointLocked) {
    if (checkpointLocked) {
      return tryLock(recovery, RECOVER, 1);
    }
    if (!checkpoint.tryLockWrite()) {
      return false;
    }
    boolean locked = false;
    try {
      locked = tryLock(recovery, CHECKPOINT, 2);
    } finally {
      if (!locked) {
        checkpoint.unlockWrite();
      }
    }
    return locked;
  }

  void unlockRecovery(boolean checkpointLocked) {
    if (checkpointLocked) {
      unlock(recovery, RECOVER, 1);
      return;
    }
    try {
      unlock(recovery, CHECKPOINT, 2);
    } finally {
      checkpoint.unlockWrite();
    }
  }

  /** Whether somebody is recovering the log just now. */
  synchronized boolean isRecovering() {
    if (recovery.isWriteLocked() || !file.tryLock(RECOVER, 1, true)) {
      return true;
    }
    file.unlock(RECOVER, 1);
    return false;
  }

  boolean tryShareMark(int index) {
    return marks[index].tryShare();
  }

  void unshareMark(int index) {
    marks[index].unshare();
  }

  boolean mayLag(int index) {
    return marks[index].mayLag();
  }

  /** From now on no mark is kept beyond its last reader. */
  void stopKeeping() {
    for (SharedMarkLock mark : marks) {
      mark.stopKeeping();
    }
  }

  boolean tryLockMark(int index) {
    return marks[index].tryLock();
  }

  void unlockMark(int index) {
    marks[index].unlock();
  }

  boolean isMarkLocked(int index) {
    return marks[index].isLocked();
  }

  int readers(int index) {
    return marks[index].readerCount();
  }

  /** Locks marks 1 to 4, the bytes as one range. */
  boolean tryLockFrameMarks() {
    int words = 0;
    boolean locked = false;
    try {
      while (words < FRAME_MARKS && marks[words + 1].tryLockWord()) {
        words++;
      }
      locked = words == FRAME_MARKS && file.tryLock(FIRST_MARK + 1, FRAME_MARKS, false);
    } finally {
      if (!locked) {
        unlockWords(words);
      }
    }
    return locked;
  }

  void unlockFrameMarks() {
    try {
      file.unlock(FIRST_MARK + 1, FRAME_MARKS);
    } finally {
      unlockWords(FRAME_MARKS);
    }
  }

  private void unlockWords(int count) {
    for (int i = count; i >= 1; i--) {
      marks[i].unlockWord();
    }
  }

  /** Gives back what is kept; nobody reads any more. */
  void close() {
    for (SharedMarkLock mark : marks) {
      if (mark.tryLockWord()) {
        mark.unlockWord();
      }
    }
  }
}
