package dev.tursojdbc.storage.wal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * A reader-writer try-lock that carries a 32-bit number, all in one 64-bit word.
 *
 * <pre>
 *   bit 0       held by the writer
 *   bits 1-31   number of readers
 *   bits 32-63  the number it carries, unsigned: a read-mark
 * </pre>
 *
 * <p>The writer bit and the reader count are never both set. The number changes only under the
 * exclusive lock, so it cannot move under a reader; because it sits in the same word, a reader that
 * got its lock sees the number that the last exclusive holder left.
 *
 * <p>Nothing here waits or queues, there is no owner and no re-entrance: whichever thread runs the
 * connection unlocks.
 */
final class TursoRwLock {
  private static final long WRITER = 1;
  private static final long ONE_READER = 2;
  private static final long READERS = 0xFFFF_FFFEL;
  private static final long LOCK_HALF = 0xFFFF_FFFFL;

  /**
   * A lost race against other readers is tried again so often, which is never in practice: a lock
   * that is free for reading must not look busy only because many readers come at once.
   */
  private static final int MAX_SPINS = 1_000_000;

  private static final VarHandle WORD;

  static {
    try {
      WORD = MethodHandles.lookup().findVarHandle(TursoRwLock.class, "word", long.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private volatile long word;

  /** Joins the readers; fails at once if the writer holds the lock. */
  boolean tryLockRead() {
    for (int spin = 0; spin < MAX_SPINS; spin++) {
      long seen = word;
      if ((seen & WRITER) != 0) {
        return false;
      }
      if ((seen & READERS) == READERS) {
        throw new IllegalStateException("too many readers");
      }
      if (WORD.compareAndSet(this, seen, seen + ONE_READER)) {
        return true;
      }
      Thread.onSpinWait();
    }
    return false;
  }

  /** Takes the lock alone; a race that is lost counts as the lock being taken. */
  boolean tryLockWrite() {
    long seen = word;
    return (seen & LOCK_HALF) == 0 && WORD.compareAndSet(this, seen, seen | WRITER);
  }

  /** Makes the caller, who must be a reader, the writer if no other reader is there. */
  boolean tryUpgrade() {
    long seen = word;
    assert (seen & READERS) != 0;
    return (seen & LOCK_HALF) == ONE_READER
        && WORD.compareAndSet(this, seen, (seen & ~LOCK_HALF) | WRITER);
  }

  /** Makes the caller, who must be the writer, the only reader. */
  void downgrade() {
    long seen = word;
    requireWriter(seen);
    // Everybody else backs off while the writer bit is set, so a plain store loses nothing.
    word = (seen & ~LOCK_HALF) | ONE_READER;
  }

  void unlockRead() {
    long before = (long) WORD.getAndAdd(this, -ONE_READER);
    if ((before & READERS) == 0) {
      WORD.getAndAdd(this, ONE_READER);
      throw new IllegalStateException("no reader holds the lock");
    }
  }

  void unlockWrite() {
    long before = (long) WORD.getAndBitwiseAnd(this, ~WRITER);
    requireWriter(before);
  }

  /** The number it carries, whoever holds the lock; compare unsigned. */
  int value() {
    return (int) (word >>> 32);
  }

  /** Changes the number; the caller must be the writer. */
  void setValue(int value) {
    long seen = word;
    requireWriter(seen);
    word = ((long) value << 32) | (seen & LOCK_HALF);
  }

  int readerCount() {
    return (int) ((word & READERS) >>> 1);
  }

  boolean isWriteLocked() {
    return (word & WRITER) != 0;
  }

  private static void requireWriter(long seen) {
    if ((seen & WRITER) == 0) {
      throw new IllegalStateException("the lock is not held exclusively");
    }
  }
}
