package dev.tursojdbc.storage.pager;

import static dev.tursojdbc.storage.page.PageBytes.getInt;
import static dev.tursojdbc.storage.page.PageBytes.putInt;

import dev.tursojdbc.storage.error.ErrorCode;
import dev.tursojdbc.storage.error.TursoException;
import dev.tursojdbc.storage.file.StorageFile;
import dev.tursojdbc.storage.journal.FirstPageChange;
import dev.tursojdbc.storage.page.DatabaseHeader;
import dev.tursojdbc.storage.wal.CheckpointMode;
import dev.tursojdbc.storage.wal.SyncMode;
import dev.tursojdbc.storage.wal.WalFileShared;
import org.jspecify.annotations.Nullable;

/**
 * Makes a new database in WAL mode, and converts one between a rollback journal and a write-ahead
 * log. The caller owns the database's monitor and has made sure that nobody reads: the process
 * holds EXCLUSIVE.
 *
 * <p>The mode is two bytes of page 1 in the database file, so each of these is a {@link
 * FirstPageChange}. A log exists only while the bytes say so: they are changed before the log's
 * first frame, and back after its last one was copied and the log was deleted.
 */
final class JournalModeChange {
  private final DatabaseFile database;
  private final StorageFile file;

  JournalModeChange(DatabaseFile database) {
    this.database = database;
    this.file = database.file();
  }

  Attachment makeDatabase(NewDatabase wanted) {
    writeFirstPage(wanted.firstPage(), null, 0);
    database.fileSystem().reached("pager.database.made");
    return openLog(wanted.pageSize());
  }

  void enterWal() {
    DatabaseHeader header = Attaching.readHeader(file);
    if (header.isWal()) {
      openLog(header.pageSize());
      return;
    }
    if (!database.isWritable() || header.isReadOnly()) {
      throw new TursoException(ErrorCode.READONLY);
    }
    changeVersion(header, DatabaseHeader.WRITE_AHEAD_LOG);
    openLog(header.pageSize());
  }

  void leaveWal(Attachment attachment) {
    WalFileShared log = attachment.log();
    if (log == null) {
      throw new IllegalStateException("no log");
    }
    // With everything copied nothing is left for the last close to do but to delete.
    boolean complete = isComplete(log);
    if (!complete) {
      throw new TursoException(ErrorCode.BUSY);
    }
    log.closeLast(SyncMode.FULL, true);
    database.fileSystem().syncDirectory(database.path());
    DatabaseHeader header = Attaching.readHeader(file);
    changeVersion(header, DatabaseHeader.ROLLBACK_JOURNAL);
    database.installJournalled(header.pageSize());
  }

  private static boolean isComplete(WalFileShared log) {
    return !log.connect().checkpoint(CheckpointMode.FULL, attempt -> false, SyncMode.FULL).busy();
  }

  private void changeVersion(DatabaseHeader header, int version) {
    int pageSize = header.pageSize();
    int pageCount = (int) ((file.size() + pageSize - 1) / pageSize);
    byte[] before = new byte[pageSize];
    file.read(0, before, 0, pageSize);
    byte[] after = before.clone();
    after[DatabaseHeader.WRITE_VERSION_OFFSET] = (byte) version;
    after[DatabaseHeader.READ_VERSION_OFFSET] = (byte) version;
    putInt(after, DatabaseHeader.PAGE_COUNT_OFFSET, header.pageCount(pageCount));
    countChange(after);
    writeFirstPage(after, before, pageCount);
  }

  /** Header upkeep that goes with every change of page 1. */
  static void countChange(byte[] firstPage) {
    int counter = getInt(firstPage, DatabaseHeader.CHANGE_COUNTER_OFFSET) + 1;
    putInt(firstPage, DatabaseHeader.CHANGE_COUNTER_OFFSET, counter);
    putInt(firstPage, DatabaseHeader.VERSION_VALID_FOR_OFFSET, counter);
    putInt(firstPage, DatabaseHeader.LIBRARY_VERSION_OFFSET, DatabaseHeader.LIBRARY_VERSION);
  }

  private void writeFirstPage(byte[] page, byte @Nullable [] before, int pageCount) {
    boolean written = false;
    try {
      new FirstPageChange(database.fileSystem(), file, database.path())
          .write(page, before, pageCount);
      written = true;
    } finally {
      if (!written) {
        // The journal is hot now; attaching again rolls it back.
        database.detach();
      }
    }
  }

  private Attachment openLog(int pageSize) {
    boolean opened = false;
    try {
      WalFileShared log = Attaching.openShared(database, pageSize);
      if (log != null) {
        database.lock().downgrade();
      } else {
        log =
            WalFileShared.open(
                database.fileSystem(), file, Attaching.logPath(database), pageSize, false);
      }
      opened = true;
      return database.install(Attachment.Kind.WAL, log.pageSize(), log);
    } finally {
      if (!opened) {
        database.detach();
      }
    }
  }
}
