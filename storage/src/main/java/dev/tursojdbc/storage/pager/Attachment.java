package dev.tursojdbc.storage.pager;

import dev.tursojdbc.storage.journal.JournalledFile;
import dev.tursojdbc.storage.wal.Wal;
import dev.tursojdbc.storage.wal.WalFileShared;
import dev.tursojdbc.storage.wal.WalSnapshot;
import org.jspecify.annotations.Nullable;

/**
 * What an open database file was found to be, or was made: empty, without a log, or with one. It is
 * replaced when that changes; connections notice at their next read transaction.
 */
final class Attachment {
  enum Kind {
    /** No page yet. */
    EMPTY,
    /** To be read from its file alone: an immutable one, one whose locks cannot be taken. */
    FILE_ONLY,
    /** Without a log; its transactions are protected by rollback journals. */
    JOURNALLED,
    /** With a write-ahead log. */
    WAL
  }

  private final Kind kind;
  private final int pageSize;
  private final @Nullable WalFileShared log;
  private final @Nullable JournalledFile journalled;
  private final ActivePositions active;
  private final long era;
  private volatile long cacheBudget;
  private volatile @Nullable PageCache cache;

  /**
   * @param cacheBudget bytes that the page cache may take
   * @param era counts the attachments of a database
   */
  Attachment(
      Kind kind,
      int pageSize,
      @Nullable WalFileShared log,
      @Nullable JournalledFile journalled,
      long cacheBudget,
      ActivePositions active,
      long era) {
    this.kind = kind;
    this.pageSize = pageSize;
    this.log = log;
    this.journalled = journalled;
    this.cacheBudget = cacheBudget;
    this.active = active;
    this.era = era;
  }

  Kind kind() {
    return kind;
  }

  int pageSize() {
    return pageSize;
  }

  @Nullable WalFileShared log() {
    return log;
  }

  @Nullable JournalledFile journalled() {
    return journalled;
  }

  /** Whether the file is not any more what it was attached as. */
  boolean isOutdated() {
    JournalledFile file = journalled;
    return file != null && file.isOutdated();
  }

  /** A number for a committed state, different from those of other attachments. */
  long snapshotId(long changeCount) {
    return era << 40 | changeCount;
  }

  /** The cache of a database without a log. */
  PageCache fileCache() {
    PageCache present = cache;
    return present != null ? present : newFileCache();
  }

  private synchronized PageCache newFileCache() {
    PageCache present = cache;
    if (present == null) {
      present = new PageCache(pageSize, cacheBudget, active);
      cache = present;
    }
    return present;
  }

  /** The cache to read a snapshot with, which is held. */
  PageCache cacheFor(Wal wal, WalSnapshot snapshot) {
    PageCache present = cache;
    return present != null
            && snapshot.changeCount() >= present.firstPosition()
            && present.cover(wal, snapshot)
        ? present
        : newCache(wal, snapshot);
  }

  private synchronized PageCache newCache(Wal wal, WalSnapshot snapshot) {
    PageCache present = cache;
    if (present != null
        && snapshot.changeCount() >= present.firstPosition()
        && present.cover(wal, snapshot)) {
      return present;
    }
    PageCache made = new PageCache(pageSize, cacheBudget, active, snapshot);
    if (present == null || snapshot.changeCount() >= present.firstPosition()) {
      cache = made;
    }
    // Else the snapshot is older than what the cache knows about, and gets one for itself.
    return made;
  }

  int cachedPageCount() {
    PageCache present = cache;
    return present == null ? 0 : present.imageCount();
  }

  void setCacheBudget(long bytes) {
    cacheBudget = bytes;
    PageCache present = cache;
    if (present != null) {
      present.setBudget(bytes);
    }
  }

  /** A writer is about to commit on top of this position. */
  void announceCommit(long basePosition) {
    PageCache present = cache;
    if (present != null) {
      present.announceCommit(basePosition);
    }
  }

  /** The announced commit did not come about. */
  void withdrawAnnouncement() {
    announceCommit(PageCache.NO_POSITION);
  }
}
