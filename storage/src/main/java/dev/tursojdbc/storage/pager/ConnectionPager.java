package dev.tursojdbc.storage.pager;

import static dev.tursojdbc.storage.page.PageBytes.getInt;
import static dev.tursojdbc.storage.page.PageBytes.putInt;

import dev.tursojdbc.storage.error.CorruptDatabaseException;
import dev.tursojdbc.storage.error.ErrorCode;
import dev.tursojdbc.storage.error.TursoException;
import dev.tursojdbc.storage.page.DatabaseHeader;
import dev.tursojdbc.storage.page.LockBytePage;
import dev.tursojdbc.storage.page.PointerMap;
import dev.tursojdbc.storage.page.PointerType;
import dev.tursojdbc.storage.wal.BusyHandler;
import dev.tursojdbc.storage.wal.CheckpointMode;
import dev.tursojdbc.storage.wal.CheckpointResult;
import dev.tursojdbc.storage.wal.SyncMode;
import dev.tursojdbc.storage.wal.Wal;
import dev.tursojdbc.storage.wal.WalAutoActions;
import dev.tursojdbc.storage.wal.WalFileShared;
import dev.tursojdbc.storage.wal.WalSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The connection of {@link Pager}: a snapshot's {@link CommittedPages}, over them the {@link
 * DirtyPages} of the transaction.
 *
 * <p>A page is looked up among the dirty ones if there are any, then in the shared cache; only a
 * miss goes to the log or to the file.
 */
final class ConnectionPager implements Pager {
  /** The position of a connection without a snapshot. */
  private static final long IDLE = Long.MIN_VALUE;

  /** Fewer images than this are never spilled. */
  private static final int MINIMAL_DIRTY_LIMIT = 8;

  private static final int POINTER_SHIFT = 32;

  private final DatabaseFile database;
  private final boolean readOnly;
  private final DirtyPages dirtyPages = new DirtyPages(this::readFrame);
  private final Spill spill = new Spill(dirtyPages);
  private final Freelist freelist = new Freelist(this);
  private final CommitBatch commitBatch = new CommitBatch();
  private final List<Savepoint> savepoints = new ArrayList<>();
  private final Supplier<Boolean> beginningRead = this::tryBeginRead;

  private BusyHandler busyHandler = BusyHandler.NONE;
  private SyncMode syncMode = SyncMode.FULL;
  private WalAutoActions autoActions = WalAutoActions.DEFAULT;

  private @Nullable Attachment attachment;
  private @Nullable Wal wal;
  private @Nullable PointerMap pointerMap;
  private int pageSize;
  private int usableSize;

  /** The committed pages of the snapshot; kept after it, for the next may be the same. */
  private @Nullable CommittedPages committed;

  private long snapshotId = IDLE;
  private int dataVersion = 1;

  /** Position of the snapshot that is held. Others only want to know roughly: no fence needed. */
  private final AtomicLong activePosition = new AtomicLong(IDLE);

  private boolean writing;

  /** Whether something went wrong after which the images and the log may not agree. */
  private boolean failed;

  private @Nullable TursoException failure;
  private int pageCount;
  private long changeCount;

  /** Images in memory above which spilling is worth a try. */
  private int spillThreshold;

  private boolean hasCommitted;
  private boolean closed;

  ConnectionPager(DatabaseFile database, boolean readOnly) {
    this.database = database;
    this.readOnly = readOnly;
    if (database.isInMemory()) {
      syncMode = SyncMode.OFF;
    }
  }

  // Read transaction

  @Override
  public boolean beginRead() {
    if (isReading()) {
      throw new IllegalStateException("already reading");
    }
    waitWhileBusy(beginningRead);
    Attachment present = attached();
    long id = present.snapshotId(committedPages().position());
    boolean changed = id != snapshotId;
    if (changed) {
      if (snapshotId != IDLE) {
        dataVersion++;
      }
      snapshotId = id;
      changeCount++;
    }
    pageCount = committedPages().pageCount();
    return changed;
  }

