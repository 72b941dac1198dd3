package dev.tursojdbc.storage.pager;

import static dev.tursojdbc.storage.page.PageBytes.getInt;
import static dev.tursojdbc.storage.page.PageBytes.putInt;

import dev.tursojdbc.storage.error.CorruptDatabaseException;
import dev.tursojdbc.storage.error.ErrorCode;
import dev.tursojdbc.storage.error.TursoException;
import dev.tursojdbc.storage.journal.JournalledConnection;
import dev.tursojdbc.storage.page.DatabaseHeader;
import dev.tursojdbc.storage.page.PageSource;
import dev.tursojdbc.storage.page.PageWriter;
import dev.tursojdbc.storage.wal.BusyHandler;
import dev.tursojdbc.storage.wal.CheckpointMode;
import dev.tursojdbc.storage.wal.CheckpointResult;
import dev.tursojdbc.storage.wal.SyncMode;
import dev.tursojdbc.storage.wal.Wal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * The connection of {@link Pager}: the committed pages of a {@link ConnectionSnapshot}, over them
 * the {@link DirtyPages} of the transaction.
 *
 * <p>A page is looked up among the dirty ones if there are any, then in the shared cache; only a
 * miss goes to the log or to the file.
 */
final class ConnectionPager implements Pager {
  /** Fewer images than this are never spilled. */
  private static final int MINIMAL_DIRTY_LIMIT = 8;

  private static final long NONE = Long.MIN_VALUE;

  private final DatabaseFile database;
  private final boolean readOnly;
  private final ConnectionSnapshot snapshot;
  private final PagerSettings settings;
  private final PointerEntries pointers = new PointerEntries(this);
  private final PageAllocator allocator = new PageAllocator(this, pointers);
  private final DirtyPages dirtyPages;
  private final Spill spill;
  private final CommitBatch commitBatch = new CommitBatch();
  private final List<Savepoint> savepoints = new ArrayList<>();
  private final FailureGuard guard = new FailureGuard();
  private final Supplier<Boolean> beginningRead;

  private long snapshotId = NONE;
  private int dataVersion = 1;
  private int pageCount;
  private long changeCount;

  private boolean writing;

  /** Whether the first phase of a commit has begun. */
  private boolean prepared;

  /** Images in memory above which spilling is worth a try. */
  private int spillThreshold;

  /** Whether the read transaction contained a commit, so that a checkpoint may be due. */
  private boolean hasCommitted;

  private boolean closed;

  ConnectionPager(DatabaseFile database, boolean readOnly) {
    this.database = database;
    this.readOnly = readOnly;
    this.snapshot = new ConnectionSnapshot(database, this, readOnly);
    this.settings = new PagerSettings(this, snapshot, readOnly);
    this.dirtyPages = new DirtyPages(snapshot::readFrame);
    this.spill = new Spill(dirtyPages);
    this.beginningRead =
        () -> {
          snapshot.begin();
          return true;
        };
  }

  // Read transaction

  @Override
  public boolean beginRead() {
    if (isReading()) {
      throw new IllegalStateException("already reading");
    }
    settings.waitWhileBusy(beginningRead);
    return adoptSnapshot();
  }

  @Override
  public boolean tryBeginRead() {
    if (isReading()) {
      throw new IllegalStateException("already reading");
    }
    try {
      snapshot.begin();
    } catch (TursoException e) {
      if (e.code().primaryCode() != ErrorCode.BUSY.code()) {
        throw e;
      }
      return false;
    }
    adoptSnapshot();
    return true;
  }

  /**
   * @return whether the snapshot differs from the last one
   */
  private boolean adoptSnapshot() {
    pageCount = snapshot.pages().pageCount();
    long id = snapshot.id();
    if (id == snapshotId) {
      return false;
    }
    if (snapshotId != NONE) {
      dataVersion++;
    }
    snapshotId = id;
    changeCount++;
    return true;
  }

  void attach() {
    settings.waitWhileBusy(snapshot::attach);
  }

  @Override
  public void endRead() {
    if (writing) {
      throw new IllegalStateException("still writing");
    }
    if (isReading()) {
      snapshot.end();
      if (hasCommitted) {
        hasCommitted = false;
        checkpointIfDue();
      }
    }
  }

