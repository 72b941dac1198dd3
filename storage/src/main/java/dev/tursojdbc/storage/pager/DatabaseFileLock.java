package dev.tursojdbc.storage.pager;

import dev.tursojdbc.storage.file.StorageFile;
import dev.tursojdbc.storage.page.LockBytePage;

/**
 * SQLite's lock on a database file, as one of its users holds it.
 *
 * <pre>
 *   bytes from 0x40000000   name      held
 *     0                     PENDING   shared for an instant while SHARED is taken; exclusively with EXCLUSIVE
 *     1                     RESERVED  exclusively by whoever writes by a rollback journal
 *     2 to 511              SHARED    shared by all who are connected; exclusively with EXCLUSIVE
 * </pre>
 *
 * <p>Who wants EXCLUSIVE takes PENDING first, so nobody new gets in. A lock cannot turn from shared
 * to exclusive in place, but under PENDING the gap between giving up the one and taking the other
 * does no harm: those who are in already can only leave. Nothing here waits.
 */
final class DatabaseFileLock implements AutoCloseable {
  private static final long PENDING = LockBytePage.PENDING_BYTE;
  private static final long RESERVED = PENDING + 1;
  private static final long SHARED = PENDING + 2;
  private static final long SHARED_LENGTH = 510;

  enum Level {
    NONE,
    SHARED,
    EXCLUSIVE
  }

  private final StorageFile file;
  private Level level = Level.NONE;

  /**
   * @param file a {@linkplain dev.tursojdbc.storage.file.FileSystem#openShared shared} file
   */
  DatabaseFileLock(StorageFile file) {
    this.file = file;
  }

  Level level() {
    return level;
  }

  /** From NONE to SHARED. @return false if somebody has EXCLUSIVE or is about to */
  boolean tryShared() {
    require(Level.NONE);
    if (!file.tryLock(PENDING, 1, true)) {
      return false;
    }
    try {
      if (!file.tryLock(SHARED, SHARED_LENGTH, true)) {
        return false;
      }
      level = Level.SHARED;
      return true;
    } finally {
      file.unlock(PENDING, 1);
    }
  }

  /** From NONE or SHARED to EXCLUSIVE. @return false, and nothing changed, if anybody else is in */
  boolean tryExclusive() {
    if (level == Level.EXCLUSIVE) {
      throw new IllegalStateException("already exclusive");
    }
    if (!file.tryLock(PENDING, 1, false)) {
      return false;
    }
    boolean wasShared = level == Level.SHARED;
    boolean taken = false;
    try {
      if (wasShared) {
        file.unlock(SHARED, SHARED_LENGTH);
        level = Level.NONE;
      }
      taken = file.tryLock(SHARED, SHARED_LENGTH, false);
      if (taken) {
        level = Level.EXCLUSIVE;
      } else if (wasShared) {
        reenter();
      }
      return taken;
    } finally {
      if (!taken) {
        file.unlock(PENDING, 1);
      }
    }
  }

  /** From EXCLUSIVE to SHARED. */
  void downgrade() {
    require(Level.EXCLUSIVE);
    file.unlock(SHARED, SHARED_LENGTH);
    level = Level.NONE;
    try {
      reenter();
    } finally {
      file.unlock(PENDING, 1);
    }
  }

  /** Takes SHARED under our own PENDING, where nobody can have it exclusively. */
  private void reenter() {
    if (!file.tryLock(SHARED, SHARED_LENGTH, true)) {
      throw new IllegalStateException("somebody ignores the PENDING lock on " + file.path());
    }
    level = Level.SHARED;
  }

  /** Whether somebody writes by a rollback journal. */
  boolean isReserved() {
    return !runReserved(() -> {}, true);
  }

  /**
   * Runs something while nobody can begin to write by a rollback journal. @return whether it ran
   */
  boolean runReserved(Runnable action) {
    return runReserved(action, false);
  }

  private boolean runReserved(Runnable action, boolean shared) {
    if (!file.tryLock(RESERVED, 1, shared)) {
      return false;
    }
    try {
      action.run();
    } finally {
      file.unlock(RESERVED, 1);
    }
    return true;
  }

  private void require(Level expected) {
    if (level != expected) {
      throw new IllegalStateException("lock is " + level + ", not " + expected);
    }
  }

  /** To NONE, from whatever level. */
  @Override
  public void close() {
    if (level != Level.NONE) {
      boolean wasExclusive = level == Level.EXCLUSIVE;
      level = Level.NONE;
      file.unlock(SHARED, SHARED_LENGTH);
      if (wasExclusive) {
        file.unlock(PENDING, 1);
      }
    }
  }
}
