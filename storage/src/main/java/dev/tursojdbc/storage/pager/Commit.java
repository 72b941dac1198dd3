package dev.tursojdbc.storage.pager;

import dev.tursojdbc.storage.journal.JournalledConnection;
import dev.tursojdbc.storage.page.DatabaseHeader;
import dev.tursojdbc.storage.page.PageWriter;
import dev.tursojdbc.storage.wal.SyncMode;
import dev.tursojdbc.storage.wal.Wal;

/**
 * The commit of a connection's write transaction, in two phases where several databases commit
 * together.
 *
 * <pre>
 *   lock     nobody else can be in the way any more
 *   prepare  the images are collected; with a rollback journal they are written, too
 *   finish   the moment of commit; the images go to the cache, the snapshot becomes the new state
 *   end      what was prepared and did not come so far is withdrawn
 * </pre>
 *
 * <p>The commit may be what restarts the log. It is announced to the cache before, which then knows
 * that no other commit lies between what it has covered and the log's new beginning.
 */
final class Commit {
  private final ConnectionPager pager;
  private final ConnectionSnapshot snapshot;
  private final DirtyPages dirtyPages;
  private final FailureGuard guard;
  private final CommitBatch batch = new CommitBatch();

  /** Whether the first phase has begun. */
  private boolean prepared;

  Commit(
      ConnectionPager pager,
      ConnectionSnapshot snapshot,
      DirtyPages dirtyPages,
      FailureGuard guard) {
    this.pager = pager;
    this.snapshot = snapshot;
    this.dirtyPages = dirtyPages;
    this.guard = guard;
  }

  boolean needsSuperJournal() {
    return snapshot.journalled() != null
        && snapshot.rollbackMode().hasJournalFile()
        && syncMode() != SyncMode.OFF;
  }

  private SyncMode syncMode() {
    return pager.settings().syncMode();
  }

  void lock() {
    snapshot.log().lockForCommit(pager.settings().busyHandler());
  }

  /** The first phase, unless it has been run. */
  void prepare(String superJournal) {
    if (prepared) {
      return;
    }
    lock();
    Wal log = snapshot.log();
    if (dirtyPages.find(1) != null || log.overwritesCommitted()) {
      JournalModeChange.countChange(pager.writable(1));
      pager.setHeaderValue(DatabaseHeader.PAGE_COUNT_OFFSET, pager.pageCount());
    }
    if (log.overwritesCommitted()) {
      dirtyPages.keepCommitted(snapshot.pages(), pager.pageCount());
    }
    batch.collect(dirtyPages, pager.pageCount(), snapshot.pages());
    snapshot.attachment().announceCommit(snapshot.pages().position());
    prepared = true;
    guard.run(() -> batch.prepare(log, pager.pageCount(), syncMode(), superJournal));
  }

  void finish() {
    Wal log = snapshot.log();
    guard.run(() -> batch.commit(log, pager.pageCount(), syncMode()));
    PageCache cache = snapshot.advance(pager.pageCount());
    batch.publish(cache, snapshot.pages().position());
  }

  /** Commits another database in place of this one. */
  void replaceBy(PageWriter content) {
    JournalledConnection connection = snapshot.journalled();
    if (connection == null) {
      throw new IllegalStateException("with a log");
    }
    byte[] first = content.writable(1);
    ReplacedContent.keepHeaderFields(pager.page(1), first, content.pageCount());
    JournalModeChange.countChange(first);
    lock();
    guard.run(() -> connection.replaceBy(content, syncMode()));
  }

  /** The transaction ends, with this commit or without it. */
  void end() {
    if (guard.hasFailed() || (prepared && !isPublished())) {
      snapshot.attachment().withdrawAnnouncement();
    }
    batch.clear();
    prepared = false;
  }

  private boolean isPublished() {
    return snapshot.pages().position() == snapshot.log().snapshot().changeCount();
  }
}
