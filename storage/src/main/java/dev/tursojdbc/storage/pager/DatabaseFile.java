package dev.tursojdbc.storage.pager;

import dev.tursojdbc.storage.error.ErrorCode;
import dev.tursojdbc.storage.error.TursoException;
import dev.tursojdbc.storage.file.FileSystem;
import dev.tursojdbc.storage.file.FileSystem.OpenMode;
import dev.tursojdbc.storage.file.MemoryFileSystem;
import dev.tursojdbc.storage.file.StorageFile;
import dev.tursojdbc.storage.journal.DatabaseFileLock;
import dev.tursojdbc.storage.journal.HotJournal;
import dev.tursojdbc.storage.journal.JournalledFile;
import dev.tursojdbc.storage.wal.SyncMode;
import dev.tursojdbc.storage.wal.WalFileShared;
import dev.tursojdbc.storage.wal.WalStatistics;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One database of the process. Opened once per file identity, shared by all connections to it; it
 * owns the file descriptors, the page cache and the log.
 *
 * <pre>
 *   opened -- first use --> attached -- last connection leaves --> closed
 * </pre>
 *
 * <p>Opening takes the descriptor only. The first use attaches the database: it takes SQLite's
 * locks, rolls a hot journal back, reads the header and opens the log (see {@link Attaching}). With
 * a log, the lock is kept until the last connection leaves; if no other process uses the database
 * then, the log is checkpointed and removed. Without one, each connection locks for itself,
 * transaction by transaction.
 */
public final class DatabaseFile {
  private static final long MAX_DEFAULT_CACHE_BUDGET = 256L << 20;

  /** The open databases, by identity of the file and by whether they are taken for immutable. */
  private static final ConcurrentMap<Key, DatabaseFile> DATABASES = new ConcurrentHashMap<>();

  private record Key(Object fileKey, boolean immutable) {
    // What the compiler would leave to java.lang.runtime takes a tenth of the first open.
    @Override
    public boolean equals(Object other) {
      return other instanceof Key key && fileKey.equals(key.fileKey) && immutable == key.immutable;
    }

    @Override
    public int hashCode() {
      return 31 * fileKey.hashCode() + Boolean.hashCode(immutable);
    }
  }

  private final FileSystem fileSystem;
  private final String path;
  private final StorageFile file;
  private final boolean writable;
  private final Key key;
  private final DatabaseFileLock lock;
  private final WriterQueue writerQueue = new WriterQueue();
  private final List<ConnectionPager> connections = new CopyOnWriteArrayList<>();

  private volatile @Nullable Attachment attachment;
  private volatile long cacheBudget = defaultCacheBudget();

  // Guarded by this.
  private NewDatabase newDatabase;
  private long era;

  /** Connections that want other processes to be kept out. */
  private final Set<ConnectionPager> exclusive = new HashSet<>();

  private boolean everWritable;
  private boolean temporary;
  private boolean closed;

  private DatabaseFile(
      FileSystem fileSystem, String path, StorageFile file, boolean writable, Key key, int size) {
    this.fileSystem = fileSystem;
    this.path = path;
    this.file = file;
    this.writable = writable;
    this.key = key;
    this.lock = new DatabaseFileLock(file);
    this.newDatabase = NewDatabase.withPageSize(size);
  }

  private static long defaultCacheBudget() {
    return Math.min(MAX_DEFAULT_CACHE_BUDGET, Runtime.getRuntime().maxMemory() / 4);
  }

  /**
   * Opens a connection; the first one opens the database.
   *
   * @throws TursoException CANTOPEN if there is no such file and none may be made, or it cannot be
   *     opened
   */
  public static Pager connect(FileSystem fileSystem, String path, OpenOptions options) {
    String canonical = fileSystem.canonicalPath(path);
    boolean writable =
        !options.immutable()
            && (fileSystem.isWritable(canonical)
                || (!fileSystem.exists(canonical) && options.create() && !options.readOnly()));
    OpenMode mode =
        !writable
            ? OpenMode.READ_ONLY
            : options.create() && !options.readOnly() ? OpenMode.CREATE : OpenMode.READ_WRITE;
    while (true) {
      StorageFile file = fileSystem.openShared(canonical, mode);
      Object fileKey = fileSystem.fileKey(canonical);
      if (fileKey == null) {
        file.close();
        throw new TursoException(ErrorCode.CANTOPEN);
      }
      Key key = new Key(fileKey, options.immutable());
      DatabaseFile opened =
          new DatabaseFile(fileSystem, canonical, file, writable, key, options.pageSize());
      DatabaseFile present = DATABASES.putIfAbsent(key, opened);
      if (present != null) {
        file.close();
      }
      ConnectionPager connection = (present == null ? opened : present).join(options);
      if (connection != null) {
        return connection;
      }
      // The database closed while we looked at it.
    }
  }

