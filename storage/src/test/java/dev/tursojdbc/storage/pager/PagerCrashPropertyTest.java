package dev.tursojdbc.storage.pager;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tursojdbc.storage.file.MemoryFileSystem;
import dev.tursojdbc.storage.file.RecordingFileSystem;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;

/**
 * Power failures anywhere in random histories whose transactions spill again and again, come back
 * to savepoints, roll back and commit. What is found is what a commit left: none before the last
 * one that had returned, none that had not begun.
 */
class PagerCrashPropertyTest {
  private static final OpenOptions SMALL_PAGES = new OpenOptions(false, true, false, 512);

  /** Disk changes at the time when a commit began and returned, and what it committed. */
  private record Commit(int begun, int returned, PagerModel.State state) {}

  private final RecordingFileSystem fileSystem = new RecordingFileSystem();
  private final List<Commit> commits = new ArrayList<>();

  @Property(tries = 15)
  void aCrashLeavesWhatACommitLeft(@ForAll long seed) {
    new PagerCrashPropertyTest().run(seed, 250, 60);
  }

  @Property(tries = 150)
  @Tag("crash")
  void aCrashInALongerHistoryLeavesWhatACommitLeft(@ForAll long seed) {
    new PagerCrashPropertyTest().run(seed, 600, 300);
  }

  private void run(long seed, int commandCount, int crashCount) {
    SplittableRandom random = new SplittableRandom(seed);
    try (Pager pager = DatabaseFile.connect(fileSystem, "test.db", SMALL_PAGES)) {
      pager.database().setCacheBudget(0);
      PagerModel model = new PagerModel(pager);
      commits.add(new Commit(0, fileSystem.changeCount(), model.committed()));
      for (int i = 0; i < commandCount; i++) {
        PagerModel.State before = model.committed();
        int begun = fileSystem.changeCount();
        model.run(random.nextInt());
        if (!model.committed().equals(before)) {
          commits.add(new Commit(begun, fileSystem.changeCount(), model.committed()));
        }
      }
      model.finish();
    }
    for (int i = 0; i < crashCount; i++) {
      int first = commits.get(0).returned;
      check(first + random.nextInt(fileSystem.changeCount() - first + 1), random.nextLong());
    }
  }

  private void check(int change, long seed) {
    MemoryFileSystem disk = fileSystem.crash(change, seed);
    try (Pager pager = DatabaseFile.connect(disk, "test.db", SMALL_PAGES)) {
      pager.beginRead();
      List<Commit> possible = new ArrayList<>();
      for (Commit commit : commits) {
        if (commit.returned <= change) {
          possible.clear();
        }
        if (commit.begun <= change) {
          possible.add(commit);
        }
      }
      assertThat(possible)
          .as("crash at change %d, seed %d", change, seed)
          .anyMatch(commit -> PagerModel.matches(pager, commit.state));
    }
  }
}