  private void checkpointIfDue() {
    Wal log = snapshot.log();
    if (!log.isCheckpointDue()) {
      return;
    }
    try {
      log.checkpoint(CheckpointMode.PASSIVE, BusyHandler.NONE, settings.syncMode());
    } catch (TursoException e) {
      // The commit before it is final and must not seem to have failed. What went wrong here goes
      // wrong again for who asks for a checkpoint, and a failed sync has poisoned the log.
      database.fileSystem().reached("pager.auto-checkpoint.failed");
    }
  }

  @Override
  public boolean isReading() {
    return snapshot.isHeld();
  }

  /** The position of the snapshot that is held, for the cache. */
  long activePosition() {
    return snapshot.activePosition();
  }

  void activate(long position) {
    snapshot.activate(position);
  }

  @Override
  public long snapshotId() {
    return snapshotId;
  }

  @Override
  public int dataVersion() {
    return dataVersion;
  }

  // Pages

  @Override
  public byte[] page(int pageNumber) {
    if (pageNumber <= 0 || pageNumber > pageCount) {
      return beyondEnd(pageNumber);
    }
    if (!dirtyPages.isEmpty()) {
      DirtyImage image = dirtyPages.find(pageNumber);
      if (image != null) {
        return dirtyPages.bytes(image);
      }
    }
    return snapshot.pages().page(pageNumber);
  }

  private byte[] beyondEnd(int pageNumber) {
    if (pageNumber == 1 && pageCount == 0) {
      return snapshot.pages().page(1);
    }
    throw CorruptDatabaseException.atPage(
        pageNumber, "there is no such page; the database has " + pageCount);
  }

  @Override
  public int pageSize() {
    if (snapshot.pageSize() == 0) {
      attach();
    }
    return snapshot.pageSize();
  }

  @Override
  public int usableSize() {
    int size = snapshot.usableSize();
    return size == 0 ? pageSize() : size;
  }

  @Override
  public int pageCount() {
    return pageCount;
  }

  void setPageCount(int count) {
    pageCount = count;
  }

  @Override
  public byte[] writable(int pageNumber) {
    requireWriting();
    if (pageNumber <= 0 || pageNumber > pageCount) {
      return beyondEnd(pageNumber);
    }
    changeCount++;
    byte[] bytes = dirtyPages.writable(pageNumber, snapshot.pages());
    if (dirtyPages.residentCount() > spillThreshold) {
      spill(false);
    }
    return bytes;
  }

  /** Zeroes a page that was free or did not exist. */
  void makeBlank(int pageNumber) {
    dirtyPages.blank(pageNumber, snapshot.pageSize());
    if (dirtyPages.residentCount() > spillThreshold) {
      spill(false);
    }
  }

  /** The page has become a freelist leaf. One that the file does not have yet is written anyway. */
  void setUnneeded(int pageNumber) {
    if (pageNumber <= snapshot.pages().pageCount()) {
      dirtyPages.setUnneeded(pageNumber);
    }
  }

  @Override
  public void spillPoint() {
    if (writing && dirtyPages.residentCount() > dirtyLimit()) {
      requireWriting();
      spill(true);
    }
  }

  private int dirtyLimit() {
    long images = database.cacheBudget() / 2 / snapshot.pageSize();
    return (int) Math.max(MINIMAL_DIRTY_LIMIT, Math.min(images, Integer.MAX_VALUE / 2));
  }

  private void spill(boolean currentEpoch) {
    changeCount++;
    int limit = dirtyLimit();
    guard.run(() -> spill.run(snapshot.log(), limit / 2, currentEpoch));
    // If little could be moved, the next try must wait until more came together.
    spillThreshold = Math.max(limit, dirtyPages.residentCount()) + limit / 4;
  }

  @Override
  public int allocate(int near) {
    requireWriting();
    changeCount++;
    return allocator.allocate(near);
  }

  @Override
  public boolean allocateExactly(int pageNumber) {
    requireWriting();
    changeCount++;
    return allocator.allocateExactly(pageNumber);
  }

  @Override
  public void free(int pageNumber) {
    requireWriting();
    changeCount++;
    allocator.free(pageNumber);
  }

  @Override
  public void truncate(int newPageCount) {
    requireWriting();
    changeCount++;
    allocator.truncate(newPageCount);
  }

  @Override
  public void replaceContent(PageSource content) {
    requireWriting();
    changeCount++;
    ReplacedContent.copy(content, this);
  }

  @Override
  public void replaceBy(PageWriter content) {
    requireWriting();
    JournalledConnection connection = snapshot.journalled();
    if (connection == null || hasChanges()) {
      throw new IllegalStateException("changed, or with a log");
    }
    byte[] first = content.writable(1);
    ReplacedContent.keepHeaderFields(page(1), first, content.pageCount());
    JournalModeChange.countChange(first);
    connection.lockForCommit(settings.busyHandler());
    guard.run(() -> connection.replaceBy(content, settings.syncMode()));
    endWrite();
    endRead();
  }