  private synchronized @Nullable ConnectionPager join(OpenOptions options) {
    if (closed) {
      return null;
    }
    boolean readOnly = options.readOnly() || !writable;
    everWritable |= !readOnly;
    temporary |= options.temporary();
    ConnectionPager connection = new ConnectionPager(this, readOnly);
    connections.add(connection);
    return connection;
  }

  /** A connection leaves; the last one closes the database. */
  synchronized void leave(ConnectionPager connection, SyncMode syncMode) {
    writerQueue.abandon(connection);
    exclusive.remove(connection);
    if (connections.remove(connection) && connections.isEmpty()) {
      closed = true;
      try {
        closeLog(syncMode);
      } finally {
        closeFile();
      }
    }
  }

  /** The locks go last: until then nobody may find the log half removed. */
  private void closeFile() {
    try {
      if (temporary) {
        fileSystem.delete(path);
        fileSystem.delete(path + "-wal");
      }
      lock.close();
    } finally {
      file.close();
      // Who opens the database again in this process waits until here.
      DATABASES.remove(key, this);
    }
  }

  private boolean isKept() {
    return everWritable && !temporary;
  }

  private void closeLog(SyncMode syncMode) {
    Attachment present = attachment;
    WalFileShared log = present == null ? null : present.log();
    attachment = null;
    if (log != null) {
      try {
        closeLog(log, syncMode);
      } catch (TursoException e) {
        // Nothing is lost: the log stays, and whoever opens the database next recovers it.
        fileSystem.reached("pager.close.log-kept");
      }
    }
  }

  private void closeLog(WalFileShared log, SyncMode syncMode) {
    boolean alone = !log.isSharedWithOthers();
    try {
      alone = alone || isAlone();
    } finally {
      if (!alone) {
        log.leave();
      }
    }
    if (alone) {
      log.closeLast(syncMode, isKept());
    }
  }

  /** Whether no other process has the database; from then on none can get in. */
  private boolean isAlone() {
    return switch (lock.level()) {
      case EXCLUSIVE -> true;
      case SHARED -> lock.tryExclusive();
      case NONE, RESERVED, PENDING -> false;
    };
  }

  public String path() {
    return path;
  }

  /**
   * Bytes that cached pages may take; the smaller of 256 MiB and a quarter of the heap at first.
   */
  public long cacheBudget() {
    return cacheBudget;
  }

  public void setCacheBudget(long bytes) {
    cacheBudget = bytes;
    Attachment present = attachment;
    if (present != null) {
      present.setCacheBudget(bytes);
    }
  }

  /** The log as it stands; null if the database has none. */
  public @Nullable WalStatistics walStatistics() {
    Attachment present = attachment;
    WalFileShared log = present == null ? null : present.log();
    return log == null ? null : log.statistics();
  }

  /** Pages in the cache, for tests and tools. */
  public int cachedPageCount() {
    Attachment present = attachment;
    return present == null ? 0 : present.cachedPageCount();
  }

  /** Where the database and its side files are. */
  public FileSystem fileSystem() {
    return fileSystem;
  }

  StorageFile file() {
    return file;
  }

  DatabaseFileLock lock() {
    return lock;
  }

  /** Whether the file was opened for writing. */
  boolean isWritable() {
    return writable;
  }

  boolean isImmutable() {
    return key.immutable();
  }

  public boolean isInMemory() {
    return fileSystem instanceof MemoryFileSystem;
  }

  /** Whether other processes may use the log at the same time, if there is one. */
  boolean sharesLog() {
    assert Thread.holdsLock(this);
    return writable && exclusive.isEmpty() && fileSystem.sharesMemory();
  }

  /**
   * A connection wants other processes to be kept out, or does so no more. A log that nobody else
   * uses stays so until the last connection leaves, as in SQLite.
   */
  synchronized void setExclusive(ConnectionPager connection, boolean wanted) {
    if (wanted) {
      exclusive.add(connection);
    } else {
      exclusive.remove(connection);
    }
  }

