package dev.tursojdbc.storage.journal;

import dev.tursojdbc.storage.error.ErrorCode;
import dev.tursojdbc.storage.error.TursoException;
import dev.tursojdbc.storage.file.FileSystem;
import dev.tursojdbc.storage.file.FileSystem.OpenMode;
import dev.tursojdbc.storage.file.StorageFile;

/**
 * The rollback journal of a writer that died: the database holds half a transaction, the journal
 * the pages as they were before.
 *
 * <p>A journal {@code <database>-journal} is hot if it does not begin with a zero byte (a committed
 * journal that is kept is zeroed there) and nobody holds the RESERVED lock (a living writer does).
 * It is rolled back under the EXCLUSIVE lock: pages are written back and the file is cut to its old
 * size, then synced, and only then the journal is deleted. If that is interrupted, the next one
 * begins anew, which is harmless. The directory is synced last, because a journal that came back
 * after a power failure would undo what has been committed since.
 *
 * <p>A journal that belongs to a transaction over several databases names a {@link SuperJournal};
 * if that is gone, the transaction was committed and the journal is only deleted.
 */
public final class HotJournal {
  private final FileSystem fileSystem;
  private final StorageFile database;
  private final String path;

  private HotJournal(FileSystem fileSystem, StorageFile database, String path) {
    this.fileSystem = fileSystem;
    this.database = database;
    this.path = path;
  }

  /**
   * Rolls back what a dead writer left, if anything. To be called when a database is opened, before
   * its header is read.
   *
   * @param database opened {@linkplain FileSystem#openShared shared}, for writing unless readOnly
   * @param path of the database
   * @param lock SHARED or EXCLUSIVE; it is the same afterwards, unless BUSY is thrown
   * @return whether anything was rolled back
   * @throws TursoException READONLY_ROLLBACK if there is a hot journal and readOnly, BUSY if others
   *     are connected to the database
   */
  public static boolean rollBackIfHot(
      FileSystem fileSystem,
      StorageFile database,
      String path,
      DatabaseFileLock lock,
      boolean readOnly) {
    HotJournal journal = new HotJournal(fileSystem, database, JournalFile.pathFor(path));
    if (!journal.isHot(lock, readOnly)) {
      return false;
    }
    if (readOnly) {
      throw new TursoException(
          ErrorCode.READONLY_ROLLBACK,
          ErrorCode.READONLY_ROLLBACK.message()
              + " (a transaction that somebody left unfinished must be rolled back first: "
              + journal.path
              + ")");
    }
    return journal.rollBackUnder(lock);
  }

  private boolean isHot(DatabaseFileLock lock, boolean readOnly) {
    if (!fileSystem.exists(path)) {
      return false;
    }
    // The journal is looked at before the lock: one that is merely kept needs no look at the lock,
    // which for an instant would be in a writer's way.
    if (!isMarked() && database.size() != 0) {
      return false;
    }
    boolean exclusive = lock.level() == DatabaseFileLock.Level.EXCLUSIVE;
    if (!exclusive && lock.isReserved()) {
      return false;
    }
    if (database.size() == 0) {
      // The journal of a database that somebody deleted; to play it back would make a new one.
      if (!readOnly) {
        lock.runReserved(() -> fileSystem.delete(path));
      }
      return false;
    }
    return true;
  }

  private boolean isMarked() {
    byte[] first = new byte[1];
    try (StorageFile journal = fileSystem.open(path, OpenMode.READ_ONLY)) {
      return journal.read(0, first, 0, 1) == 1 && first[0] != 0;
    } catch (TursoException e) {
      // A living writer may have deleted it meanwhile.
      if (fileSystem.exists(path)) {
        throw e;
      }
      return false;
    }
  }

  private boolean rollBackUnder(DatabaseFileLock lock) {
    if (lock.level() == DatabaseFileLock.Level.EXCLUSIVE) {
      rollBack();
      return true;
    }
    if (!lock.tryExclusive()) {
      throw new TursoException(ErrorCode.BUSY);
    }
    try {
      // Somebody else may have done it before we got the lock.
      if (!fileSystem.exists(path) || !isMarked()) {
        return false;
      }
      rollBack();
      return true;
    } finally {
      lock.downgrade();
    }
  }

  private void rollBack() {
    String superJournal;
    try (StorageFile journal = fileSystem.open(path, OpenMode.READ_WRITE)) {
      superJournal = SuperJournal.nameIn(journal);
      if (superJournal.isEmpty() || fileSystem.exists(superJournal)) {
        // What we are about to rely on may not have reached the disk yet.
        journal.sync(true);
        new RollbackJournal(journal).playBackInto(database);
        fileSystem.reached("journal.hot.before-sync");
        database.sync(true);
      }
    }
    fileSystem.reached("journal.hot.before-delete");
    fileSystem.delete(path);
    fileSystem.syncDirectory(path);
    if (!superJournal.isEmpty()) {
      SuperJournal.deleteIfUnused(fileSystem, superJournal, path);
    }
  }
}
