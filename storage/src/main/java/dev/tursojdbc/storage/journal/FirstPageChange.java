package dev.tursojdbc.storage.journal;

import dev.tursojdbc.storage.file.FileSystem;
import dev.tursojdbc.storage.file.FileSystem.OpenMode;
import dev.tursojdbc.storage.file.StorageFile;
import java.nio.ByteBuffer;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Writes page 1 of the database file outside the log: when a database is made, and when it enters
 * or leaves WAL mode.
 *
 * <p>A write of one page can be torn by a power failure, so it is a transaction of its own,
 * protected by a rollback journal in SQLite's format (see {@link RollbackJournal}): the old page is
 * saved and synced, the new one is written and synced, the journal is deleted. If that is
 * interrupted the journal is hot, and whoever opens the database next, SQLite or we, restores the
 * old page or the empty file. Nobody else has the file open meanwhile. It syncs less often than a
 * {@link JournalFile}, since the journal is one write that counts as a whole or not at all.
 */
public final class FirstPageChange {
  private static final int SECTOR_SIZE = RollbackJournal.ASSUMED_SECTOR_SIZE;

  private final FileSystem fileSystem;
  private final StorageFile database;
  private final String journalPath;

  public FirstPageChange(FileSystem fileSystem, StorageFile database, String databasePath) {
    this.fileSystem = fileSystem;
    this.database = database;
    this.journalPath = JournalFile.pathFor(databasePath);
  }

  /**
   * Writes the page and makes it durable.
   *
   * @param before what is there now; null if the file is empty
   * @param pageCount pages in the file now
   */
  public void write(byte[] page, byte @Nullable [] before, int pageCount) {
    try (StorageFile journal = fileSystem.open(journalPath, OpenMode.CREATE)) {
      journal.truncate(0);
      journal.write(0, journalOf(page.length, before, pageCount));
      journal.sync(true);
    }
    fileSystem.syncDirectory(journalPath);
    fileSystem.reached("journal.first-page.before-write");
    database.write(0, ByteBuffer.wrap(page));
    database.sync(true);
    fileSystem.reached("journal.first-page.before-delete");
    fileSystem.delete(journalPath);
    fileSystem.syncDirectory(journalPath);
  }

  private static ByteBuffer journalOf(int pageSize, byte @Nullable [] before, int pageCount) {
    int recordSize = before == null ? 0 : RollbackJournal.recordSize(pageSize);
    byte[] journal = new byte[SECTOR_SIZE + recordSize];
    int nonce = ThreadLocalRandom.current().nextInt();
    RollbackJournal.encodeHeader(journal, before == null ? 0 : 1, nonce, pageCount, pageSize);
    if (before != null) {
      RollbackJournal.encodeRecord(journal, SECTOR_SIZE, nonce, 1, before, 0, pageSize);
    }
    return ByteBuffer.wrap(journal);
  }
}
