package dev.tursojdbc.storage.pager;

import dev.tursojdbc.storage.error.ErrorCode;
import dev.tursojdbc.storage.error.TursoException;
import dev.tursojdbc.storage.page.DatabaseHeader;
import dev.tursojdbc.storage.page.PageWriter;
import dev.tursojdbc.storage.wal.Wal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The write transaction of a connection: its right to write, its {@linkplain Savepoint savepoints},
 * what it {@linkplain Spill spills}, its {@link Commit}. The pages that it changed are the {@link
 * DirtyPages}.
 *
 * <p>There is one object for all transactions of a connection. Savepoints may be opened before the
 * transaction is.
 */
final class WriteTransaction {
  /** Fewer images than this are never spilled. */
  private static final int MINIMAL_DIRTY_LIMIT = 8;

  private final ConnectionPager pager;
  private final DatabaseFile database;
  private final ConnectionSnapshot snapshot;
  private final DirtyPages dirtyPages;
  private final boolean readOnly;
  private final Spill spill;
  private final List<Savepoint> savepoints = new ArrayList<>();
  private final FailureGuard guard = new FailureGuard();
  private final Commit commit;

  private boolean open;

  /** Images in memory above which spilling is worth a try. */
  private int spillThreshold;

  WriteTransaction(
      ConnectionPager pager, ConnectionSnapshot snapshot, DirtyPages dirtyPages, boolean readOnly) {
    this.pager = pager;
    this.database = pager.database();
    this.snapshot = snapshot;
    this.dirtyPages = dirtyPages;
    this.readOnly = readOnly;
    this.spill = new Spill(dirtyPages);
    this.commit = new Commit(pager, snapshot, dirtyPages, guard);
  }

  boolean isOpen() {
    return open;
  }

  boolean hasChanges() {
    return open && !dirtyPages.isEmpty();
  }

  boolean hasWritten() {
    return open && dirtyPages.numbers().size() > 0;
  }

  void requireOpen() {
    if (!open) {
      throw new IllegalStateException("not writing");
    }
    guard.requireNoFailure();
  }

  void begin() {
    if (!snapshot.isHeld() || open) {
      throw new IllegalStateException(open ? "already writing" : "not reading");
    }
    requireWritableDatabase();
    if (!database.writerQueue().tryEnter(pager)) {
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
        database.writerQueue().leave(pager);
      }
    }
    open = true;
    spillThreshold = dirtyLimit() + dirtyLimit() / 4;
    pager.makeFirstPage();
  }

  private void requireWritableDatabase() {
    if (readOnly
        || snapshot.attachment().kind() == Attachment.Kind.FILE_ONLY
        || pager.page(1)[DatabaseHeader.WRITE_VERSION_OFFSET] > DatabaseHeader.WRITE_AHEAD_LOG) {
      throw new TursoException(ErrorCode.READONLY);
    }
  }

  private void leaveEmptyDatabase() {
    database.makeDatabase();
    snapshot.leaveEmptyDatabase();
    pager.followSnapshot();
    boolean isAsSeen =
        snapshot.log().snapshot().maxFrame() == 0
            && Arrays.equals(pager.page(1), database.newDatabase().firstPage());
    if (!isAsSeen) {
      // Somebody else was faster, and went on to fill the database.
      throw new TursoException(ErrorCode.BUSY_SNAPSHOT);
    }
  }

  // Spill

  /** To be asked after a page got a new image, which its caller is about to change. */
  void spillIfDue() {
    if (dirtyPages.residentCount() > spillThreshold) {
      spill(false);
    }
  }

  /** Nobody holds an image to change it: those of the current epoch can go, too. */
  void spillPoint() {
    if (open && dirtyPages.residentCount() > dirtyLimit()) {
      requireOpen();
      spill(true);
    }
  }

  private int dirtyLimit() {
    long images = database.cacheBudget() / 2 / snapshot.pageSize();
    return (int) Math.max(MINIMAL_DIRTY_LIMIT, Math.min(images, Integer.MAX_VALUE / 2));
  }

  private void spill(boolean currentEpoch) {
    pager.noteChange();
    int limit = dirtyLimit();
    guard.run(() -> spill.run(snapshot.log(), limit / 2, currentEpoch));
    // If little could be moved, the next try must wait until more came together.
    spillThreshold = Math.max(limit, dirtyPages.residentCount()) + limit / 4;
  }

  // Savepoints

  int openSavepoint() {
    Savepoint savepoint;
    if (open) {
      requireOpen();
      savepoint = new Savepoint(pager.pageCount(), spill.position(snapshot.log()));
    } else {
      savepoint = new Savepoint(Savepoint.AS_COMMITTED, null);
    }
    dirtyPages.open(savepoint);
    savepoints.add(savepoint);
    return savepoints.size() - 1;
  }

  void rollbackTo(int id) {
    Savepoint savepoint = savepoints.get(id);
    savepoints.subList(id + 1, savepoints.size()).clear();
    if (!open) {
      dirtyPages.rollbackTo(savepoint);
      return;
    }
    requireOpen();
    guard.run(
        () -> {
          dirtyPages.rollbackTo(savepoint);
          spill.rollbackTo(snapshot.log(), savepoint);
        });
    pager.setPageCount(
        savepoint.pageCount == Savepoint.AS_COMMITTED
            ? snapshot.pages().pageCount()
            : savepoint.pageCount);
    pager.makeFirstPage();
  }

  void release(int id) {
    while (savepoints.size() > id) {
      dirtyPages.close(savepoints.remove(savepoints.size() - 1));
    }
  }

  // Commit and rollback

  void lockForCommit() {
    requireOpen();
    commit.lock();
  }

  boolean needsSuperJournal() {
    return hasChanges() && commit.needsSuperJournal();
  }

  void prepareCommit(String superJournal) {
    requireOpen();
    if (hasChanges()) {
      commit.prepare(superJournal);
    }
  }

  /**
   * @return whether there was anything to commit
   */
  boolean commit() {
    requireOpen();
    boolean changes = hasChanges();
    if (changes) {
      commit.prepare("");
      commit.finish();
    }
    end();
    return changes;
  }

  void replaceBy(PageWriter content) {
    requireOpen();
    if (hasChanges()) {
      throw new IllegalStateException("changed");
    }
    commit.replaceBy(content);
    end();
  }

  /** Drops the changes, and savepoints that were opened without any. */
  void rollback() {
    if (open) {
      end();
    } else {
      release(0);
    }
  }

  /** What is dirty now has been committed, or is rolled back. */
  private void end() {
    Wal log = snapshot.log();
    commit.end();
    try {
      dirtyPages.end();
      if (spill.hasSpilled()) {
        int lastKept = log.lastKeptFrame();
        dirtyPages.views().forEach(view -> view.loadOwnImages(lastKept));
      }
    } finally {
      spill.reset();
      savepoints.clear();
      guard.reset();
      open = false;
      pager.followSnapshot();
      try {
        log.endWrite();
      } finally {
        database.writerQueue().leave(pager);
      }
    }
    if (!dirtyPages.hasPoints()) {
      snapshot.activateNewest();
    }
  }
}
