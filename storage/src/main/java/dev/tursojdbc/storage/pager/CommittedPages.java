package dev.tursojdbc.storage.pager;

import dev.tursojdbc.storage.file.StorageFile;
import dev.tursojdbc.storage.wal.Wal;
import dev.tursojdbc.storage.wal.WalSnapshot;
import org.jspecify.annotations.Nullable;

/**
 * The committed pages of one snapshot, for the connection that holds it: out of the cache, else the
 * log, else the database file.
 *
 * <p>It outlives a commit of its connection: a view that was frozen before goes on reading here.
 * The connection's read-mark keeps the old frames and the file's pages as they are. Where the log
 * was restarted by that commit, the whole snapshot lies in the file.
 *
 * <p>A miss on the page behind the last miss is taken for a scan: then neighbours are read along,
 * twice as many each time, as long as they are neither cached nor in the log.
 */
final class CommittedPages {
  private static final int MAX_RUN_BYTES = 128 * 1024;

  private final PageCache cache;
  private final StorageFile file;
  private final @Nullable Wal wal;
  private final int pageSize;
  private final int pageCount;
  private final long position;
  private final long generation;
  private final int maxFrame;

  private int lastMiss = -1;
  private int run = 1;

  private CommittedPages(
      PageCache cache,
      StorageFile file,
      @Nullable Wal wal,
      int pageSize,
      int pageCount,
      long position,
      long generation,
      int maxFrame) {
    this.cache = cache;
    this.file = file;
    this.wal = wal;
    this.pageSize = pageSize;
    this.pageCount = pageCount;
    this.position = position;
    this.generation = generation;
    this.maxFrame = maxFrame;
  }

  /** The pages of a database that has no log, or an empty one. */
  static CommittedPages ofFile(PageCache cache, StorageFile file, int pageSize, int pageCount) {
    return new CommittedPages(cache, file, null, pageSize, pageCount, 0, 0, 0);
  }

  static CommittedPages ofSnapshot(
      PageCache cache,
      StorageFile file,
      Wal wal,
      int pageSize,
      int pageCount,
      WalSnapshot snapshot) {
    return new CommittedPages(
        cache,
        file,
        wal,
        pageSize,
        pageCount,
        snapshot.changeCount(),
        snapshot.generation(),
        snapshot.maxFrame());
  }

  /** These pages, counted otherwise: the header's count may differ from the file's. */
  CommittedPages withPageCount(int count) {
    return count == pageCount
        ? this
        : new CommittedPages(cache, file, wal, pageSize, count, position, generation, maxFrame);
  }

  /** Whether these are the pages of this snapshot. */
  boolean isOf(WalSnapshot snapshot) {
    return snapshot.changeCount() == position && snapshot.generation() == generation;
  }

  int pageCount() {
    return pageCount;
  }

  long position() {
    return position;
  }

  PageCache cache() {
    return cache;
  }

  /** The image of a page that exists; the caller has compared its number with the page count. */
  byte[] page(int pageNumber) {
    byte[] image = cache.find(pageNumber, position);
    return image != null ? image : load(pageNumber);
  }

  private byte[] load(int pageNumber) {
    if (cache.isChangedSince(pageNumber, position)) {
      byte[] older = cache.findOlder(pageNumber, position);
      if (older != null) {
        return older;
      }
    }
    int frame = frameOf(pageNumber);
    if (frame == 0) {
      return readFile(pageNumber);
    }
    byte[] image = new byte[pageSize];
    walOf().readFrame(frame, image);
    cache.offer(pageNumber, image, position);
    return image;
  }

  private int frameOf(int pageNumber) {
    return maxFrame == 0 || walOf().snapshot().generation() != generation
        ? 0
        : walOf().findFrame(pageNumber, maxFrame);
  }

  private Wal walOf() {
    Wal log = wal;
    if (log == null) {
      throw new IllegalStateException("the database has no log");
    }
    return log;
  }

  private byte[] readFile(int pageNumber) {
    run = pageNumber == lastMiss + 1 ? Math.min(2 * run, Math.max(1, MAX_RUN_BYTES / pageSize)) : 1;
    int count = 1;
    while (count < run && isWorthReading(pageNumber + count)) {
      count++;
    }
    lastMiss = pageNumber + count - 1;
    return count == 1 ? readPage(pageNumber) : readRun(pageNumber, count);
  }

  private boolean isWorthReading(int pageNumber) {
    return pageNumber <= pageCount
        && cache.find(pageNumber, position) == null
        && !cache.isChangedSince(pageNumber, position)
        && frameOf(pageNumber) == 0;
  }

  private byte[] readPage(int pageNumber) {
    byte[] image = new byte[pageSize];
    // What a file that was cut off does not have is zero, as in SQLite.
    file.read((pageNumber - 1L) * pageSize, image, 0, pageSize);
    cache.offer(pageNumber, image, position);
    return image;
  }

  private byte[] readRun(int firstPage, int count) {
    byte[] bytes = new byte[count * pageSize];
    int size = file.read((firstPage - 1L) * pageSize, bytes, 0, bytes.length);
    byte[] first = new byte[pageSize];
    System.arraycopy(bytes, 0, first, 0, pageSize);
    cache.offer(firstPage, first, position);
    for (int i = 1; i < size / pageSize; i++) {
      byte[] image = new byte[pageSize];
      System.arraycopy(bytes, i * pageSize, image, 0, pageSize);
      cache.offer(firstPage + i, image, position);
    }
    return first;
  }
}