  /**
   * Keeps other processes away from the log, for a connection that wants that and is not in a
   * transaction: nobody shares the log that is opened anew.
   *
   * @throws TursoException BUSY if others use it, be it in this process
   */
  synchronized void requireExclusive(ConnectionPager connection) {
    Attachment present = attachment;
    WalFileShared log = present == null ? null : present.log();
    if (present == null || log == null || !log.isSharedWithOthers()) {
      return;
    }
    requireUnused(present, connection);
    if (!lock.tryExclusive()) {
      forgetIfLost(log);
      throw new TursoException(ErrorCode.BUSY);
    }
    attachment = null;
    try {
      log.closeLast(SyncMode.FULL, true);
    } finally {
      lock.close();
    }
  }

  private void requireUnused(Attachment present, ConnectionPager connection) {
    requireFree(
        connections.stream().noneMatch(other -> other != connection && other.uses(present)));
  }

  /**
   * Who tried for EXCLUSIVE in vain may have lost SHARED to somebody who was faster, and who now
   * removes the log.
   */
  private void forgetIfLost(WalFileShared log) {
    if (lock.level() == DatabaseFileLock.Level.NONE) {
      attachment = null;
      log.leave();
    }
  }

  WriterQueue writerQueue() {
    return writerQueue;
  }

  /** Whether a connection has a snapshot within these positions. */
  boolean isAnyActiveWithin(long first, long last) {
    for (ConnectionPager connection : connections) {
      long position = connection.activePosition();
      if (first <= position && position <= last) {
        return true;
      }
    }
    return false;
  }

  /** What the database is; attaches it if it is not. */
  Attachment attach(boolean readOnly) {
    Attachment present = attachment;
    return present != null ? present : attachNow(readOnly);
  }

  private synchronized Attachment attachNow(boolean readOnly) {
    Attachment present = attachment;
    if (present == null) {
      if (closed) {
        throw new IllegalStateException("the database is closed");
      }
      present = new Attaching(this, readOnly).attach();
    }
    return present;
  }

  /** Makes an attachment the valid one. */
  Attachment install(Attachment.Kind kind, int pageSize, @Nullable WalFileShared log) {
    return install(kind, pageSize, log, null);
  }

  /** Makes the database one whose connections lock the file for each transaction. */
  Attachment installJournalled(int pageSize) {
    lock.close();
    return install(
        Attachment.Kind.JOURNALLED,
        pageSize,
        null,
        new JournalledFile(fileSystem, file, path, pageSize));
  }

  private Attachment install(
      Attachment.Kind kind,
      int pageSize,
      @Nullable WalFileShared log,
      @Nullable JournalledFile journalled) {
    assert Thread.holdsLock(this);
    era++;
    Attachment made =
        new Attachment(kind, pageSize, log, journalled, cacheBudget, this::isAnyActiveWithin, era);
    attachment = made;
    return made;
  }

  boolean isCurrent(Attachment seen) {
    return attachment == seen;
  }

  /** Gives a connection what is attached now. */
  synchronized Attachment adopt(ConnectionSnapshot connection, boolean readOnly) {
    Attachment present = attachNow(readOnly);
    connection.adopt(present);
    return present;
  }

  /** An attachment does not fit the file any more: the next use looks anew. */
  synchronized void forget(Attachment outdated) {
    if (attachment == outdated && outdated.isOutdated()) {
      attachment = null;
    }
  }

  /**
   * The file once more, for the locks of one connection.
   *
   * @throws TursoException READONLY_DBMOVED if another file has its name now
   */
  StorageFile openForLocks() {
    StorageFile own =
        fileSystem.openShared(path, writable ? OpenMode.READ_WRITE : OpenMode.READ_ONLY);
    if (!key.fileKey().equals(fileSystem.fileKey(path))) {
      own.close();
      throw new TursoException(ErrorCode.READONLY_DBMOVED);
    }
    return own;
  }

  /** After a failure in which the file may have been left half-changed: the next use looks anew. */
  void detach() {
    assert Thread.holdsLock(this);
    attachment = null;
    lock.close();
  }

