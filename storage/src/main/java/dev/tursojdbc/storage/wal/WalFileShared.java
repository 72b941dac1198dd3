package dev.tursojdbc.storage.wal;

import dev.tursojdbc.storage.error.ErrorCode;
import dev.tursojdbc.storage.error.TursoException;
import dev.tursojdbc.storage.file.FileSystem;
import dev.tursojdbc.storage.file.FileSystem.OpenMode;
import dev.tursojdbc.storage.file.StorageFile;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * The log of one database in this process: its file, its coordination, and what went wrong with it.
 * Opened once, shared by all connections.
 *
 * <p>The file is made when the first frame is to be written, so a database that is only read leaves
 * nothing behind. A failed sync poisons the log: the operating system may have dropped what it
 * could not write, so neither a second sync nor anything built upon the lost frames means anything.
 * Reading goes on; writing starts again after the database was closed and recovered.
 */
public final class WalFileShared {
  private final FileSystem fileSystem;
  private final StorageFile database;
  private final String logPath;
  private final boolean readOnly;
  private final WalCoordination coordination;

  /** The wal-index that is shared with other processes; null if no others have the database. */
  private final @Nullable String indexPath;

  private volatile @Nullable StorageFile log;
  private volatile boolean poisoned;
  private volatile boolean closed;

  /** Whether the log's directory entry may not be on disk yet. */
  private volatile boolean directoryUnsynced;

  /**
   * Whether everything was copied into the database file without a sync, under {@link
   * SyncMode#OFF}. The frames must not be overwritten by somebody who cares before that is made up
   * for.
   */
  private volatile boolean databaseUnsynced;

  /** Restarts of the log; guarded by the writer lock. */
  private int sequence;

  WalFileShared(
      FileSystem fileSystem,
      StorageFile database,
      String logPath,
      @Nullable StorageFile log,
      boolean readOnly,
      WalCoordination coordination,
      int sequence) {
    this(fileSystem, database, logPath, log, readOnly, coordination, sequence, null);
  }

  private WalFileShared(
      FileSystem fileSystem,
      StorageFile database,
      String logPath,
      @Nullable StorageFile log,
      boolean readOnly,
      WalCoordination coordination,
      int sequence,
      @Nullable String indexPath) {
    this.fileSystem = fileSystem;
    this.database = database;
    this.logPath = logPath;
    this.log = log;
    this.readOnly = readOnly;
    this.coordination = coordination;
    this.sequence = sequence;
    this.indexPath = indexPath;
  }

  /**
   * Opens and recovers the log of a database that no other process uses.
   *
   * <p>A log beside a database file of zero length belongs to a database that is gone, and is
   * deleted. Hence page 1 of a new database has to be in the database file, synced, before the
   * first frame is written.
   *
   * @param logPath the database's path with {@code -wal} behind it
   * @param pageSize page size by the database header, or the wanted one; frames in the log overrule
   *     it, see {@link #pageSize()}
   * @throws TursoException CANTOPEN if the log is of an unknown format; whatever reading it throws
   */
  public static WalFileShared open(
      FileSystem fileSystem, StorageFile database, String logPath, int pageSize, boolean readOnly) {
    StorageFile log = openLog(fileSystem, database, logPath, readOnly);
    WalRecovery recovery;
    try {
      recovery = log == null ? WalRecovery.empty(pageSize) : WalRecovery.recover(log, pageSize);
    } catch (TursoException e) {
      log.close();
      throw e;
    }
    WalHeader header = recovery.header();
    return new WalFileShared(
        fileSystem,
        database,
        logPath,
        log,
        readOnly,
        new InProcessWalCoordination(recovery.state(), recovery.index()),
        header == null ? 0 : header.sequence());
  }

