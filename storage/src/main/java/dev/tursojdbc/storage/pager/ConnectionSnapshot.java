package dev.tursojdbc.storage.pager;

import dev.tursojdbc.storage.error.CorruptDatabaseException;
import dev.tursojdbc.storage.journal.JournalMode;
import dev.tursojdbc.storage.journal.JournalledConnection;
import dev.tursojdbc.storage.journal.JournalledFile;
import dev.tursojdbc.storage.page.DatabaseHeader;
import dev.tursojdbc.storage.wal.Wal;
import dev.tursojdbc.storage.wal.WalAutoActions;
import dev.tursojdbc.storage.wal.WalFileShared;
import dev.tursojdbc.storage.wal.WalSnapshot;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * What one connection reads from: the database as it was attached, the connection's view of the
 * log, and the committed pages of the snapshot that it holds or held last.
 *
 * <p>The pages are kept when the snapshot is given back, since the next one is often the same.
 */
final class ConnectionSnapshot {
  /** The position of a connection without a snapshot. */
  private static final long IDLE = Long.MIN_VALUE;

  private final DatabaseFile database;
  private final ConnectionPager connection;
  private final boolean readOnly;

  private @Nullable Attachment attachment;
  private @Nullable Wal wal;
  private @Nullable JournalledConnection journalled;
  private JournalMode rollbackMode = JournalMode.DELETE;
  private boolean exclusive;
  private @Nullable CommittedPages pages;
  private WalAutoActions autoActions = WalAutoActions.DEFAULT;
  private int pageSize;
  private int usableSize;

  /** Position of the snapshot that is held. Others only want to know roughly: no fence needed. */
  private final AtomicLong activePosition = new AtomicLong(IDLE);

  ConnectionSnapshot(DatabaseFile database, ConnectionPager connection, boolean readOnly) {
    this.database = database;
    this.connection = connection;
    this.readOnly = readOnly;
  }

  /** Takes the database into use, or notices that it was converted. */
  Attachment attach() {
    if (exclusive) {
      database.requireExclusive(connection);
    }
    Attachment present = database.attach(readOnly);
    return present == attachment ? present : database.adopt(this, readOnly);
  }

  /** Makes an attachment the one that is used; under the database's monitor. */
  void adopt(Attachment present) {
    close();
    attachment = present;
    pages = null;
    pageSize = present.pageSize();
    usableSize = 0;
    WalFileShared log = present.log();
    JournalledFile file = present.journalled();
    if (file != null) {
      connectTo(file);
    } else {
      wal = log == null ? null : log.connect();
    }
    if (wal != null) {
      wal.setAutoActions(autoActions);
    }
  }

  private void connectTo(JournalledFile file) {
    JournalledConnection made = file.connect(database.openForLocks(), readOnly);
    made.setMode(rollbackMode);
    made.setExclusive(exclusive);
    journalled = made;
    wal = made;
  }

  /** Whether the connection has read from this attachment; under the database's monitor. */
  boolean uses(Attachment other) {
    return attachment == other;
  }

  /** Takes a snapshot. */
  void begin() {
    while (true) {
      Attachment present = attach();
      Wal log = wal;
      if (log != null) {
        log.beginRead();
        if (database.isCurrent(present) && !present.isOutdated()) {
          adoptSnapshot(present, log);
          return;
        }
        log.endRead();
        database.forget(present);
        continue;
      }
      if (database.beginFileRead(connection, present)) {
        adoptFile(present);
        return;
      }
    }
  }

  /** Makes the snapshot that the log has just given the one that pages are read from. */
  private void adoptSnapshot(Attachment present, Wal log) {
    boolean adopted = false;
    try {
      WalSnapshot snapshot = log.snapshot();
      activePosition.setRelease(snapshot.changeCount());
      CommittedPages last = pages;
      if (last == null || !last.isOf(snapshot)) {
        int filePages = snapshot.pageCount() != 0 ? snapshot.pageCount() : filePageCount();
        CommittedPages found = pagesOf(present, log, snapshot, filePages);
        pages = filePages == 0 ? withoutPages(found) : withHeader(found);
      }
      adopted = true;
    } finally {
      if (!adopted) {
        log.endRead();
        activePosition.setRelease(IDLE);
      }
    }
  }

  private CommittedPages pagesOf(Attachment present, Wal log, WalSnapshot snapshot, int pageCount) {
    PageCache cache = present.cacheFor(log, snapshot);
    return CommittedPages.ofSnapshot(cache, database.file(), log, pageSize, pageCount, snapshot);
  }