  @Override
  public long changeCount() {
    return changeCount;
  }

  @Override
  public int headerValue(int offset) {
    return getInt(page(1), offset);
  }

  @Override
  public void setHeaderValue(int offset, int value) {
    putInt(writable(1), offset, value);
  }

  @Override
  public boolean hasPointerMap() {
    return pointers.exist();
  }

  @Override
  public void setPointer(int pageNumber, int type, int parent) {
    requireWriting();
    pointers.set(pageNumber, type, parent);
  }

  @Override
  public long pointer(int pageNumber) {
    return pointers.get(pageNumber);
  }

  // Write transaction

  @Override
  public boolean awaitWriterTurn(long nanos) {
    return database.writerQueue().await(this, nanos);
  }

  @Override
  public void beginWrite() {
    if (!isReading() || writing) {
      throw new IllegalStateException(writing ? "already writing" : "not reading");
    }
    requireWritableDatabase();
    if (!database.writerQueue().tryEnter(this)) {
      throw new TursoException(ErrorCode.BUSY);
    }
    boolean begun = false;
    try {
      if (snapshot.attachment().kind() == Attachment.Kind.EMPTY) {
        leaveEmptyDatabase();
      }
      snapshot.log().beginWrite();
      begun = true;
    } finally {
      if (!begun) {
        database.writerQueue().leave(this);
      }
    }
    writing = true;
    spillThreshold = dirtyLimit() + dirtyLimit() / 4;
    makeFirstPage();
  }

  /** A database without pages that gets no log for its first one gets it in the transaction. */
  private void makeFirstPage() {
    if (pageCount == 0) {
      byte[] first = page(1);
      pageCount = 1;
      makeBlank(1);
      System.arraycopy(first, 0, writable(1), 0, first.length);
    }
  }

  private void requireWritableDatabase() {
    if (readOnly) {
      throw new TursoException(ErrorCode.READONLY);
    }
    if (snapshot.attachment().kind() == Attachment.Kind.FILE_ONLY) {
      throw new TursoException(ErrorCode.READONLY);
    }
    if (page(1)[DatabaseHeader.WRITE_VERSION_OFFSET] > DatabaseHeader.WRITE_AHEAD_LOG) {
      throw new TursoException(ErrorCode.READONLY);
    }
  }

  private void leaveEmptyDatabase() {
    database.makeDatabase();
    snapshot.leaveEmptyDatabase();
    pageCount = snapshot.pages().pageCount();
    snapshotId = snapshot.id();
    changeCount++;
    if (snapshot.log().snapshot().maxFrame() != 0) {
      throw new TursoException(ErrorCode.BUSY_SNAPSHOT);
    }
  }

  @Override
  public boolean isWriting() {
    return writing;
  }

  @Override
  public boolean hasChanges() {
    return writing && !dirtyPages.isEmpty();
  }

  @Override
  public boolean hasWritten() {
    return writing && dirtyPages.numbers().size() > 0;
  }

  private void requireWriting() {
    if (!writing) {
      throw new IllegalStateException("not writing");
    }
    guard.requireNoFailure();
  }

  @Override
  public void lockForCommit() {
    requireWriting();
    snapshot.log().lockForCommit(settings.busyHandler());
  }

  @Override
  public boolean needsSuperJournal() {
    return hasChanges()
        && snapshot.journalled() != null
        && snapshot.rollbackMode().hasJournalFile()
        && settings.syncMode() != SyncMode.OFF;
  }

  @Override
  public void prepareCommit(String superJournal) {
    requireWriting();
    if (!hasChanges() || prepared) {
      return;
    }
    lockForCommit();
    Wal log = snapshot.log();
    if (dirtyPages.find(1) != null || log.overwritesCommitted()) {
      JournalModeChange.countChange(writable(1));
      setHeaderValue(DatabaseHeader.PAGE_COUNT_OFFSET, pageCount);
    }
    if (log.overwritesCommitted()) {
      dirtyPages.keepCommitted(snapshot.pages(), pageCount);
    }
    commitBatch.collect(dirtyPages, pageCount, snapshot.pages());
    snapshot.attachment().announceCommit(snapshot.pages().position());
    prepared = true;
    guard.run(() -> commitBatch.prepare(log, pageCount, settings.syncMode(), superJournal));
  }