  /**
   * Opens the log of a database that other processes may use at the same time, and recovers it if
   * nobody does so far. The caller holds SHARED on the database for as long as the log is open.
   *
   * @param indexPath the database's path with {@code -shm} behind it
   * @param pageSize as in {@link #open}
   * @throws TursoException CANTOPEN if the wal-index cannot be made or opened for writing, or of an
   *     unknown format; IOERR_SHMMAP if it cannot be mapped
   */
  public static WalFileShared openShared(
      FileSystem fileSystem, StorageFile database, String logPath, String indexPath, int pageSize) {
    WalCoordination coordination =
        new WalIndexAttaching(fileSystem, logPath, pageSize).attach(indexPath);
    return new WalFileShared(
        fileSystem, database, logPath, null, false, coordination, 0, indexPath);
  }

  /** Whether other processes may use the log, too. */
  public boolean isSharedWithOthers() {
    return indexPath != null;
  }

  private static @Nullable StorageFile openLog(
      FileSystem fileSystem, StorageFile database, String logPath, boolean readOnly) {
    if (!fileSystem.exists(logPath)) {
      return null;
    }
    if (database.size() == 0) {
      if (!readOnly) {
        fileSystem.delete(logPath);
      }
      return null;
    }
    return fileSystem.open(logPath, readOnly ? OpenMode.READ_ONLY : OpenMode.READ_WRITE);
  }

  /** A connection's view of the log. */
  public Wal connect() {
    return new WalFile(this);
  }

  /** Bytes in a page. */
  public int pageSize() {
    return coordination.header().pageSize();
  }

  public WalStatistics statistics() {
    WalIndexHeader header = coordination.header();
    List<WalStatistics.Mark> marks = new ArrayList<>();
    for (int i = 0; i < WalCoordination.MARKS; i++) {
      marks.add(new WalStatistics.Mark(i, coordination.mark(i), coordination.readers(i)));
    }
    return new WalStatistics(
        header.generation(),
        header.maxFrame(),
        coordination.backfilled(),
        header.pageCount(),
        marks,
        coordination.isWriterLocked());
  }

  /** Whether a sync failed, so that nothing may be written any more. */
  public boolean isPoisoned() {
    return poisoned;
  }

  /**
   * Closes the log when the last connection has left and no other process has the database. If
   * everything could be copied into the database file, the log is deleted.
   *
   * @param checkpoint false: leave the log as it is, for whoever opens the database next
   */
  public void closeLast(SyncMode syncMode, boolean checkpoint) {
    boolean complete = false;
    try {
      if (checkpoint && hasLog() && !readOnly && !poisoned) {
        complete = copyAll(syncMode);
      }
      String index = indexPath;
      if (index != null) {
        fileSystem.delete(index);
      }
    } finally {
      leave();
    }
    if (complete) {
      fileSystem.reached("wal.close.before-delete");
      fileSystem.delete(logPath);
    }
  }

  /** Closes the log and leaves it to the other processes that use it. */
  public void leave() {
    closed = true;
    try {
      coordination.close();
    } finally {
      closeLog();
    }
  }

  private boolean copyAll(SyncMode syncMode) {
    CheckpointResult result =
        new WalCheckpoint(this, CheckpointMode.PASSIVE, BusyHandler.NONE, syncMode).run();
    if (result.busy() || result.checkpointedFrames() != result.logFrames()) {
      return false;
    }
    if (databaseUnsynced && syncMode != SyncMode.OFF) {
      syncDatabase();
    }
    return true;
  }

  private void closeLog() {
    StorageFile open = log;
    if (open != null) {
      log = null;
      open.close();
    }
  }

  // For connections and checkpoints.

  WalCoordination coordination() {
    return coordination;
  }

  FileSystem fileSystem() {
    return fileSystem;
  }

  StorageFile database() {
    return database;
  }

  boolean isReadOnly() {
    return readOnly;
  }

  /** The log's file; it exists once a frame exists. */
  StorageFile log() {
    StorageFile open = log;
    return open != null ? open : openLog(OpenMode.READ_WRITE);
  }

  boolean hasLog() {
    return log != null || (isSharedWithOthers() && fileSystem.exists(logPath));
  }

