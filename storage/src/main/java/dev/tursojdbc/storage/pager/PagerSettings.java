package dev.tursojdbc.storage.pager;

import dev.tursojdbc.storage.error.ErrorCode;
import dev.tursojdbc.storage.error.TursoException;
import dev.tursojdbc.storage.journal.JournalMode;
import dev.tursojdbc.storage.journal.JournalledConnection;
import dev.tursojdbc.storage.page.DatabaseHeader;
import dev.tursojdbc.storage.wal.BusyHandler;
import dev.tursojdbc.storage.wal.SyncMode;
import dev.tursojdbc.storage.wal.WalAutoActions;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * What a connection can set: of the database as a whole its journal mode, page size, auto-vacuum
 * and text encoding, of which all but the first are settled when the database gets its first page;
 * and how the connection itself waits, syncs, checkpoints and grows the database.
 */
public final class PagerSettings {
  private final ConnectionPager pager;
  private final ConnectionSnapshot snapshot;
  private final DatabaseFile database;
  private final boolean readOnly;

  private BusyHandler busyHandler = BusyHandler.NONE;
  private SyncMode syncMode;
  private long maxPageCount = Integer.MAX_VALUE;

  PagerSettings(ConnectionPager pager, ConnectionSnapshot snapshot, boolean readOnly) {
    this.pager = pager;
    this.snapshot = snapshot;
    this.database = pager.database();
    this.readOnly = readOnly;
    this.syncMode = database.isInMemory() ? SyncMode.OFF : SyncMode.FULL;
  }

  public JournalMode journalMode() {
    if (database.isInMemory()) {
      return JournalMode.MEMORY;
    }
    pager.attach();
    return database.isWal() ? JournalMode.WAL : snapshot.rollbackMode();
  }

  /**
   * Changes the journal mode. To enter or leave WAL mode converts the database; then nobody may
   * read it, and to leave it this connection must be the only one that has read. The other modes
   * are the connection's own.
   *
   * @return the mode that holds now, which is the old one if the database cannot have the new one,
   *     or if this connection has uncommitted changes
   * @throws TursoException BUSY if other connections are in the way, ERROR inside a transaction
   */
  public JournalMode setJournalMode(JournalMode mode) {
    JournalMode present = journalMode();
    if (mode == present || database.isInMemory() || pager.hasWritten()) {
      return present;
    }
    if (mode != JournalMode.WAL && present != JournalMode.WAL) {
      snapshot.setRollbackMode(mode);
      return mode;
    }
    if (pager.isReading()) {
      throw new TursoException(
          ErrorCode.ERROR,
          "cannot change "
              + (mode == JournalMode.WAL ? "into" : "out of")
              + " wal mode from within a transaction");
    }
    if (readOnly) {
      throw new TursoException(ErrorCode.READONLY);
    }
    boolean empty = pager.isEmpty();
    releaseKeptLocks();
    waitWhileBusy(
        () -> {
          database.setWal(pager, mode == JournalMode.WAL);
          return mode;
        });
    if (mode != JournalMode.WAL) {
      snapshot.setRollbackMode(mode);
    }
    if (empty) {
      pager.forgetSnapshot();
    }
    return journalMode();
  }

  private void releaseKeptLocks() {
    JournalledConnection connection = snapshot.journalled();
    if (connection != null) {
      connection.releaseLocks();
    }
  }

  /** {@code PRAGMA locking_mode}: whether locks stay from one transaction to the next. */
  public void setExclusiveLocking(boolean exclusive) {
    snapshot.setExclusive(exclusive);
  }

  /**
   * Sets the page size of a database that has no pages yet.
   *
   * @return whether it is so now; a size that is not a power of two from 512 to 65536 is not
   */
  public boolean setPageSize(int bytes) {
    return (DatabaseHeader.isPageSize(bytes) && change(made -> made.withPageSizeOf(bytes)))
        || pager.pageSize() == bytes;
  }

  /** {@code PRAGMA auto_vacuum}: 0 none, 1 full, 2 incremental. */
  public int autoVacuum() {
    return reading(
        () -> {
          if (!pager.hasPointerMap()) {
            return 0;
          }
          return pager.headerValue(DatabaseHeader.INCREMENTAL_VACUUM_OFFSET) == 0 ? 1 : 2;
        });
  }

  /**
   * Sets the auto-vacuum mode of a database that has no pages yet. Between 1 and 2 a database may
   * change at any time: that is header field 64.
   *
   * @return whether it is so now
   */
  public boolean setAutoVacuum(int mode) {
    return (mode >= 0 && mode <= 2 && change(made -> made.withAutoVacuum(mode)))
        || autoVacuum() == mode;
  }

  /** Header field 56 with its default filled in: 1 UTF-8, 2 UTF-16le, 3 UTF-16be. */
  public int textEncoding() {
    return reading(() -> DatabaseHeader.decode(pager.page(1)).effectiveTextEncoding());
  }

  /**
   * Sets the text encoding of a database that has no pages yet.
   *
   * @return whether it is so now
   */
  public boolean setTextEncoding(int encoding) {
    boolean known = encoding >= DatabaseHeader.UTF_8 && encoding <= DatabaseHeader.UTF_16BE;
    return (known && change(made -> made.withTextEncoding(encoding))) || textEncoding() == encoding;
  }

  private boolean change(UnaryOperator<NewDatabase> change) {
    boolean changed = waitWhileBusy(() -> database.changeNewDatabase(readOnly, change));
    if (changed && !pager.isReading()) {
      pager.attach();
    }
    return changed;
  }

  /** Answers a question out of page 1, in a read transaction of its own if none is open. */
  private <T> T reading(Supplier<T> question) {
    boolean mustBegin = !pager.isReading();
    if (mustBegin) {
      pager.beginRead();
    }
    try {
      return question.get();
    } finally {
      if (mustBegin) {
        pager.endRead();
      }
    }
  }

  BusyHandler busyHandler() {
    return busyHandler;
  }

  /** How to wait for locks; starts as {@link BusyHandler#NONE}. */
  public void setBusyHandler(BusyHandler handler) {
    busyHandler = handler;
  }

  /** Does something until no lock is in its way any more, or the busy handler gives up. */
  <T> T waitWhileBusy(Supplier<T> action) {
    for (int attempt = 0; ; attempt++) {
      try {
        return action.get();
      } catch (TursoException e) {
        boolean busy = e.code().primaryCode() == ErrorCode.BUSY.code();
        if (!busy || !busyHandler.retry(attempt)) {
          throw e;
        }
      }
    }
  }

  long maxPageCount() {
    return maxPageCount;
  }

  /**
   * How many pages the database may have; to grow beyond is FULL. One that has more already may
   * keep them.
   */
  public void setMaxPageCount(long pages) {
    maxPageCount = pages;
  }

  SyncMode syncMode() {
    return syncMode;
  }

  public void setSyncMode(SyncMode mode) {
    syncMode = mode;
  }

  public WalAutoActions autoActions() {
    return snapshot.autoActions();
  }

  public void setAutoActions(WalAutoActions actions) {
    snapshot.setAutoActions(actions);
  }
}
