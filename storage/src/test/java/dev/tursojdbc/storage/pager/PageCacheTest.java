package dev.tursojdbc.storage.pager;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tursojdbc.storage.file.FileSystem.OpenMode;
import dev.tursojdbc.storage.file.MemoryFileSystem;
import dev.tursojdbc.storage.file.StorageFile;
import dev.tursojdbc.storage.wal.Wal;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One cache over a log in which others commit, backfill and restart behind our back. */
class PageCacheTest {
  private static final int PAGE_SIZE = 512;
  private static final int PAGES = 4;

  private StorageFile file;
  private FakeLog log;
  private Attachment attachment;
  private final Map<Wal, CommittedPages> readers = new HashMap<>();

  @BeforeEach
  void openDatabase() {
    MemoryFileSystem fileSystem = new MemoryFileSystem();
    file = fileSystem.open("fake.db", OpenMode.CREATE);
    for (int i = 1; i <= PAGES; i++) {
      file.write((i - 1L) * PAGE_SIZE, ByteBuffer.wrap(image(0)));
    }
    log = new FakeLog(file, PAGE_SIZE, PAGES);
    attachment =
        new Attachment(
            Attachment.Kind.WAL,
            PAGE_SIZE,
            null,
            null,
            1 << 20,
            (first, last) ->
                readers.values().stream()
                    .anyMatch(r -> first <= r.position() && r.position() <= last),
            1);
  }

  private static byte[] image(int value) {
    byte[] image = new byte[PAGE_SIZE];
    Arrays.fill(image, (byte) value);
    return image;
  }

  private Wal begin() {
    Wal reader = log.connect();
    reader.beginRead();
    readers.put(reader, pagesOf(reader));
    return reader;
  }

  private CommittedPages pagesOf(Wal reader) {
    PageCache cache = attachment.cacheFor(reader, reader.snapshot());
    return CommittedPages.ofSnapshot(cache, file, reader, PAGE_SIZE, PAGES, reader.snapshot());
  }

  private void end(Wal reader) {
    readers.remove(reader);
    reader.endRead();
  }

  private int value(Wal reader, int pageNumber) {
    byte[] image = readers.get(reader).page(pageNumber);
    assertThat(image[PAGE_SIZE - 1]).isEqualTo(image[0]);
    return image[0];
  }

  @Test
  void anImageIsReadOnceForAllReaders() {
    Wal first = begin();
    Wal second = begin();
    byte[] image = readers.get(first).page(2);

    assertThat(readers.get(second).page(2)).isSameAs(image);
  }

  @Test
  void aForeignCommitTakesAwayTheChangedPagesOnly() {
    Wal before = begin();
    byte[] untouched = readers.get(before).page(2);
    value(before, 3);
    log.commit(Map.of(3, image(7)));

    Wal after = begin();

    assertThat(readers.get(after).page(2)).isSameAs(untouched);
    assertThat(value(after, 3)).isEqualTo(7);
    assertThat(value(before, 3)).isZero();
  }

  @Test
  void anImageReadWhileAChangeOfThePageIsCoveredIsNotCached() {
    Wal before = begin();
    log.commit(Map.of(3, image(7)));
    end(begin());

    assertThat(value(before, 3)).isZero();
    end(before);
    log.backfill();

    Wal after = begin();
    assertThat(value(after, 3)).isEqualTo(7);
  }

  @Test
  void aBackfillKeepsTheImages() {
    log.commit(Map.of(3, image(7)));
    Wal before = begin();
    byte[] image = readers.get(before).page(3);
    end(before);
    log.backfill();

    Wal after = begin();

    assertThat(readers.get(after).page(3)).isSameAs(image);
  }

  @Test
  void aRestartWithoutCommitsKeepsTheImages() {
    log.commit(Map.of(3, image(7)));
    Wal before = begin();
    byte[] image = readers.get(before).page(3);
    end(before);
    log.backfill();
    assertThat(log.restart()).isTrue();

    Wal after = begin();

    assertThat(readers.get(after).page(3)).isSameAs(image);
  }

  @Test
  void aRestartWithCommitsThatNobodySawBeginsANewCacheAndOldSnapshotsKeepTheirs() {
    log.commit(Map.of(3, image(7)));
    log.backfill();
    Wal before = begin();
    byte[] image = readers.get(before).page(2);
    value(before, 3);
    assertThat(log.restart()).isTrue();
    log.commit(Map.of(3, image(8)));

    Wal after = begin();

    assertThat(value(after, 3)).isEqualTo(8);
    assertThat(value(before, 3)).isEqualTo(7);
    assertThat(readers.get(before).page(2)).isSameAs(image);
    assertThat(readers.get(after).page(2)).isNotSameAs(image);
  }

  @Test
  void theBudgetHoldsAndUsedImagesStay() {
    PageCache cache = new PageCache(PAGE_SIZE, 20L * PAGE_SIZE, (first, last) -> false);
    for (int i = 1; i <= 20; i++) {
      cache.offer(i, image(i), 0);
    }
    cache.offer(21, image(21), 0); // The hand goes round and takes the marks.
    cache.find(5, 0);
    for (int i = 100; i < 110; i++) {
      cache.offer(i, image(i), 0);
    }

    assertThat(cache.imageCount()).isEqualTo(20);
    assertThat(cache.find(5, 0)).isNotNull();
  }

  @Test
  void aSmallerBudgetIsKeptAtOnce() {
    PageCache cache = new PageCache(PAGE_SIZE, 1 << 20, (first, last) -> false);
    for (int i = 1; i <= 3000; i++) {
      cache.offer(i, image(i), 0);
    }
    assertThat(cache.imageCount()).isEqualTo(2048);

    cache.setBudget(50 * PAGE_SIZE);

    assertThat(cache.imageCount()).isEqualTo(50);
  }

  /** Random commits, backfills and restarts; every reader sees its snapshot at any time. */
  @Property(tries = 500)
  void everyReaderSeesItsSnapshot(@ForAll @Size(max = 150) List<Integer> commands) {
    openDatabase();
    readers.clear();
    Map<Wal, int[]> expected = new HashMap<>();
    int[] newest = new int[PAGES + 1];
    for (int command : commands) {
      SplittableRandom random = new SplittableRandom(command);
      List<Wal> open = List.copyOf(expected.keySet());
      switch (random.nextInt(8)) {
        case 0, 1 -> {
          Map<Integer, byte[]> pages = new HashMap<>();
          for (int i = random.nextInt(3); i >= 0; i--) {
            int pageNumber = 1 + random.nextInt(PAGES);
            newest[pageNumber] = (byte) random.nextInt();
            pages.put(pageNumber, image(newest[pageNumber]));
          }
          log.commit(pages);
        }
        case 2 -> log.backfill();
        case 3 -> log.restart();
        case 4 -> {
          if (open.size() < 4) {
            expected.put(begin(), newest.clone());
          }
        }
        case 5 -> {
          if (!open.isEmpty()) {
            Wal leaving = open.get(random.nextInt(open.size()));
            expected.remove(leaving);
            end(leaving);
          }
        }
        default -> {
          for (Wal reader : open) {
            for (int i = 0; i < PAGES / 2; i++) {
              int pageNumber = 1 + random.nextInt(PAGES);
              assertThat(value(reader, pageNumber)).isEqualTo(expected.get(reader)[pageNumber]);
            }
          }
        }
      }
    }
  }
}
