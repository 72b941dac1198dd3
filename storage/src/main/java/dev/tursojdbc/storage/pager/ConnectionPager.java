package dev.tursojdbc.storage.pager;

import static dev.tursojdbc.storage.page.PageBytes.getInt;
import static dev.tursojdbc.storage.page.PageBytes.putInt;

import dev.tursojdbc.storage.error.CorruptDatabaseException;
import dev.tursojdbc.storage.error.ErrorCode;
import dev.tursojdbc.storage.error.TursoException;
import dev.tursojdbc.storage.page.PageSource;
import dev.tursojdbc.storage.page.PageWriter;
import dev.tursojdbc.storage.wal.CheckpointMode;
import dev.tursojdbc.storage.wal.CheckpointResult;
import dev.tursojdbc.storage.wal.Wal;

/**
 * The connection of {@link Pager}: the committed pages of a {@link ConnectionSnapshot}, over them
 * the {@link DirtyPages} of the transaction.
 *
 * <p>A page is looked up among the dirty ones if there are any, then in the shared cache; only a
 * miss goes to the log or to the file.
 */
final class ConnectionPager implements Pager {
  private final DatabaseFile database;
  private final boolean readOnly;
  private final ConnectionSnapshot snapshot;
  private final PagerSettings settings;
  private final ReadTransactions reads;
  private final PointerEntries pointers = new PointerEntries(this);
  private final PageAllocator allocator = new PageAllocator(this, pointers);
  private final DirtyPages dirtyPages;
  private final WriteTransaction writes;

  private int pageCount;
  private long changeCount;
  private boolean closed;

  ConnectionPager(DatabaseFile database, boolean readOnly) {
    this.database = database;
    this.readOnly = readOnly;
    this.snapshot = new ConnectionSnapshot(database, this, readOnly);
    this.settings = new PagerSettings(this, snapshot, readOnly);
    this.reads = new ReadTransactions(database, snapshot, settings);
    this.dirtyPages = new DirtyPages(snapshot::readFrame);
    this.writes = new WriteTransaction(this, snapshot, dirtyPages, readOnly);
  }

  // Read transaction

  @Override
  public boolean beginRead() {
    long last = reads.snapshotId();
    reads.begin();
    return showSnapshot(last);
  }

  @Override
  public boolean tryBeginRead() {
    long last = reads.snapshotId();
    if (!reads.tryBegin()) {
      return false;
    }
    showSnapshot(last);
    return true;
  }

  /** Shows the pages of the snapshot. @return whether it is another one than the last */
  private boolean showSnapshot(long last) {
    pageCount = snapshot.pages().pageCount();
    if (reads.snapshotId() == last) {
      return false;
    }
    changeCount++;
    return true;
  }

  void attach() {
    settings.waitWhileBusy(snapshot::attach);
  }

  @Override
  public void endRead() {
    if (writes.isOpen()) {
      throw new IllegalStateException("still writing");
    }
    reads.end();
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
    return reads.snapshotId();
  }

  @Override
  public int dataVersion() {
    return reads.dataVersion();
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
    return size == 0 ? readUsableSize() : size;
  }

  /** Who prepares for pages before the first snapshot is taken must know their size, too. */
  private int readUsableSize() {
    if (tryBeginRead()) {
      try {
        return snapshot.usableSize();
      } finally {
        endRead();
      }
    }
    // Locked. Nothing is reserved in a database that is just being made.
    return database.file().size() == 0
        ? pageSize()
        : Attaching.readHeader(database.file()).usableSize();
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
    writes.requireOpen();
    if (pageNumber <= 0 || pageNumber > pageCount) {
      return beyondEnd(pageNumber);
    }
    changeCount++;
    byte[] bytes = dirtyPages.writable(pageNumber, snapshot.pages());
    writes.spillIfDue();
    return bytes;
  }

  /** Zeroes a page that was free or did not exist. */
  void makeBlank(int pageNumber) {
    dirtyPages.blank(pageNumber, snapshot.pageSize());
    writes.spillIfDue();
  }

  /** The page has become a freelist leaf. One that the file does not have yet is written anyway. */
  void setUnneeded(int pageNumber) {
    if (pageNumber <= snapshot.pages().pageCount()) {
      dirtyPages.setUnneeded(pageNumber);
    }
  }

  @Override
  public void spillPoint() {
    writes.spillPoint();
  }

  /** What pages show has changed, or will lie elsewhere. */
  void noteChange() {
    changeCount++;
  }

  @Override
  public int allocate(int near) {
    writes.requireOpen();
    changeCount++;
    return allocator.allocate(near);
  }

  @Override
  public boolean allocateExactly(int pageNumber) {
    writes.requireOpen();
    changeCount++;
    return allocator.allocateExactly(pageNumber);
  }

  @Override
  public void free(int pageNumber) {
    writes.requireOpen();
    changeCount++;
    allocator.free(pageNumber);
  }

  @Override
  public void truncate(int newPageCount) {
    writes.requireOpen();
    changeCount++;
    allocator.truncate(newPageCount);
  }

  @Override
  public void replaceContent(PageSource content) {
    writes.requireOpen();
    changeCount++;
    ReplacedContent.copy(content, this);
  }

  @Override
  public void replaceBy(PageWriter content) {
    writes.replaceBy(content);
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
    writes.requireOpen();
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
    writes.begin();
  }

  /** A database without pages that gets no log for its first one gets it in the transaction. */
  void makeFirstPage() {
    if (pageCount == 0) {
      byte[] first = page(1);
      pageCount = 1;
      makeBlank(1);
      System.arraycopy(first, 0, writable(1), 0, first.length);
    }
  }

  /** The snapshot has moved with what this connection did, or shows again without its changes. */
  void followSnapshot() {
    pageCount = snapshot.pages().pageCount();
    reads.followSnapshot();
    changeCount++;
  }

  @Override
  public boolean isWriting() {
    return writes.isOpen();
  }

  @Override
  public boolean hasChanges() {
    return writes.hasChanges();
  }

  @Override
  public boolean hasWritten() {
    return writes.hasWritten();
  }

  @Override
  public void lockForCommit() {
    writes.lockForCommit();
  }

  @Override
  public boolean needsSuperJournal() {
    return writes.needsSuperJournal();
  }

  @Override
  public void prepareCommit(String superJournal) {
    writes.prepareCommit(superJournal);
  }

  @Override
  public void commit() {
    if (writes.commit()) {
      reads.noteCommit();
    }
  }

  @Override
  public void rollback() {
    writes.rollback();
  }

  // Savepoints and views

  @Override
  public int openSavepoint() {
    changeCount++;
    return writes.openSavepoint();
  }

  @Override
  public void rollbackTo(int id) {
    changeCount++;
    writes.rollbackTo(id);
  }

  @Override
  public void release(int id) {
    writes.release(id);
  }

  @Override
  public PageView freeze() {
    if (!isReading()) {
      throw new IllegalStateException("not reading");
    }
    FrozenPages view = new FrozenPages(this, dirtyPages, snapshot.pages());
    dirtyPages.open(view);
    if (writes.isOpen()) {
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
    reads.forgetSnapshot();
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
      reads.endForGood();
    } finally {
      snapshot.close();
      database.leave(this, settings.syncMode());
    }
  }
}
