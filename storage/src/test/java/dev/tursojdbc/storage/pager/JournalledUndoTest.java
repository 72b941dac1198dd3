package dev.tursojdbc.storage.pager;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tursojdbc.storage.error.TursoException;
import dev.tursojdbc.storage.file.Fault;
import dev.tursojdbc.storage.file.FileOperation;
import dev.tursojdbc.storage.file.MemoryFileSystem;
import dev.tursojdbc.storage.file.RecordingFileSystem;
import dev.tursojdbc.storage.journal.JournalMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Commits that change pages here and there, in a file that grows and shrinks, fail and are undone
 * at once, or are left to the next one by a process that dies. The file is then, to the byte, what
 * it was before.
 */
class JournalledUndoTest {
  private static final String PATH = "test.db";
  private static final OpenOptions OPTIONS = new OpenOptions(false, true, false, 512);
  private static final int COMMITS = 25;
  private static final int MAX_PAGES = 300;

  private final RecordingFileSystem fileSystem = new RecordingFileSystem();

  /** What the pages are filled with. */
  private final TreeMap<Integer, Integer> pages = new TreeMap<>();

  private int next;

  @ParameterizedTest
  @CsvSource({
    "DELETE, 1, false",
    "DELETE, 2, true",
    "TRUNCATE, 3, false",
    "TRUNCATE, 4, true",
    "PERSIST, 5, false",
    "PERSIST, 6, true",
    "MEMORY, 7, false",
    "MEMORY, 8, true"
  })
  void whatIsUndoneIsAsBeforeToTheByte(JournalMode mode, long seed, boolean frees) {
    SplittableRandom random = new SplittableRandom(seed);
    int undone = 0;
    try (Pager pager = DatabaseFile.connect(fileSystem, PATH, OPTIONS)) {
      pager.settings().setJournalMode(mode);
      pager.database().setCacheBudget(seed % 4 == 0 ? 0 : 1 << 20);
      for (int i = 0; i < COMMITS; i++) {
        undone += failingCommits(pager, random, frees);
        byte[] before = content(fileSystem.kill());
        int begun = fileSystem.changeCount();
        begin(pager);
        change(pager, random, frees);
        pager.commit();
        pager.endRead();
        byte[] after = content(fileSystem.kill());

        assertThat(after.length).isEqualTo(pageCount(pager) * 512);
        checkPages(pager);
        for (int change = begun;
            mode != JournalMode.MEMORY && change <= fileSystem.changeCount();
            change++) {
          byte[] found = contentAfterRecovery(fileSystem.kill(change));
          assertThat(Arrays.equals(found, before) || Arrays.equals(found, after))
              .as("commit %d, killed at change %d", i, change - begun)
              .isTrue();
        }
      }
    }
    assertThat(undone).isGreaterThan(COMMITS / 2);
  }

  @Test
  void aLastPageThatIsFreeAndNotWrittenIsInTheFileAllTheSame() {
    try (Pager pager = DatabaseFile.connect(fileSystem, PATH, OPTIONS)) {
      pager.settings().setJournalMode(JournalMode.DELETE);
      begin(pager);
      fill(pager, 1);
      int trunk = pager.allocate(0);
      fill(pager, pager.allocate(0));
      int last = pager.allocate(0);
      pager.free(trunk);
      pager.free(last);

      pager.commit();
      pager.endRead();

      assertThat(content(fileSystem.kill()).length).isEqualTo(last * 512);
      assertThat(pageCount(pager)).isEqualTo(last);
      begin(pager);
      fill(pager, pager.allocate(0));
      fill(pager, pager.allocate(0));
      assertThat(pages).containsOnlyKeys(1, trunk, trunk + 1, last);
      pager.commit();
      pager.endRead();
      checkPages(pager);
    }
  }

