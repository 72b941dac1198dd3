package dev.tursojdbc.storage.pager;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tursojdbc.storage.file.RecordingFileSystem;
import dev.tursojdbc.storage.journal.JournalMode;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

/**
 * Random histories of savepoints, views, rollbacks, commits and spills against a model, where
 * commits overwrite the file.
 */
class JournalledPropertyTest {
  private static final OpenOptions SMALL_PAGES = new OpenOptions(false, true, false, 512);

  @Provide
  Arbitrary<JournalMode> modes() {
    return Arbitraries.of(JournalMode.values()).filter(mode -> mode != JournalMode.WAL);
  }

  @Property(tries = 80)
  void aHistoryDoesWhatTheModelDoes(
      @ForAll("modes") JournalMode mode,
      @ForAll boolean exclusive,
      @ForAll @Size(max = 300) List<Integer> commands) {
    run(mode, exclusive, commands, 1 << 20);
  }

  @Property(tries = 80)
  void aHistoryThatSpillsDoesWhatTheModelDoes(
      @ForAll("modes") JournalMode mode,
      @ForAll boolean exclusive,
      @ForAll @Size(min = 100, max = 400) List<Integer> commands) {
    run(mode, exclusive, commands, 0);
  }

  private static void run(
      JournalMode mode, boolean exclusive, List<Integer> commands, long cacheBudget) {
    RecordingFileSystem fileSystem = new RecordingFileSystem();
    PagerModel model;
    try (Pager pager = connect(fileSystem)) {
      assertThat(pager.settings().setJournalMode(mode)).isEqualTo(mode);
      pager.settings().setExclusiveLocking(exclusive);
      pager.database().setCacheBudget(cacheBudget);
      model = new PagerModel(pager);
      for (int command : commands) {
        model.run(command);
      }
      model.check();
      if (!exclusive) {
        try (Pager other = connect(fileSystem)) {
          model.checkCommitted(other);
        }
      }
      model.finish();
    }
    try (Pager other = connect(fileSystem)) {
      model.checkCommitted(other);
      assertThat(other.settings().journalMode()).isEqualTo(JournalMode.DELETE);
    }
    try (Pager other = DatabaseFile.connect(fileSystem.kill(), "test.db", SMALL_PAGES)) {
      model.checkCommitted(other);
    }
    if (!mode.keepsJournalFile() && !exclusive) {
      assertThat(fileSystem.exists("test.db-journal")).isFalse();
    }
  }

  private static Pager connect(RecordingFileSystem fileSystem) {
    return DatabaseFile.connect(fileSystem, "test.db", SMALL_PAGES);
  }
}