  /**
   * Registers a reader of a database without a log.
   *
   * @return false if the attachment is not the valid one any more
   */
  synchronized boolean beginFileRead(ConnectionPager connection, Attachment seen) {
    if (attachment != seen || isMadeByOthers(seen)) {
      return false;
    }
    connection.activate(0);
    return true;
  }

  /**
   * Whether a database that was empty, and is not locked, has been made by another process; then
   * the next use looks anew.
   */
  private boolean isMadeByOthers(Attachment seen) {
    if (seen.kind() != Attachment.Kind.EMPTY
        || lock.level() == DatabaseFileLock.Level.EXCLUSIVE
        || file.size() == 0) {
      return false;
    }
    attachment = null;
    lock.close();
    return true;
  }

  synchronized NewDatabase newDatabase() {
    return newDatabase;
  }

  /** Changes what the database will be like, if it has no page yet. @return whether it was done */
  synchronized boolean changeNewDatabase(boolean readOnly, UnaryOperator<NewDatabase> change) {
    Attachment present = attachNow(readOnly);
    boolean empty =
        (present.kind() == Attachment.Kind.EMPTY && !isMadeByOthers(present))
            || (present.kind() == Attachment.Kind.JOURNALLED && file.size() == 0);
    if (!empty) {
      return false;
    }
    NewDatabase changed = change.apply(newDatabase);
    if (!changed.wal()) {
      newDatabase = changed;
      installJournalled(changed.pageSize());
      return true;
    }
    if (present.kind() == Attachment.Kind.JOURNALLED) {
      requireFree(lock.tryExclusive());
      if (file.size() > 0) {
        lock.close();
        return false;
      }
    }
    newDatabase = changed;
    install(Attachment.Kind.EMPTY, changed.pageSize(), null);
    if (sharesLog()) {
      lock.close();
    }
    return true;
  }

  /** Makes page 1 and the log of an empty database, if nobody has done it yet. */
  synchronized Attachment makeDatabase() {
    Attachment present = attachNow(false);
    if (present.kind() != Attachment.Kind.EMPTY) {
      return present;
    }
    if (isMadeByOthers(present)) {
      return attachNow(false);
    }
    if (lock.level() != DatabaseFileLock.Level.EXCLUSIVE) {
      requireFree(lock.tryExclusive());
      if (file.size() > 0) {
        lock.close();
        throw new TursoException(ErrorCode.BUSY);
      }
    }
    return new JournalModeChange(this).makeDatabase(newDatabase);
  }

  /** Gives the database a write-ahead log, or takes it away. */
  synchronized void setWal(ConnectionPager connection, boolean wal) {
    switch (attachNow(false).kind()) {
      case EMPTY -> changeNewDatabase(false, made -> made.withWal(wal));
      case JOURNALLED -> {
        if (wal && !changeNewDatabase(false, made -> made.withWal(true))) {
          enterWal();
        }
      }
      case WAL -> {
        if (!wal) {
          leaveWal(connection);
        }
      }
      case FILE_ONLY -> throw new TursoException(ErrorCode.READONLY);
    }
  }

  private void enterWal() {
    requireFree(lock.tryExclusive());
    boolean entered = false;
    try {
      HotJournal.rollBackIfHot(fileSystem, file, path, lock, !writable);
      new JournalModeChange(this).enterWal();
      entered = true;
    } finally {
      if (!entered) {
        lock.close();
      }
    }
  }

  private void leaveWal(ConnectionPager connection) {
    Attachment present = attachNow(false);
    WalFileShared log = present.log();
    requireUnused(present, connection);
    if (log == null || !log.isSharedWithOthers()) {
      new JournalModeChange(this).leaveWal(present);
      return;
    }
    if (!lock.tryExclusive()) {
      forgetIfLost(log);
      throw new TursoException(ErrorCode.BUSY);
    }
    try {
      new JournalModeChange(this).leaveWal(present);
    } finally {
      if (isCurrent(present)) {
        lock.downgrade();
      }
    }
  }

  private static void requireFree(boolean free) {
    if (!free) {
      throw new TursoException(ErrorCode.BUSY);
    }
  }

  /** Whether an attached database has a write-ahead log, or will have one. */
  synchronized boolean isWal() {
    return switch (attachNow(true).kind()) {
      case EMPTY -> newDatabase.wal();
      case JOURNALLED -> false;
      case FILE_ONLY -> Attaching.readHeader(file).isWal();
      case WAL -> true;
    };
  }
}
