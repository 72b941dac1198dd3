package dev.tursojdbc.storage.pager;

import dev.tursojdbc.storage.error.ErrorCode;
import dev.tursojdbc.storage.error.TursoException;
import dev.tursojdbc.storage.file.FileSystem;
import dev.tursojdbc.storage.file.StorageFile;
import dev.tursojdbc.storage.journal.DatabaseFileLock;
import dev.tursojdbc.storage.journal.HotJournal;
import dev.tursojdbc.storage.page.DatabaseHeader;
import dev.tursojdbc.storage.wal.WalFileShared;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The rules by which a database file is taken into use.
 *
 * <ol>
 *   <li>Lock. A database with a log holds a shared lock for as long as it is open, and its log is
 *       shared with other processes by the {@code -shm} file. One with rollback journals is locked
 *       by each connection for each transaction, an empty one not at all.
 *   <li>Where memory cannot be shared, or {@code locking_mode=EXCLUSIVE} was asked for, a database
 *       with a log, or that is to get one, is locked exclusively instead: other processes get BUSY,
 *       and if one of them is in, we do.
 *   <li>A file that may not be written cannot be locked exclusively, nor can its log be shared; if
 *       it is in WAL mode it is opened only if nobody seems to use the log, that is if there is no
 *       {@code -shm} and no {@code -wal} with content, and holds a shared lock.
 *   <li>A hot journal is rolled back.
 *   <li>A {@code -wal} beside a file without pages belongs to a database that is gone, and goes
 *       too.
 *   <li>The header must be a database's.
 *   <li>If it says WAL mode, or if there is a log with content, the log is opened and recovered.
 *       Otherwise it is used by rollback journals. Nothing converts it unasked.
 * </ol>
 *
 * <p>An immutable database is read without locks and without a log.
 */
final class Attaching {
  private static final Set<ErrorCode> SHARING_IMPOSSIBLE =
      EnumSet.of(
          ErrorCode.CANTOPEN,
          ErrorCode.CANTOPEN_SYMLINK,
          ErrorCode.IOERR_SHMMAP,
          ErrorCode.IOERR_LOCK);

  private final DatabaseFile database;
  private final FileSystem fileSystem;
  private final StorageFile file;
  private final boolean readOnly;
  private final String logPath;

  /**
   * @param readOnly whether the connection that needs the database must not write
   */
  Attaching(DatabaseFile database, boolean readOnly) {
    this.database = database;
    this.fileSystem = database.fileSystem();
    this.file = database.file();
    this.readOnly = readOnly;
    this.logPath = logPath(database);
  }

  static String logPath(DatabaseFile database) {
    return database.path() + "-wal";
  }

  private static String indexPath(DatabaseFile database) {
    return database.path() + "-shm";
  }

  Attachment attach() {
    if (database.isImmutable()) {
      return attachFileOnly();
    }
    lock(!database.sharesLog() && !isPresumedJournalled());
    boolean attached = false;
    try {
      HotJournal.rollBackIfHot(
          fileSystem, file, database.path(), database.lock(), readOnly || !database.isWritable());
      Attachment made = attachLocked();
      attached = true;
      return made;
    } finally {
      if (!attached) {
        database.lock().close();
      }
    }
  }

  /** A guess without a lock, which decides what lock to take first. */
  private boolean isPresumedJournalled() {
    byte[] versions = new byte[2];
    int count = file.read(DatabaseHeader.WRITE_VERSION_OFFSET, versions, 0, versions.length);
    return count < versions.length
        ? file.size() == 0 && !database.newDatabase().wal()
        : versions[1] == DatabaseHeader.ROLLBACK_JOURNAL;
  }

  private void lock(boolean exclusive) {
    boolean locked =
        database.isWritable() && exclusive
            ? database.lock().tryExclusive()
            : database.lock().tryShared();
    if (!locked) {
      throw new TursoException(ErrorCode.BUSY);
    }
  }

  /**
   * What the file turned out to be under a shared lock may need an exclusive one.
   *
   * @return whether it was not held yet, so that the file may have changed meanwhile
   */
  private boolean lockExclusively() {
    if (!database.isWritable() || database.lock().level() == DatabaseFileLock.Level.EXCLUSIVE) {
      return false;
    }
    if (!database.lock().tryExclusive()) {
      throw new TursoException(ErrorCode.BUSY);
    }
    return true;
  }

  private void requireNoLogInUse() {
    if (fileSystem.exists(indexPath(database)) || fileSystem.size(logPath) > 0) {
      throw new TursoException(
          ErrorCode.CANTOPEN,
          ErrorCode.CANTOPEN.message()
              + " ("
              + database.path()
              + " cannot be locked because it is read-only, and a log lies beside it that may be in"
              + " use; immutable=1 opens the file without its log)");
    }
  }

  private Attachment attachLocked() {
    if (file.size() == 0) {
      return attachEmpty();
    }
    DatabaseHeader header = readHeader(file);
    if (!header.isWal() && fileSystem.size(logPath) == 0) {
      return database.installJournalled(header.pageSize());
    }
    if (!database.isWritable()) {
      requireNoLogInUse();
      return attachFileOnly();
    }
    WalFileShared log = openShared(database, header.pageSize());
    if (log != null) {
      return database.install(Attachment.Kind.WAL, log.pageSize(), log);
    }
    return lockExclusively() ? attachLocked() : attachLog(header.pageSize());
  }

  /**
   * Opens the log in such a way that other processes can use it, too. The caller holds a lock.
   *
   * @return null if that is not wanted, or not possible in this place
   */
  static @Nullable WalFileShared openShared(DatabaseFile database, int pageSize) {
    if (!database.sharesLog()) {
      return null;
    }
    try {
      return WalFileShared.openShared(
          database.fileSystem(), database.file(), logPath(database), indexPath(database), pageSize);
    } catch (TursoException e) {
      if (SHARING_IMPOSSIBLE.contains(e.code())) {
        // The directory may not be written, or the file system has neither memory nor locks to
        // share. Then whoever uses the database has to be alone.
        return null;
      }
      throw e;
    }
  }

  private Attachment attachEmpty() {
    if (!database.newDatabase().wal()) {
      return database.installJournalled(database.newDatabase().pageSize());
    }
    if (!database.isImmutable()) {
      if (!database.sharesLog() && lockExclusively()) {
        return attachLocked();
      }
      if (database.isWritable() && !readOnly) {
        fileSystem.delete(logPath);
      }
      if (database.sharesLog()) {
        // Whoever makes it first makes it; who merely looks is in nobody's way.
        database.lock().close();
      }
    }
    return database.install(Attachment.Kind.EMPTY, database.newDatabase().pageSize(), null);
  }

  private Attachment attachFileOnly() {
    return file.size() == 0
        ? attachEmpty()
        : database.install(Attachment.Kind.FILE_ONLY, readHeader(file).pageSize(), null);
  }

  private Attachment attachLog(int pageSize) {
    WalFileShared log =
        WalFileShared.open(fileSystem, file, logPath, pageSize, !database.isWritable());
    return database.install(Attachment.Kind.WAL, log.pageSize(), log);
  }

  /** The header as it is in the file; a newer one may be in the log. */
  static DatabaseHeader readHeader(StorageFile file) {
    byte[] bytes = new byte[DatabaseHeader.SIZE];
    file.read(0, bytes, 0, bytes.length);
    return DatabaseHeader.decode(bytes);
  }
}
