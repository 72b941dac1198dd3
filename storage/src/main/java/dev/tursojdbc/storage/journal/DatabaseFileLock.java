package dev.tursojdbc.storage.journal;

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
 *
 *   NONE -- tryShared --> SHARED -- tryReserved --> RESERVED -- tryExclusive --> EXCLUSIVE
 *                                                      |                            ^
 *                                                      +-- somebody reads --> PENDING
 * </pre>
 *
 * <p>Who wants EXCLUSIVE takes PENDING first, so nobody new gets in. A writer that has to wait for
 * readers keeps PENDING meanwhile; else readers could follow upon each other for ever. A lock
 * cannot turn from shared to exclusive in place, but under PENDING the gap between giving up the
 * one and taking the other does no harm: those who are in already can only leave. Nothing here
 * waits.
 */
public final class DatabaseFileLock implements AutoCloseable {
  private static final long PENDING = LockBytePage.PENDING_BYTE;
  private static final long RESERVED = PENDING + 1;
  private static final long SHARED = PENDING + 2;
  private static final long SHARED_LENGTH = 510;

  /** How much is held. */
  public enum Level {
    NONE,
    SHARED,
    RESERVED,
    PENDING,
    EXCLUSIVE
  }

  private final StorageFile file;
  private Level level = Level.NONE;

  /** Whether the RESERVED byte is locked; EXCLUSIVE can be had without it. */
  private boolean reserved;

  /**
   * @param file a {@linkplain dev.tursojdbc.storage.file.FileSystem#openShared shared} file
   */
  public DatabaseFileLock(StorageFile file) {
    this.file = file;
  }

  public Level level() {
    return level;
  }

  /** From NONE to SHARED. @return false if somebody has EXCLUSIVE or is about to */
  public boolean tryShared() {
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

  /** From SHARED to RESERVED. @return false if somebody else writes */
  public boolean tryReserved() {
    require(Level.SHARED);
    if (!file.tryLock(RESERVED, 1, false)) {
      return false;
    }
    reserved = true;
    level = Level.RESERVED;
    return true;
  }

  /**
   * From any lower level to EXCLUSIVE.
   *
   * @return false if anybody else is in; RESERVED has become PENDING then, and from lower levels
   *     nothing has changed, except that SHARED may be lost to somebody who takes EXCLUSIVE without
   *     PENDING, as newer versions of SQLite do to roll a hot journal back
   */
  public boolean tryExclusive() {
    if (level == Level.EXCLUSIVE) {
      throw new IllegalStateException("already exclusive");
    }
    if (level != Level.PENDING && !file.tryLock(PENDING, 1, false)) {
      return false;
    }
    boolean wasShared = level != Level.NONE;
    boolean taken = false;
    try {
      if (wasShared) {
        file.unlock(SHARED, SHARED_LENGTH);
        level = Level.NONE;
      }
      taken = file.tryLock(SHARED, SHARED_LENGTH, false);
      if (taken) {
        level = Level.EXCLUSIVE;
      } else if (wasShared && file.tryLock(SHARED, SHARED_LENGTH, true)) {
        level = reserved ? Level.PENDING : Level.SHARED;
      }
      return taken;
    } finally {
      if (!taken && level != Level.PENDING) {
        file.unlock(PENDING, 1);
        releaseReserved();
      }
    }
  }

  /** From any higher level to SHARED. */
  public void downgrade() {
    if (level == Level.NONE) {
      throw new IllegalStateException("not locked");
    }
    boolean pending = level == Level.PENDING || level == Level.EXCLUSIVE;
    if (level == Level.EXCLUSIVE) {
      file.unlock(SHARED, SHARED_LENGTH);
      level = Level.NONE;
    }
    try {
      if (level == Level.NONE && !file.tryLock(SHARED, SHARED_LENGTH, true)) {
        throw new IllegalStateException("somebody ignores the PENDING lock on " + file.path());
      }
      level = Level.SHARED;
    } finally {
      if (pending) {
        file.unlock(PENDING, 1);
      }
      releaseReserved();
    }
  }

  private void releaseReserved() {
    if (reserved) {
      reserved = false;
      file.unlock(RESERVED, 1);
    }
  }

  /** Whether somebody else writes by a rollback journal. */
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
      boolean pending = level == Level.PENDING || level == Level.EXCLUSIVE;
      level = Level.NONE;
      file.unlock(SHARED, SHARED_LENGTH);
      if (pending) {
        file.unlock(PENDING, 1);
      }
      releaseReserved();
    }
  }
}