  private void adoptFile(Attachment present) {
    if (pages != null) {
      return;
    }
    boolean adopted = false;
    try {
      CommittedPages found =
          CommittedPages.ofFile(present.fileCache(), database.file(), pageSize, filePageCount());
      pages = present.kind() == Attachment.Kind.EMPTY ? withoutPages(found) : withHeader(found);
      adopted = true;
    } finally {
      if (!adopted) {
        activePosition.setRelease(IDLE);
      }
    }
  }

  /** What page 1 will be like can be seen already. */
  private CommittedPages withoutPages(CommittedPages found) {
    usableSize = pageSize;
    found.cache().offer(1, database.newDatabase().firstPage(), found.position());
    return found;
  }

  private int filePageCount() {
    long count = (database.file().size() + pageSize - 1) / pageSize;
    return (int) Math.min(Integer.MAX_VALUE, count);
  }

  /** The pages as the header on page 1 counts them; takes over the usable size. */
  private CommittedPages withHeader(CommittedPages found) {
    DatabaseHeader header = DatabaseHeader.decode(found.page(1));
    if (header.pageSize() != pageSize) {
      throw CorruptDatabaseException.atPage(
          1, "the header's page size is " + header.pageSize() + ", the log's " + pageSize);
    }
    usableSize = header.usableSize();
    return found.withPageCount(header.pageCount(found.pageCount()));
  }

  /** Goes on from a snapshot of the empty database to one of the database that was made of it. */
  void leaveEmptyDatabase() {
    Attachment present = attach();
    Wal log = log();
    log.beginRead();
    adoptSnapshot(present, log);
  }

  /** A commit of this connection has moved the snapshot. @return the cache of the new one */
  PageCache advance(int pageCount) {
    Wal log = log();
    CommittedPages next = pagesOf(attachment(), log, log.snapshot(), pageCount);
    pages = next;
    return next.cache();
  }

  /** Nobody reads at an earlier position of this connection any more. */
  void activateNewest() {
    activePosition.setRelease(pages().position());
  }

  /** Gives the snapshot back. */
  void end() {
    Wal log = wal;
    if (log != null) {
      log.endRead();
    }
    activePosition.setRelease(IDLE);
  }

  boolean isHeld() {
    return activePosition.getPlain() != IDLE;
  }

  /** The position of the snapshot that is held, for the cache. */
  long activePosition() {
    return activePosition.getAcquire();
  }

  void activate(long position) {
    activePosition.setRelease(position);
  }

  long id() {
    return attachment().snapshotId(pages().position());
  }

  CommittedPages pages() {
    CommittedPages present = pages;
    if (present == null) {
      throw notReading();
    }
    return present;
  }

  Attachment attachment() {
    Attachment present = attachment;
    if (present == null) {
      throw notReading();
    }
    return present;
  }

  private static IllegalStateException notReading() {
    return new IllegalStateException("not reading");
  }

  /** The connection's view of the log, null if the database has none or is not attached yet. */
  @Nullable Wal logIfAny() {
    return wal;
  }

  Wal log() {
    Wal log = wal;
    if (log == null) {
      throw new IllegalStateException("the database has no log");
    }
    return log;
  }

  byte[] readFrame(int frame) {
    byte[] bytes = new byte[pageSize];
    log().readFrame(frame, bytes);
    return bytes;
  }

  /** 0 as long as the database is not attached. */
  int pageSize() {
    return pageSize;
  }

  /** 0 as long as no snapshot was taken since the database was attached. */
  int usableSize() {
    return usableSize;
  }

  WalAutoActions autoActions() {
    return autoActions;
  }

  void setAutoActions(WalAutoActions actions) {
    autoActions = actions;
    Wal log = wal;
    if (log != null) {
      log.setAutoActions(actions);
    }
  }

  /** How transactions are protected where there is no write-ahead log. */
  JournalMode rollbackMode() {
    return rollbackMode;
  }

  void setRollbackMode(JournalMode mode) {
    rollbackMode = mode;
    JournalledConnection connection = journalled;
    if (connection != null) {
      connection.setMode(mode);
    }
  }

  void setExclusive(boolean keepsLocks) {
    exclusive = keepsLocks;
    database.setExclusive(connection, keepsLocks);
    JournalledConnection connection = journalled;
    if (connection != null) {
      connection.setExclusive(keepsLocks);
    }
  }

  /** The connection's locks and journal; null where there is a write-ahead log or nothing yet. */
  @Nullable JournalledConnection journalled() {
    return journalled;
  }

  void close() {
    Wal log = wal;
    wal = null;
    journalled = null;
    if (log != null) {
      log.close();
    }
  }
}
