package dev.tursojdbc.storage.wal;

import dev.tursojdbc.storage.file.SharedMemoryFile;

/**
 * The lock of one read-mark, against connections of this process and against other processes.
 *
 * <p>Below the lock word of the process lies one byte of the {@code -shm} file. The process locks
 * it when its first reader comes, and may keep it when the last one goes: the next reader then
 * makes no system call. What is kept is given back after a while without readers, by {@link
 * LockKeeper}, because another process may want the lock for itself; and at once if this process
 * wants it.
 *
 * <p>Nothing is kept any more once another process has been seen to write. Its checkpoints, which
 * follow its commits, would never come to the end of the log beside somebody who always keeps a
 * mark, and the log would never restart.
 *
 * <p>Whether it is kept changes only under the word's exclusive lock, or from no to yes by a reader
 * under the monitor. So a reader that has the word and sees it kept has the byte, too.
 */
final class SharedMarkLock {
  /** So many changes of a mark between two looks of the keeper are a storm of commits. */
  private static final int STORM = 16;

  private final TursoRwLock word = new TursoRwLock();
  private final SharedMemoryFile file;
  private final long position;

  /** Whether the process holds the byte shared. */
  private volatile boolean kept;

  private volatile boolean keeping = true;

  /** How often the exclusive lock was taken since the keeper looked last. Only a hint. */
  private int changes;

  /** Whether somebody used the lock since the keeper looked last. Only a hint. */
  private boolean used;

  SharedMarkLock(SharedMemoryFile file, long position) {
    this.file = file;
    this.position = position;
  }

  boolean tryShare() {
    return (word.tryLockRead() || tryLockReadAgain()) && (kept || shareByte());
  }

  /** Who gives the byte back holds the word for an instant, under the monitor. */
  private synchronized boolean tryLockReadAgain() {
    return word.tryLockRead();
  }

  private synchronized boolean tryLockWriteAgain() {
    return word.tryLockWrite();
  }

  private boolean shareByte() {
    boolean shared = false;
    try {
      shared = keepByte();
    } finally {
      if (!shared) {
        word.unlockRead();
      }
    }
    return shared;
  }

  private synchronized boolean keepByte() {
    if (!kept && file.tryLock(position, 1, true)) {
      kept = true;
      LockKeeper.watch(this);
    }
    return kept;
  }

  void unshare() {
    if (!used) {
      used = true;
    }
    word.unlockRead();
    if (!keeping && kept) {
      releaseIfFree();
    }
  }

  /** From now on the byte is given back with its last reader. */
  void stopKeeping() {
    keeping = false;
  }

  /** Under the monitor; to others the word must not seem to be taken by somebody who uses it. */
  private synchronized void releaseIfFree() {
    if (word.tryLockWrite()) {
      try {
        release();
      } finally {
        word.unlockWrite();
      }
    }
  }

  boolean tryLock() {
    if (!tryLockWord()) {
      return false;
    }
    changes++;
    boolean locked = false;
    try {
      locked = file.tryLock(position, 1, false);
    } finally {
      if (!locked) {
        word.unlockWrite();
      }
    }
    return locked;
  }

  void unlock() {
    try {
      file.unlock(position, 1);
    } finally {
      word.unlockWrite();
    }
  }

  /** Keeps this process's readers out and gives the byte back, for who locks it by himself. */
  boolean tryLockWord() {
    if (!word.tryLockWrite() && !tryLockWriteAgain()) {
      return false;
    }
    boolean free = false;
    try {
      release();
      free = true;
    } finally {
      if (!free) {
        word.unlockWrite();
      }
    }
    return true;
  }

  void unlockWord() {
    word.unlockWrite();
  }

  private void release() {
    if (kept) {
      kept = false;
      file.unlock(position, 1);
    }
  }

  /**
   * Whether the mark's number may stay behind until the keeper looks again, because it is kept and
   * was changed many times just now. To change it takes four system calls, which a reader of each
   * of thousands of commits in a second would make for nothing but that a checkpoint of another
   * process could go some frames further.
   */
  boolean mayLag() {
    return kept && keeping && changes >= STORM && word.readerCount() == 0;
  }

  /**
   * Gives the byte back if nobody has used it since the last call.
   *
   * @return whether it is still kept
   */
  boolean releaseIfIdle() {
    changes = 0;
    if (kept && word.readerCount() == 0) {
      if (used) {
        used = false;
      } else {
        releaseIfFree();
      }
    }
    return kept;
  }

  int readerCount() {
    return word.readerCount();
  }

  boolean isLocked() {
    return word.isWriteLocked();
  }
}
