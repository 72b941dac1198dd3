package dev.tursojdbc.storage.pager;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tursojdbc.storage.file.FileSystem.OpenMode;
import dev.tursojdbc.storage.file.MemoryFileSystem;
import dev.tursojdbc.storage.file.StorageFile;
import dev.tursojdbc.storage.page.PageBytes;
import dev.tursojdbc.storage.wal.Wal;
import dev.tursojdbc.storage.wal.WalSnapshot;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Readers look up, miss and offer pages while commits are covered and published and images evicted;
 * each page must be what the reader's snapshot sees.
 *
 * <p>The history is made beforehand: commit {@code n} writes the number {@code n} into some pages.
 * Time passes by telling readers how much of it has happened.
 */
class PageCacheStressTest {
  private static final int PAGE_SIZE = 512;
  private static final int PAGES = 60;
  private static final int PAGES_PER_COMMIT = 3;
  private static final int COMMITS = 600;
  private static final int READERS = 4;
  private static final long IDLE = -1;

  private StorageFile file;
  private FakeLog log;

  /** For each commit the number in each page after it. */
  private int[][] history;

  private final AtomicInteger happened = new AtomicInteger();
  private final AtomicLongArray active = new AtomicLongArray(READERS);

  @BeforeEach
  void makeHistory() {
    file = new MemoryFileSystem().open("fake.db", OpenMode.CREATE);
    for (int i = 0; i < PAGES; i++) {
      file.write((long) i * PAGE_SIZE, ByteBuffer.wrap(image(0)));
    }
    log = new FakeLog(file, PAGE_SIZE, PAGES);
    history = new int[COMMITS + 1][];
    history[0] = new int[PAGES + 1];
    SplittableRandom random = new SplittableRandom(5);
    for (int n = 1; n <= COMMITS; n++) {
      history[n] = history[n - 1].clone();
      Map<Integer, byte[]> pages = new HashMap<>();
      while (pages.size() < PAGES_PER_COMMIT) {
        int page = 1 + random.nextInt(PAGES);
        history[n][page] = n;
        pages.put(page, image(n));
      }
      log.commit(pages);
    }
  }

  private static byte[] image(int value) {
    byte[] image = new byte[PAGE_SIZE];
    PageBytes.putInt(image, 0, value);
    PageBytes.putInt(image, PAGE_SIZE - Integer.BYTES, value);
    return image;
  }

  private static WalSnapshot snapshot(int position) {
    return new WalSnapshot(1, position * PAGES_PER_COMMIT, 1, PAGES, position);
  }

  private boolean isAnyActive(long first, long last) {
    for (int i = 0; i < READERS; i++) {
      long position = active.get(i);
      if (first <= position && position <= last) {
        return true;
      }
    }
    return false;
  }

  /** Covers and publishes each commit at once, as a committer of this process does. */
  private Void commit(Attachment attachment, Wal wal) {
    int[] numbers = new int[PAGES_PER_COMMIT];
    byte[][] images = new byte[PAGES_PER_COMMIT][];
    for (int n = 1; n <= COMMITS; n++) {
      for (int i = 0; i < PAGES_PER_COMMIT; i++) {
        numbers[i] = wal.pageNumber((n - 1) * PAGES_PER_COMMIT + i + 1);
        images[i] = image(n);
      }
      attachment.announceCommit(n - 1);
      happened.set(n);
      PageCache cache = attachment.cacheFor(wal, snapshot(n));
      cache.publish(numbers, images, PAGES_PER_COMMIT, n);
      if (n % 8 == 0) {
        LockSupport.parkNanos(1000);
      }
    }
    return null;
  }

  private Void read(Attachment attachment, Wal wal, int reader) {
    SplittableRandom random = new SplittableRandom(reader);
    int position = 0;
    while (position < COMMITS) {
      position = happened.get();
      active.set(reader, position);
      WalSnapshot snapshot = snapshot(position);
      CommittedPages pages =
          CommittedPages.ofSnapshot(
              attachment.cacheFor(wal, snapshot), file, wal, PAGE_SIZE, PAGES, snapshot);
      // Some hold their snapshot for long.
      int count = reader == 0 ? 400 : 30;
      for (int i = 0; i < count; i++) {
        int page = 1 + random.nextInt(PAGES);
        byte[] image = pages.page(page);
        int expected = history[position][page];
        if (PageBytes.getInt(image, 0) != expected
            || PageBytes.getInt(image, PAGE_SIZE - Integer.BYTES) != expected) {
          throw new AssertionError(
              "page %d at %d is of %d, not of %d"
                  .formatted(page, position, PageBytes.getInt(image, 0), expected));
        }
      }
      active.set(reader, IDLE);
    }
    return null;
  }

  @ParameterizedTest
  @ValueSource(ints = {1000, 20})
  void everyReaderSeesItsSnapshotWhileOthersCommitAndEvict(int budgetPages) throws Exception {
    Attachment attachment =
        new Attachment(
            Attachment.Kind.WAL,
            PAGE_SIZE,
            null,
            null,
            (long) budgetPages * PAGE_SIZE,
            this::isAnyActive,
            1);
    List<Callable<Void>> tasks = new ArrayList<>();
    Wal writer = begun();
    tasks.add(() -> commit(attachment, writer));
    for (int i = 0; i < READERS; i++) {
      int reader = i;
      Wal wal = begun();
      tasks.add(() -> read(attachment, wal, reader));
    }

    ExecutorService threads = Executors.newFixedThreadPool(tasks.size());
    try {
      List<Future<Void>> results = new ArrayList<>();
      for (Callable<Void> task : tasks) {
        results.add(threads.submit(task));
      }
      for (Future<Void> result : results) {
        result.get(60, TimeUnit.SECONDS);
      }
    } finally {
      threads.shutdownNow();
    }

    assertThat(attachment.cachedPageCount()).isPositive().isLessThanOrEqualTo(budgetPages);
  }

  private Wal begun() {
    Wal wal = log.connect();
    wal.beginRead();
    return wal;
  }
}