  private <T> T waitWhileBusy(Supplier<T> action) {
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

  private Boolean tryBeginRead() {
    while (true) {
      Attachment present = attach();
      Wal log = wal;
      if (log != null) {
        log.beginRead();
        adoptSnapshot(present, log);
        return true;
      }
      if (database.beginFileRead(this, present)) {
        adoptFile(present);
        return true;
      }
    }
  }

  private Attachment attach() {
    Attachment present = database.attach(readOnly);
    if (present != attachment) {
      attachment = present;
      committed = null;
      pageSize = present.pageSize();
      usableSize = pageSize;
      WalFileShared log = present.log();
      wal = log == null ? null : log.connect();
      if (wal != null) {
        wal.setAutoActions(autoActions);
      }
    }
    return present;
  }

  /** Makes the snapshot that the log has just given the one that pages are read from. */
  private void adoptSnapshot(Attachment present, Wal log) {
    boolean adopted = false;
    try {
      WalSnapshot snapshot = log.snapshot();
      activePosition.setRelease(snapshot.changeCount());
      CommittedPages last = committed;
      if (last == null || !last.isOf(snapshot)) {
        PageCache cache = present.cacheFor(log, snapshot);
        int filePages = snapshot.pageCount() != 0 ? snapshot.pageCount() : filePageCount();
        committed =
            withHeader(
                CommittedPages.ofSnapshot(
                    cache, database.file(), log, pageSize, filePages, snapshot));
      }
      adopted = true;
    } finally {
      if (!adopted) {
        log.endRead();
        activePosition.setRelease(IDLE);
      }
    }
  }

  private void adoptFile(Attachment present) {
    if (committed != null) {
      return;
    }
    boolean adopted = false;
    try {
      CommittedPages pages =
          CommittedPages.ofFile(present.fileCache(), database.file(), pageSize, filePageCount());
      if (present.kind() == Attachment.Kind.EMPTY) {
        pages.cache().offer(1, database.newDatabase().firstPage(), 0);
        committed = pages;
      } else {
        committed = withHeader(pages);
      }
      adopted = true;
    } finally {
      if (!adopted) {
        activePosition.setRelease(IDLE);
      }
    }
  }

  private int filePageCount() {
    long pages = (database.file().size() + pageSize - 1) / pageSize;
    return (int) Math.min(Integer.MAX_VALUE, pages);
  }

  /** The pages as the header on page 1 counts them; takes over what else it says. */
  private CommittedPages withHeader(CommittedPages pages) {
    DatabaseHeader header = DatabaseHeader.decode(pages.page(1));
    if (header.pageSize() != pageSize) {
      throw CorruptDatabaseException.atPage(
          1, "the header's page size is " + header.pageSize() + ", the log's " + pageSize);
    }
    if (header.usableSize() != usableSize || pointerMap == null) {
      usableSize = header.usableSize();
      pointerMap = new PointerMap(pageSize, usableSize);
    }
    return pages.withPageCount(header.pageCount(pages.pageCount()));
  }

  @Override
  public void endRead() {
    if (writing) {
      throw new IllegalStateException("still writing");
    }
    if (!isReading()) {
      return;
    }
    Wal log = wal;
    if (log != null) {
      log.endRead();
    }
    activePosition.setRelease(IDLE);
    if (hasCommitted && log != null) {
      hasCommitted = false;
      checkpointIfDue(log);
    }
  }

  private void checkpointIfDue(Wal log) {
    if (!log.isCheckpointDue()) {
      return;
    }
    try {
      log.checkpoint(CheckpointMode.PASSIVE, BusyHandler.NONE, syncMode);
    } catch (TursoException e) {
      // The commit before it is final and must not seem to have failed. What went wrong here goes
      // wrong again for who asks for a checkpoint, and a failed sync has poisoned the log.
      database.fileSystem().reached("pager.auto-checkpoint.failed");
    }
  }

  @Override
  public boolean isReading() {
    return activePosition.getPlain() != IDLE;
  }

  /** The position of the snapshot that is held, for the cache. */
  long activePosition() {
    return activePosition.getAcquire();
  }

  void activate(long position) {
    activePosition.setRelease(position);
  }

  @Override
  public long snapshotId() {
    return snapshotId;
  }

  @Override
  public int dataVersion() {
    return dataVersion;
  }

  private Attachment attached() {
    Attachment present = attachment;
    if (present == null) {
      throw new IllegalStateException("not reading");
    }
    return present;
  }

  private CommittedPages committedPages() {
    CommittedPages pages = committed;
    if (pages == null) {
      throw new IllegalStateException("not reading");
    }
    return pages;
  }

  private Wal log() {
    Wal log = wal;
    if (log == null) {
      throw new IllegalStateException("the database has no log");
    }
    return log;
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
    CommittedPages pages = committed;
    return pages != null ? pages.page(pageNumber) : committedPages().page(pageNumber);
  }

  private byte[] beyondEnd(int pageNumber) {
    if (pageNumber == 1 && pageCount == 0) {
      return committedPages().page(1);
    }
    throw CorruptDatabaseException.atPage(
        pageNumber, "there is no such page; the database has " + pageCount);
  }

  private byte[] readFrame(int frame) {
    byte[] bytes = new byte[pageSize];
    log().readFrame(frame, bytes);
    return bytes;
  }

  @Override
  public int pageSize() {
    if (pageSize == 0) {
      waitWhileBusy(this::attach);
    }
    return pageSize;
  }

  @Override
  public int usableSize() {
    return usableSize == 0 ? pageSize() : usableSize;
  }

  @Override
  public int pageCount() {
    return pageCount;
  }

  @Override
  public byte[] writable(int pageNumber) {
    requireWriting();
    if (pageNumber <= 0 || pageNumber > pageCount) {
      return beyondEnd(pageNumber);
    }
    changeCount++;
    byte[] bytes = dirtyPages.writable(pageNumber, committedPages());
    if (dirtyPages.residentCount() > spillThreshold) {
      spill(false);
    }
    return bytes;
  }

  /** A zeroed, writable image of a page that was free or did not exist. */
  private void blank(int pageNumber) {
    dirtyPages.blank(pageNumber, pageSize);
    if (dirtyPages.residentCount() > spillThreshold) {
      spill(false);
    }
  }

  @Override
  public void spillPoint() {
    if (dirtyPages.residentCount() > dirtyLimit() && writing) {
      requireWriting();
      spill(true);
    }
  }

  private int dirtyLimit() {
    return (int) Math.max(MINIMAL_DIRTY_LIMIT, database.cacheBudget() / 2 / pageSize);
  }

  private void spill(boolean currentEpoch) {
    changeCount++;
    guarded(() -> spill.run(log(), dirtyLimit() / 2, currentEpoch));
    // If little could be moved, the next try must wait until more came together.
    int limit = dirtyLimit();
    spillThreshold = Math.max(limit + limit / 4, dirtyPages.residentCount() + limit / 4);
  }

  /** Does something after whose failure only a rollback helps. */
  private void guarded(Runnable action) {
    failed = true;
    try {
      action.run();
      failed = false;
    } catch (TursoException e) {
      failure = e;
      throw e;
    }
  }

  private void requireWriting() {
    if (!writing) {
      throw new IllegalStateException("not writing");
    }
    if (failed) {
      throw afterFailure();
    }
  }

  private TursoException afterFailure() {
    TursoException before = failure;
    String advice = "the transaction must be rolled back";
    return before == null
        ? new TursoException(ErrorCode.INTERNAL, advice)
        : new TursoException(before.code(), before.getMessage() + " (" + advice + ")", before);
  }

  @Override
  public int allocate(int near) {
    requireWriting();
    changeCount++;
    int pageNumber = freelist.size() > 0 ? freelist.take(near) : grow();
    blank(pageNumber);
    return pageNumber;
  }

  @Override
  public boolean allocateExactly(int pageNumber) {
    requireWriting();
    changeCount++;
    if (pageNumber == nextPage()) {
      grow();
    } else if (pageNumber < 2
        || pageNumber > pageCount
        || (hasPointerMap() && (int) (pointer(pageNumber) >>> POINTER_SHIFT) != PointerType.FREE)
        || !freelist.takeExactly(pageNumber)) {
      return false;
    }
    blank(pageNumber);
    return true;
  }

  /** The page that the database grows by next, behind pages that are not for use. */
  private int nextPage() {
    int next = skipLockBytePage(pageCount + 1);
    return hasPointerMap() && map().isMapPage(next) ? skipLockBytePage(next + 1) : next;
  }

  private int skipLockBytePage(int pageNumber) {
    return pageNumber == LockBytePage.number(pageSize) ? pageNumber + 1 : pageNumber;
  }

  private int grow() {
    int mapPage = skipLockBytePage(pageCount + 1);
    int next = nextPage();
    if (next < 0 || next == Integer.MAX_VALUE) {
      throw new TursoException(ErrorCode.FULL);
    }
    pageCount = next;
    setHeaderValue(DatabaseHeader.PAGE_COUNT_OFFSET, next);
    if (mapPage != next) {
      blank(mapPage);
    }
    return next;
  }

  @Override
  public void free(int pageNumber) {
    requireWriting();
    if (pageNumber < 2 || pageNumber > pageCount) {
      throw CorruptDatabaseException.atPage(
          pageNumber, "to be freed, but the database has " + pageCount + " pages");
    }
    changeCount++;
    setPointer(pageNumber, PointerType.FREE, 0);
    boolean isLeaf = freelist.put(pageNumber);
    if (isLeaf && pageNumber <= committedPages().pageCount()) {
      dirtyPages.setUnneeded(pageNumber);
    }
  }

  @Override
  public void truncate(int newPageCount) {
    requireWriting();
    if (newPageCount < 1 || newPageCount > pageCount) {
      throw new IllegalArgumentException(newPageCount + " of " + pageCount + " pages");
    }
    changeCount++;
    pageCount = newPageCount;
    setHeaderValue(DatabaseHeader.PAGE_COUNT_OFFSET, newPageCount);
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
    return headerValue(DatabaseHeader.LARGEST_ROOT_PAGE_OFFSET) != 0;
  }

  private PointerMap map() {
    PointerMap map = pointerMap;
    if (map == null) {
      throw new IllegalStateException("not reading");
    }
    return map;
  }

  @Override
  public void setPointer(int pageNumber, int type, int parent) {
    requireWriting();
    if (!hasPointerMap()) {
      return;
    }
    int mapPage = entryPage(pageNumber);
    int offset = map().entryOffset(pageNumber);
    byte[] image = page(mapPage);
    if (image[offset] != type || getInt(image, offset + 1) != parent) {
      image = writable(mapPage);
      image[offset] = (byte) type;
      putInt(image, offset + 1, parent);
    }
  }

  @Override
  public long pointer(int pageNumber) {
    byte[] image = page(entryPage(pageNumber));
    int offset = map().entryOffset(pageNumber);
    return (long) (image[offset] & 0xFF) << POINTER_SHIFT
        | Integer.toUnsignedLong(getInt(image, offset + 1));
  }

  private int entryPage(int pageNumber) {
    if (!map().hasEntry(pageNumber)) {
      throw CorruptDatabaseException.atPage(pageNumber, "the page has no pointer-map entry");
    }
    return map().mapPageOf(pageNumber);
  }

  // Write transaction

  static TursoException noRollbackJournal() {
    return TursoException.notSupported("rollback-journal mode; run PRAGMA journal_mode=WAL");
  }

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
      if (attached().kind() == Attachment.Kind.EMPTY) {
        leaveEmptyDatabase();
      }
      log().beginWrite();
      begun = true;
    } finally {
      if (!begun) {
        database.writerQueue().leave(this);
      }
    }
    writing = true;
    spillThreshold = dirtyLimit() + dirtyLimit() / 4;
  }

  private void requireWritableDatabase() {
    if (readOnly) {
      throw new TursoException(ErrorCode.READONLY);
    }
    if (attached().kind() == Attachment.Kind.FILE_ONLY) {
      throw noRollbackJournal();
    }
    if (page(1)[DatabaseHeader.WRITE_VERSION_OFFSET] > DatabaseHeader.WRITE_AHEAD_LOG) {
      throw new TursoException(ErrorCode.READONLY);
    }
  }

  /** Goes on from a snapshot of the empty database to the log of the one that is made now. */
  private void leaveEmptyDatabase() {
    database.makeDatabase();
    attach();
    Wal log = log();
    log.beginRead();
    adoptSnapshot(attached(), log);
    pageCount = committedPages().pageCount();
    snapshotId = attached().snapshotId(committedPages().position());
    changeCount++;
    if (log.snapshot().maxFrame() != 0) {
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
  public void commit() {
    requireWriting();
    if (hasChanges()) {
      commitChanges();
    }
    endWrite();
  }

  private void commitChanges() {
    if (dirtyPages.find(1) != null) {
      JournalModeChange.countChange(writable(1));
      setHeaderValue(DatabaseHeader.PAGE_COUNT_OFFSET, pageCount);
    }
    Wal log = log();
    commitBatch.collect(dirtyPages, pageCount, committedPages());
    attached().announceCommit(committedPages().position());
    guarded(() -> commitBatch.commit(log, pageCount, syncMode));
    WalSnapshot snapshot = log.snapshot();
    PageCache cache = attached().cacheFor(log, snapshot);
    commitBatch.publish(cache, snapshot.changeCount());
    committed =
        CommittedPages.ofSnapshot(cache, database.file(), log, pageSize, pageCount, snapshot);
    snapshotId = attached().snapshotId(snapshot.changeCount());
    hasCommitted = true;
  }

  @Override
  public void rollback() {
    if (!writing) {
      savepoints.forEach(dirtyPages::close);
      savepoints.clear();
      return;
    }
    endWrite();
  }

  /** Ends the write transaction: what is dirty now has been committed, or is rolled back. */
  private void endWrite() {
    Wal log = log();
    if (failed) {
      attached().withdrawAnnouncement();
    }
    try {
      dirtyPages.end();
      if (spill.hasSpilled()) {
        int lastKept = log.snapshot().maxFrame();
        dirtyPages.views().forEach(view -> view.loadOwnImages(lastKept));
      }
    } finally {
      commitBatch.clear();
      spill.reset();
      savepoints.clear();
      failed = false;
      failure = null;
      writing = false;
      changeCount++;
      pageCount = committedPages().pageCount();
      log.endWrite();
      database.writerQueue().leave(this);
    }
    if (!dirtyPages.hasPoints()) {
      activePosition.setRelease(committedPages().position());
    }
  }

  // Savepoints and views

  @Override
  public int openSavepoint() {
    Savepoint savepoint =
        writing
            ? new Savepoint(pageCount, spill.position(log()))
            : new Savepoint(Savepoint.AS_COMMITTED, null);
    if (writing) {
      requireWriting();
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
    if (writing) {
      requireWriting();
      guarded(
          () -> {
            dirtyPages.rollbackTo(savepoint);
            spill.rollbackTo(log(), savepoint);
          });
      pageCount =
          savepoint.pageCount == Savepoint.AS_COMMITTED
              ? committedPages().pageCount()
              : savepoint.pageCount;
    } else {
      dirtyPages.rollbackTo(savepoint);
    }
    changeCount++;
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
    FrozenPages view = new FrozenPages(this, dirtyPages, committedPages());
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
    if (readOnly) {
      throw new TursoException(ErrorCode.READONLY);
    }
    waitWhileBusy(this::attach);
    Wal log = wal;
    return log == null
        ? new CheckpointResult(false, -1, -1)
        : log.checkpoint(mode, busyHandler, syncMode);
  }

  @Override
  public JournalMode journalMode() {
    waitWhileBusy(this::attach);
    return database.journalMode();
  }

  @Override
  public JournalMode setJournalMode(JournalMode mode) {
    if (isReading()) {
      throw new TursoException(
          ErrorCode.ERROR,
          "cannot change "
              + (mode == JournalMode.WAL ? "into" : "out of")
              + " wal mode from within a transaction");
    }
    JournalMode present = journalMode();
    if (mode == present || mode == JournalMode.MEMORY || present == JournalMode.MEMORY) {
      return present;
    }
    if (readOnly) {
      throw new TursoException(ErrorCode.READONLY);
    }
    return waitWhileBusy(() -> database.setJournalMode(this, mode));
  }

  @Override
  public boolean setPageSize(int bytes) {
    return (DatabaseHeader.isPageSize(bytes)
            && changeNewDatabase(made -> made.withPageSizeOf(bytes)))
        || pageSize() == bytes;
  }

  private boolean changeNewDatabase(UnaryOperator<NewDatabase> change) {
    boolean changed = waitWhileBusy(() -> database.changeNewDatabase(readOnly, change));
    if (changed && !isReading()) {
      attach();
    }
    return changed;
  }

  @Override
  public int autoVacuum() {
    return reading(
        () ->
            !hasPointerMap()
                ? 0
                : headerValue(DatabaseHeader.INCREMENTAL_VACUUM_OFFSET) == 0 ? 1 : 2);
  }

  @Override
  public boolean setAutoVacuum(int mode) {
    return (mode >= 0 && mode <= 2 && changeNewDatabase(made -> made.withAutoVacuum(mode)))
        || autoVacuum() == mode;
  }

  @Override
  public int textEncoding() {
    return reading(() -> DatabaseHeader.decode(page(1)).effectiveTextEncoding());
  }

  @Override
  public boolean setTextEncoding(int encoding) {
    boolean known = encoding >= DatabaseHeader.UTF_8 && encoding <= DatabaseHeader.UTF_16BE;
    return (known && changeNewDatabase(made -> made.withTextEncoding(encoding)))
        || textEncoding() == encoding;
  }

  /** Answers a question out of page 1, in a read transaction of its own if none is open. */
  private <T> T reading(Supplier<T> question) {
    boolean mustBegin = !isReading();
    if (mustBegin) {
      beginRead();
    }
    try {
      return question.get();
    } finally {
      if (mustBegin) {
        endRead();
      }
    }
  }

  @Override
  public void setBusyHandler(BusyHandler handler) {
    busyHandler = handler;
  }

  @Override
  public SyncMode syncMode() {
    return syncMode;
  }

  @Override
  public void setSyncMode(SyncMode mode) {
    syncMode = mode;
  }

  @Override
  public WalAutoActions autoActions() {
    return autoActions;
  }

  @Override
  public void setAutoActions(WalAutoActions actions) {
    autoActions = actions;
    Wal log = wal;
    if (log != null) {
      log.setAutoActions(actions);
    }
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
      Wal log = wal;
      if (log != null) {
        log.close();
      }
      database.leave(this, syncMode);
    }
  }
}
