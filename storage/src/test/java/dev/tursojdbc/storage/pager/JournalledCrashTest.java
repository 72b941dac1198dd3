package dev.tursojdbc.storage.pager;

import static dev.tursojdbc.storage.page.PageBytes.getInt;
import static dev.tursojdbc.storage.page.PageBytes.putInt;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tursojdbc.storage.file.MemoryFileSystem;
import dev.tursojdbc.storage.file.RecordingFileSystem;
import dev.tursojdbc.storage.journal.JournalMode;
import dev.tursojdbc.storage.wal.SyncMode;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Power failures and dying processes at each change of the disk, with rollback journals.
 *
 * <p>What must be found after a power failure:
 *
 * <pre>
 *              OFF        NORMAL                     FULL                       EXTRA
 *   DELETE     anything   the last commit or the one before it                  the last commit
 *   others     anything   the last commit            the last commit            the last commit
 * </pre>
 *
 * <p>If only the process dies the last commit is there in all these, and without a journal as long
 * as nobody dies in a commit.
 */
class JournalledCrashTest {
  private static final int OFFSET = 128;

  /**
   * The bytes of a page that a journal's checksum looks at. As they differ from commit to commit, a
   * record that reached the disk in part is noticed; that it is not by chance is what NORMAL risks.
   */
  private static final int[] SUMMED = {112, 312};

  private static final OpenOptions OPTIONS = new OpenOptions(false, true, false, 512);

  /** Disk changes at the time the n-th commit began and returned, and its size. */
  private record Commit(int begun, int returned, int pageCount) {}

  private final RecordingFileSystem fileSystem = new RecordingFileSystem();
  private final List<Commit> commits = new ArrayList<>();

  static Stream<Arguments> modes() {
    return Stream.of(JournalMode.DELETE, JournalMode.TRUNCATE, JournalMode.PERSIST)
        .flatMap(
            mode -> Stream.of(SyncMode.values()).map(syncMode -> Arguments.of(mode, syncMode)));
  }

  private void run(JournalMode mode, SyncMode syncMode, long seed, int count) {
    SplittableRandom random = new SplittableRandom(seed);
    while (commits.size() < count) {
      try (Pager pager = DatabaseFile.connect(fileSystem, "test.db", OPTIONS)) {
        assertThat(pager.settings().setJournalMode(mode)).isEqualTo(mode);
        pager.settings().setSyncMode(syncMode);
        pager.database().setCacheBudget(random.nextBoolean() ? 0 : 1 << 20);
        for (int i = 0; i < 4; i++) {
          commit(pager, commits.size() + 1, 12 + random.nextInt(20));
        }
      }
    }
  }

  /** Writes the number to all pages, some of which it spills, in a file that grows or is cut. */
  private void commit(Pager pager, int number, int pages) {
    pager.beginRead();
    int begun = fileSystem.changeCount();
    pager.beginWrite();
    while (pager.pageCount() < pages) {
      pager.allocate(0);
    }
    int savepoint = pager.openSavepoint();
    writeAll(pager, -number);
    pager.rollbackTo(savepoint);
    writeAll(pager, number);
    if (pager.pageCount() > pages) {
      pager.truncate(pages);
    }
    pager.commit();
    commits.add(new Commit(begun, fileSystem.changeCount(), pager.pageCount()));
    pager.endRead();
  }

  private static void writeAll(Pager pager, int value) {
    for (int i = 1; i <= pager.pageCount(); i++) {
      byte[] page = pager.writable(i);
      putInt(page, OFFSET, value);
      for (int summed : SUMMED) {
        page[summed] = (byte) value;
      }
      pager.spillPoint();
    }
  }

  /** The number of the commit that the disk holds, after it was found to be whole. */
  private int found(MemoryFileSystem disk, String description) {
    try (Pager pager = DatabaseFile.connect(disk, "test.db", OPTIONS)) {
      pager.beginRead();
      if (pager.pageCount() < 2) {
        return 0;
      }
      int number = getInt(pager.page(2), OFFSET);
      assertThat(number).as(description).isBetween(1, commits.size());
      assertThat(pager.pageCount()).as(description).isEqualTo(commits.get(number - 1).pageCount);
      for (int i = 3; i <= pager.pageCount(); i++) {
        assertThat(getInt(pager.page(i), OFFSET)).as(description).isEqualTo(number);
      }
      return number;
    }
  }

  private void check(JournalMode mode, SyncMode syncMode, int crashesPerChange) {
    int maxLost = maxLost(mode, syncMode);
    for (int change = 0; change <= fileSystem.changeCount(); change++) {
      int at = change;
      int returned = (int) commits.stream().filter(c -> c.returned <= at).count();
      int begun = (int) commits.stream().filter(c -> c.begun < at).count();
      assertThat(found(fileSystem.kill(change), "kill " + change)).isBetween(returned, begun);
      for (int i = 0; i < crashesPerChange && syncMode != SyncMode.OFF; i++) {
        long seed = (long) change * crashesPerChange + i;
        String description = "crash " + change + ", " + seed;
        assertThat(found(fileSystem.crash(change, seed), description))
            .as(description)
            .isBetween(Math.max(0, returned - maxLost), begun);
      }
    }
  }

  private static int maxLost(JournalMode mode, SyncMode syncMode) {
    return mode == JournalMode.DELETE && syncMode != SyncMode.EXTRA ? 1 : 0;
  }

  @ParameterizedTest
  @MethodSource("modes")
  void whatSynchronousPromisesIsThere(JournalMode mode, SyncMode syncMode) {
    run(mode, syncMode, 1, 8);
    check(mode, syncMode, 2);
  }

  @Tag("crash")
  @ParameterizedTest
  @MethodSource("modes")
  void whatSynchronousPromisesIsThereInALongerHistory(JournalMode mode, SyncMode syncMode) {
    run(mode, syncMode, 2, 40);
    check(mode, syncMode, 8);
  }
}