  /** Opens the file that another process may have made, or makes it. */
  private synchronized StorageFile openLog(OpenMode mode) {
    StorageFile open = log;
    if (open == null) {
      if (closed || (mode != OpenMode.CREATE && !isSharedWithOthers())) {
        throw new IllegalStateException("the log is closed");
      }
      open = fileSystem.open(logPath, mode);
      // As in SQLite, who first syncs a log does not rely on its maker for the directory.
      directoryUnsynced = true;
      log = open;
    }
    return open;
  }

  void requireWritable() {
    if (readOnly) {
      throw new TursoException(ErrorCode.READONLY);
    }
    if (poisoned) {
      throw new TursoException(
          ErrorCode.IOERR_FSYNC, "disk I/O error: a sync failed; the database must be reopened");
    }
  }

  /** Reads a frame's page content. */
  void readFrame(int frame, byte[] target, int pageSize) {
    StorageFile file = log();
    long position = WalFrame.position(frame, pageSize) + WalFrame.HEADER_SIZE;
    if (file.read(position, target, 0, pageSize) < pageSize) {
      throw new TursoException(
          ErrorCode.IOERR_SHORT_READ,
          "disk I/O error: " + file.path() + " ends inside frame " + frame);
    }
  }

  /** A header for the generation; it gets its salts now if it has none. The writer lock is held. */
  WalHeader newHeader(long generation, int pageSize) {
    long salts = generation;
    while (salts == 0) {
      salts = ThreadLocalRandom.current().nextLong();
    }
    return WalHeader.create(pageSize, sequence, salts);
  }

  /**
   * Writes a header, making the file if need be. All its old frames are in the database file, so
   * here it is cut if it is above the limit.
   *
   * @param sizeLimit bytes, -1 if there is none
   */
  void writeHeader(WalHeader header, boolean sync, long sizeLimit) {
    if (database.size() == 0) {
      // The next open would take the log for an orphan and delete it.
      throw new IllegalStateException("page 1 must be in the database file before the first frame");
    }
    if (sync && databaseUnsynced) {
      syncDatabase();
    }
    StorageFile present = log;
    StorageFile file = present != null ? present : openLog(OpenMode.CREATE);
    if (sizeLimit >= 0 && file.size() > Math.max(sizeLimit, WalHeader.SIZE)) {
      file.truncate(Math.max(sizeLimit, WalHeader.SIZE));
    }
    file.write(0, ByteBuffer.wrap(header.encode()));
    fileSystem.reached("wal.header.written");
    if (sync) {
      syncLog();
      fileSystem.reached("wal.header.synced");
    }
  }

  void syncLog() {
    try {
      log().sync(false);
      if (directoryUnsynced) {
        fileSystem.syncDirectory(logPath);
        directoryUnsynced = false;
      }
    } catch (TursoException e) {
      poisoned = true;
      throw e;
    }
  }

  void syncDatabase() {
    try {
      database.sync(false);
      databaseUnsynced = false;
    } catch (TursoException e) {
      poisoned = true;
      throw e;
    }
  }

  void leaveDatabaseUnsynced() {
    databaseUnsynced = true;
  }

  /** Begins a new generation. The caller holds the writer lock and marks 1 to 4. */
  WalIndexHeader restart(WalIndexHeader header) {
    WalIndexHeader next = header.restarted(ThreadLocalRandom.current().nextInt());
    sequence = isSharedWithOthers() ? storedSequence() + 1 : sequence + 1;
    coordination.restart(next);
    return next;
  }

  /** How often the log was restarted by its header, which somebody else may have written. */
  private int storedSequence() {
    byte[] bytes = new byte[WalHeader.SIZE];
    WalHeader header =
        !hasLog() || log().read(0, bytes, 0, bytes.length) < bytes.length
            ? null
            : WalHeader.decode(bytes);
    return header == null ? sequence : header.sequence();
  }
}