  /** Commits whose n-th write fails, until there is none that has so many. */
  private int failingCommits(Pager pager, SplittableRandom random, boolean frees) {
    int undone = 0;
    byte[] before = content(fileSystem.kill());
    TreeMap<Integer, Integer> old = new TreeMap<>(pages);
    for (FileOperation operation : List.of(FileOperation.WRITE, FileOperation.TRUNCATE)) {
      for (int n = 1; n <= 6; n += 1 + random.nextInt(2)) {
        begin(pager);
        change(pager, random, frees);
        fileSystem.fail(operation, Fault.EIO, n, false);
        boolean committed = commits(pager);
        fileSystem.heal();
        pager.endRead();
        if (committed) {
          before = content(fileSystem.kill());
          old = new TreeMap<>(pages);
          break;
        }
        undone++;
        assertThat(Arrays.equals(content(fileSystem.kill()), before))
            .as("%s %d", operation, n)
            .isTrue();
        assertThat(journalRemains()).as("%s %d", operation, n).isFalse();
        pages.clear();
        pages.putAll(old);
        checkPages(pager);
      }
    }
    return undone;
  }

  private static boolean commits(Pager pager) {
    try {
      pager.commit();
      return true;
    } catch (TursoException e) {
      pager.rollback();
      return false;
    }
  }

  private static void begin(Pager pager) {
    pager.beginRead();
    pager.beginWrite();
  }

  private void change(Pager pager, SplittableRandom random, boolean frees) {
    fill(pager, 1);
    if (!frees && pages.size() > 20 && random.nextInt(4) == 0) {
      int pageCount = pager.pageCount() - 1 - random.nextInt(pages.size() / 2);
      pager.truncate(pageCount);
      pages.tailMap(pageCount + 1).clear();
    } else if (pager.pageCount() < MAX_PAGES) {
      for (int i = random.nextInt(4) == 0 ? random.nextInt(100) : random.nextInt(3); i > 0; i--) {
        fill(pager, pager.allocate(0));
      }
    }
    for (int i = random.nextInt(8); i > 0; i--) {
      fill(pager, anyPage(random));
    }
    if (random.nextBoolean()) {
      fill(pager, pages.lastKey());
    }
    for (int i = frees ? random.nextInt(5) : 0; i > 0 && pages.size() > 5; i--) {
      // Often the last one, which is then in the file, but not written.
      int page = random.nextBoolean() ? pages.lastKey() : anyPage(random);
      if (page != 1) {
        pager.free(page);
        pages.remove(page);
      }
    }
  }

  private int anyPage(SplittableRandom random) {
    return new ArrayList<>(pages.keySet()).get(random.nextInt(pages.size()));
  }

  private void fill(Pager pager, int pageNumber) {
    int value = ++next;
    byte[] page = pager.writable(pageNumber);
    for (int i = pageNumber == 1 ? 128 : 0; i < page.length; i++) {
      page[i] = (byte) (value >>> 8 * (i % 3));
    }
    pages.put(pageNumber, value);
    pager.spillPoint();
  }

  private void checkPages(Pager pager) {
    pager.beginRead();
    for (Map.Entry<Integer, Integer> entry : pages.entrySet()) {
      byte[] page = pager.page(entry.getKey());
      for (int i = entry.getKey() == 1 ? 128 : 0; i < page.length; i++) {
        if (page[i] != (byte) (entry.getValue() >>> 8 * (i % 3))) {
          throw new AssertionError("page " + entry.getKey() + " differs at " + i);
        }
      }
    }
    pager.endRead();
  }

  private static int pageCount(Pager pager) {
    pager.beginRead();
    int count = pager.pageCount();
    pager.endRead();
    return count;
  }

  private boolean journalRemains() {
    MemoryFileSystem disk = fileSystem.kill();
    if (!disk.exists(PATH + "-journal")) {
      return false;
    }
    byte[] journal = disk.content(PATH + "-journal");
    return journal.length > 0 && journal[0] != 0;
  }

  private static byte[] content(MemoryFileSystem disk) {
    return disk.exists(PATH) ? disk.content(PATH) : new byte[0];
  }

  private static byte[] contentAfterRecovery(MemoryFileSystem disk) {
    try (Pager pager = DatabaseFile.connect(disk, PATH, OPTIONS)) {
      pager.beginRead();
    }
    return content(disk);
  }
}