  @Override
  public void commit() {
    requireWriting();
    if (hasChanges()) {
      prepareCommit("");
      commitChanges();
    }
    endWrite();
  }

  private void commitChanges() {
    Wal log = snapshot.log();
    guard.run(() -> commitBatch.commit(log, pageCount, settings.syncMode()));
    PageCache cache = snapshot.advance(pageCount);
    commitBatch.publish(cache, snapshot.pages().position());
    snapshotId = snapshot.id();
    hasCommitted = true;
  }

  @Override
  public void rollback() {
    if (writing) {
      endWrite();
    } else {
      release(0);
    }
  }

  /** Ends the write transaction: what is dirty now has been committed, or is rolled back. */
  private void endWrite() {
    Wal log = snapshot.log();
    if (guard.hasFailed()
        || (prepared && snapshot.pages().position() != log.snapshot().changeCount())) {
      snapshot.attachment().withdrawAnnouncement();
    }
    try {
      dirtyPages.end();
      if (spill.hasSpilled()) {
        int lastKept = log.lastKeptFrame();
        dirtyPages.views().forEach(view -> view.loadOwnImages(lastKept));
      }
    } finally {
      commitBatch.clear();
      spill.reset();
      savepoints.clear();
      guard.reset();
      prepared = false;
      writing = false;
      changeCount++;
      pageCount = snapshot.pages().pageCount();
      try {
        log.endWrite();
      } finally {
        database.writerQueue().leave(this);
      }
    }
    if (!dirtyPages.hasPoints()) {
      snapshot.activateNewest();
    }
  }

  // Savepoints and views

  @Override
  public int openSavepoint() {
    Savepoint savepoint;
    if (writing) {
      requireWriting();
      savepoint = new Savepoint(pageCount, spill.position(snapshot.log()));
    } else {
      savepoint = new Savepoint(Savepoint.AS_COMMITTED, null);
    }
    dirtyPages.open(savepoint);
    savepoints.add(savepoint);
    changeCount++;
    return savepoints.size() - 1;
  }

  @Override
  public void rollbackTo(int id) {
    Savepoint savepoint = savepoints.get(id);
    savepoints.subList(id + 1, savepoints.size()).clear();
    changeCount++;
    if (!writing) {
      dirtyPages.rollbackTo(savepoint);
      return;
    }
    requireWriting();
    guard.run(
        () -> {
          dirtyPages.rollbackTo(savepoint);
          spill.rollbackTo(snapshot.log(), savepoint);
        });
    pageCount =
        savepoint.pageCount == Savepoint.AS_COMMITTED
            ? snapshot.pages().pageCount()
            : savepoint.pageCount;
    makeFirstPage();
  }

  @Override
  public void release(int id) {
    while (savepoints.size() > id) {
      dirtyPages.close(savepoints.remove(savepoints.size() - 1));
    }
  }

  @Override
  public PageView freeze() {
    if (!isReading()) {
      throw new IllegalStateException("not reading");
    }
    FrozenPages view = new FrozenPages(this, dirtyPages, snapshot.pages());
    dirtyPages.open(view);
    if (writing) {
      changeCount++;
    }
    return view;
  }

  // The database as a whole

  @Override
  public CheckpointResult checkpoint(CheckpointMode mode) {
    if (isReading()) {
      throw new TursoException(ErrorCode.LOCKED);
    }
    if (readOnly && mode != CheckpointMode.NOOP) {
      throw new TursoException(ErrorCode.READONLY);
    }
    attach();
    Wal log = snapshot.logIfAny();
    return log == null
        ? new CheckpointResult(false, -1, -1)
        : log.checkpoint(mode, settings.busyHandler(), settings.syncMode());
  }

  @Override
  public PagerSettings settings() {
    return settings;
  }

  /** Whether the database had no page when it was looked at last. */
  boolean isEmpty() {
    return pageCount == 0;
  }

  /** The next snapshot is as if there had been none before: {@link #dataVersion} stays. */
  void forgetSnapshot() {
    snapshotId = NONE;
  }

  /** Whether the connection has read from an attachment; under the database's monitor. */
  boolean uses(Attachment attachment) {
    return snapshot.uses(attachment);
  }

  @Override
  public DatabaseFile database() {
    return database;
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    try {
      rollback();
      hasCommitted = false;
      endRead();
    } finally {
      snapshot.close();
      database.leave(this, settings.syncMode());
    }
  }
}
