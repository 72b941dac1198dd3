package dev.tursojdbc.storage.pager;

import static dev.tursojdbc.storage.page.PageBytes.getInt;
import static dev.tursojdbc.storage.page.PageBytes.putInt;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tursojdbc.storage.file.MemoryFileSystem;
import dev.tursojdbc.storage.file.RecordingFileSystem;
import dev.tursojdbc.storage.wal.CheckpointMode;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Power failures at each change of the disk, from the making of a database to its last close. Each
 * commit writes its number to all pages, some of which it spills, many of them several times: with
 * savepoints, without, and after coming back to one.
 */
class PagerCrashTest {
  private static final int PAGES = 30;
  private static final int OFFSET = 128;
  private static final OpenOptions OPTIONS = new OpenOptions(false, true, false, 512);
  private static final List<CheckpointMode> MODES =
      List.copyOf(EnumSet.complementOf(EnumSet.of(CheckpointMode.NOOP)));

  /** Disk changes at the time the n-th commit began and returned. */
  private record Commit(int begun, int returned) {}

  private final RecordingFileSystem fileSystem = new RecordingFileSystem();
  private final List<Commit> commits = new ArrayList<>();

  private void run(long seed, int count) {
    SplittableRandom random = new SplittableRandom(seed);
    while (commits.size() < count) {
      try (Pager pager = DatabaseFile.connect(fileSystem, "test.db", OPTIONS)) {
        pager.database().setCacheBudget(commits.isEmpty() || random.nextBoolean() ? 0 : 1 << 20);
        for (int i = 0; i < 8; i++) {
          commit(pager, commits.size() + 1);
          if (random.nextInt(3) == 0) {
            pager.checkpoint(MODES.get(random.nextInt(MODES.size())));
          }
        }
      }
    }
  }

  private void commit(Pager pager, int number) {
    pager.beginRead();
    int begun = fileSystem.changeCount();
    pager.beginWrite();
    while (pager.pageCount() < PAGES) {
      pager.allocate(0);
    }
    for (int round = number % 4; round >= 0; round--) {
      int savepoint = pager.openSavepoint();
      writeAll(pager, number + 1000 * round);
      if (round == 2) {
        writeAll(pager, -number);
        pager.rollbackTo(savepoint);
      }
      pager.release(savepoint);
      if (round > 0) {
        // Without a savepoint pages go into the frames that they have.
        writeAll(pager, number + 1000 * round + 500);
        writeAll(pager, number + 1000 * round + 501);
      }
    }
    pager.commit();
    commits.add(new Commit(begun, fileSystem.changeCount()));
    pager.endRead();
  }

  private static void writeAll(Pager pager, int value) {
    for (int i = 2; i <= PAGES; i++) {
      putInt(pager.writable(i), OFFSET, value);
      pager.spillPoint();
    }
  }

  private void check(int change, long seed) {
    MemoryFileSystem disk = fileSystem.crash(change, seed);
    try (Pager pager = DatabaseFile.connect(disk, "test.db", OPTIONS)) {
      pager.beginRead();
      int found = pager.pageCount() < PAGES ? 0 : getInt(pager.page(2), OFFSET);
      for (int i = 3; i <= pager.pageCount(); i++) {
        assertThat(getInt(pager.page(i), OFFSET)).as("crash %d, %d", change, seed).isEqualTo(found);
      }
      long returned = commits.stream().filter(c -> c.returned <= change).count();
      long begun = commits.stream().filter(c -> c.begun < change).count();
      assertThat((long) found).as("crash %d, %d", change, seed).isBetween(returned, begun);
    }
  }

  @Test
  void everyCommitThatReturnedIsThereAsAWhole() {
    run(1, 16);
    for (int change = 0; change <= fileSystem.changeCount(); change++) {
      check(change, change);
    }
  }

  @Tag("crash")
  @ParameterizedTest
  @ValueSource(longs = {2, 3, 4, 5, 6})
  void everyCommitOfALongerHistoryThatReturnedIsThere(long seed) {
    run(seed, 64);
    for (int change = 0; change <= fileSystem.changeCount(); change++) {
      for (int i = 0; i < 5; i++) {
        check(change, change * 5L + i);
      }
    }
  }
}
