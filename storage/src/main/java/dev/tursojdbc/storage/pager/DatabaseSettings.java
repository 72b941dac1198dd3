package dev.tursojdbc.storage.pager;

import dev.tursojdbc.storage.error.ErrorCode;
import dev.tursojdbc.storage.error.TursoException;
import dev.tursojdbc.storage.journal.JournalMode;
import dev.tursojdbc.storage.page.DatabaseHeader;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * What a connection asks and changes about the database as a whole: journal mode, page size,
 * auto-vacuum, text encoding. All but the first are settled when the database gets its first page.
 */
final class DatabaseSettings {
  private final ConnectionPager pager;
  private final DatabaseFile database;
  private final boolean readOnly;

  DatabaseSettings(ConnectionPager pager, DatabaseFile database, boolean readOnly) {
    this.pager = pager;
    this.database = database;
    this.readOnly = readOnly;
  }

  JournalMode journalMode() {
    if (database.isInMemory()) {
      return JournalMode.MEMORY;
    }
    pager.attach();
    return database.isWal() ? JournalMode.WAL : pager.rollbackMode();
  }

  JournalMode setJournalMode(JournalMode mode) {
    JournalMode present = journalMode();
    if (mode == present || database.isInMemory() || pager.hasWritten()) {
      return present;
    }
    if (mode != JournalMode.WAL && present != JournalMode.WAL) {
      pager.setRollbackMode(mode);
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
    pager.releaseLocks();
    pager.waitWhileBusy(
        () -> {
          database.setWal(pager, mode == JournalMode.WAL);
          return mode;
        });
    if (mode != JournalMode.WAL) {
      pager.setRollbackMode(mode);
    }
    if (empty) {
      pager.forgetSnapshot();
    }
    return journalMode();
  }

  boolean setPageSize(int bytes) {
    return (DatabaseHeader.isPageSize(bytes) && change(made -> made.withPageSizeOf(bytes)))
        || pager.pageSize() == bytes;
  }

  int autoVacuum() {
    return reading(
        () -> {
          if (!pager.hasPointerMap()) {
            return 0;
          }
          return pager.headerValue(DatabaseHeader.INCREMENTAL_VACUUM_OFFSET) == 0 ? 1 : 2;
        });
  }

  boolean setAutoVacuum(int mode) {
    return (mode >= 0 && mode <= 2 && change(made -> made.withAutoVacuum(mode)))
        || autoVacuum() == mode;
  }

  int textEncoding() {
    return reading(() -> DatabaseHeader.decode(pager.page(1)).effectiveTextEncoding());
  }

  boolean setTextEncoding(int encoding) {
    boolean known = encoding >= DatabaseHeader.UTF_8 && encoding <= DatabaseHeader.UTF_16BE;
    return (known && change(made -> made.withTextEncoding(encoding))) || textEncoding() == encoding;
  }

  private boolean change(UnaryOperator<NewDatabase> change) {
    boolean changed = pager.waitWhileBusy(() -> database.changeNewDatabase(readOnly, change));
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
}
