package dev.tursojdbc.storage.journal;

import dev.tursojdbc.storage.error.ErrorCode;
import dev.tursojdbc.storage.error.TursoException;
import dev.tursojdbc.storage.file.StorageFile;
import dev.tursojdbc.storage.journal.DatabaseFileLock.Level;
import dev.tursojdbc.storage.wal.BusyHandler;

/**
 * The lock of one connection through its transactions.
 *
 * <pre>
 *   beginRead: SHARED   beginWrite: RESERVED   lockForCommit: EXCLUSIVE   endWrite: SHARED   endRead: NONE
 * </pre>
 *
 * <p>In exclusive locking mode what was locked stays locked from one transaction to the next. Who
 * comes from NONE to SHARED rolls back a hot journal before he reads.
 */
final class TransactionLock {
  private final JournalledFile shared;
  private final StorageFile file;
  private final boolean readOnly;
  private final DatabaseFileLock lock;

  /** Whether locks stay from one transaction to the next. */
  private boolean exclusiveMode;

  TransactionLock(JournalledFile shared, StorageFile file, boolean readOnly) {
    this.shared = shared;
    this.file = file;
    this.readOnly = readOnly;
    this.lock = new DatabaseFileLock(file);
  }

  boolean isExclusiveMode() {
    return exclusiveMode;
  }

  void setExclusiveMode(boolean exclusive) {
    exclusiveMode = exclusive;
  }

  void beginRead() {
    if (lock.level() == Level.NONE) {
      lockShared();
    } else if (!exclusiveMode && lock.level() != Level.SHARED) {
      lock.downgrade();
    }
  }

  private void lockShared() {
    if (!lock.tryShared()) {
      throw new TursoException(ErrorCode.BUSY);
    }
    boolean ready = false;
    try {
      if (HotJournal.rollBackIfHot(shared.fileSystem(), file, shared.path(), lock, readOnly)) {
        shared.distrust();
      }
      ready = true;
    } finally {
      if (!ready) {
        lock.close();
      }
    }
  }

  void beginWrite() {
    if (lock.level() == Level.SHARED && !lock.tryReserved()) {
      throw new TursoException(ErrorCode.BUSY);
    }
  }

  void lockForCommit(BusyHandler busy) {
    for (int attempt = 0; lock.level() != Level.EXCLUSIVE && !lock.tryExclusive(); attempt++) {
      if (!busy.retry(attempt)) {
        throw new TursoException(ErrorCode.BUSY);
      }
    }
  }

  void requireLockedForCommit() {
    if (lock.level() != Level.EXCLUSIVE) {
      throw new IllegalStateException("not locked for a commit");
    }
  }

  void endWrite() {
    if (!exclusiveMode && lock.level() != Level.NONE) {
      lock.downgrade();
    }
  }

  void endRead() {
    if (!exclusiveMode) {
      lock.close();
    }
  }

  /** Gives back what is held, in exclusive locking mode too. */
  void release() {
    lock.close();
  }

  /** Deletes a journal that was kept, if nobody is in the way. */
  void tryDeleteJournal() {
    boolean mustLock = lock.level() == Level.NONE;
    if (mustLock && !lock.tryShared()) {
      return;
    }
    try {
      String journal = JournalFile.pathFor(shared.path());
      if (lock.level() == Level.SHARED) {
        lock.runReserved(() -> shared.fileSystem().delete(journal));
      } else {
        shared.fileSystem().delete(journal);
      }
    } finally {
      if (mustLock) {
        lock.close();
      }
    }
  }
}
