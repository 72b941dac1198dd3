package dev.tursojdbc.storage.pager;

import dev.tursojdbc.storage.file.MemoryFileSystem;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

/** Random histories of savepoints, views, rollbacks, commits and spills against a model. */
class PagerPropertyTest {
  private static final OpenOptions SMALL_PAGES = new OpenOptions(false, true, false, 512);

  @Property(tries = 120)
  void aHistoryDoesWhatTheModelDoes(@ForAll @Size(max = 300) List<Integer> commands) {
    run(commands, 1 << 20);
  }

  @Property(tries = 120)
  void aHistoryThatSpillsDoesWhatTheModelDoes(
      @ForAll @Size(min = 100, max = 400) List<Integer> commands) {
    run(commands, 0);
  }

  private static void run(List<Integer> commands, long cacheBudget) {
    MemoryFileSystem fileSystem = new MemoryFileSystem();
    try (Pager other = connect(fileSystem)) {
      PagerModel model;
      try (Pager pager = connect(fileSystem)) {
        pager.database().setCacheBudget(cacheBudget);
        model = new PagerModel(pager);
        for (int command : commands) {
          model.run(command);
        }
        model.check();
        model.checkCommitted(other);
        model.finish();
      }
      model.checkCommitted(other);
    }
  }

  private static Pager connect(MemoryFileSystem fileSystem) {
    return DatabaseFile.connect(fileSystem, "test.db", SMALL_PAGES);
  }
}
