package dev.tursojdbc.storage.pager;

import static dev.tursojdbc.storage.page.PageBytes.putInt;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tursojdbc.storage.file.DiskChange;
import dev.tursojdbc.storage.file.RecordingFileSystem;
import dev.tursojdbc.storage.journal.JournalMode;
import dev.tursojdbc.storage.wal.SyncMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What a commit with a rollback journal writes and syncs, in order, in each mode. Power failures
 * show most of it too, but each sync that is too many or too few shows here for certain.
 */
class JournalledOrderTest {
  private static final OpenOptions OPTIONS = new OpenOptions(false, true, false, 512);

  private final RecordingFileSystem fileSystem = new RecordingFileSystem();

  private static void commit(Pager pager, int value) {
    pager.beginRead();
    pager.beginWrite();
    while (pager.pageCount() < 4) {
      pager.allocate(0);
    }
    putInt(pager.writable(3), 128, value);
    pager.commit();
    pager.endRead();
  }

  /** The changes as words; what follows its like is left out. */
  private static List<String> words(List<DiskChange> changes) {
    List<String> words = new ArrayList<>();
    for (DiskChange change : changes) {
      String file = change.path().endsWith("-journal") ? "journal" : "database";
      String word =
          change instanceof DiskChange.SyncDirectory
              ? "sync-directory"
              : change.getClass().getSimpleName().toLowerCase(Locale.ROOT) + "-" + file;
      if (words.isEmpty() || !words.get(words.size() - 1).equals(word)) {
        words.add(word);
      }
    }
    return words;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "DELETE | OFF | create-journal write-journal write-database delete-journal",
        "DELETE | NORMAL | create-journal write-journal sync-journal sync-directory write-database"
            + " sync-database delete-journal",
        "DELETE | FULL | create-journal write-journal sync-journal write-journal sync-journal"
            + " sync-directory write-database sync-database delete-journal",
        "DELETE | EXTRA | create-journal write-journal sync-journal write-journal sync-journal"
            + " sync-directory write-database sync-database delete-journal sync-directory",
        "TRUNCATE | OFF | write-journal write-database truncate-journal",
        "TRUNCATE | NORMAL | write-journal sync-journal sync-directory write-database sync-database"
            + " truncate-journal sync-journal",
        "TRUNCATE | FULL | write-journal sync-journal write-journal sync-journal sync-directory"
            + " write-database sync-database truncate-journal sync-journal",
        "TRUNCATE | EXTRA | write-journal sync-journal write-journal sync-journal sync-directory"
            + " write-database sync-database truncate-journal sync-journal",
        "PERSIST | OFF | write-journal write-database write-journal",
        "PERSIST | NORMAL | write-journal sync-journal sync-directory write-database sync-database"
            + " write-journal sync-journal",
        "PERSIST | FULL | write-journal sync-journal write-journal sync-journal sync-directory"
            + " write-database sync-database write-journal sync-journal",
        "PERSIST | EXTRA | write-journal sync-journal write-journal sync-journal sync-directory"
            + " write-database sync-database write-journal sync-journal",
        "MEMORY | OFF | write-database",
        "MEMORY | NORMAL | write-database sync-database",
        "MEMORY | FULL | write-database sync-database",
        "OFF | OFF | write-database",
        "OFF | FULL | write-database sync-database",
      })
  void aCommitSyncsWhatSynchronousSaysAndNothingElse(
      JournalMode mode, SyncMode syncMode, String expected) {
    try (Pager pager = DatabaseFile.connect(fileSystem, "test.db", OPTIONS)) {
      pager.settings().setJournalMode(mode);
      pager.settings().setSyncMode(syncMode);
      commit(pager, 1);
      commit(pager, 2);
      int before = fileSystem.changeCount();

      commit(pager, 3);

      List<DiskChange> changes = fileSystem.changes();
      assertThat(words(changes.subList(before, changes.size())))
          .containsExactly(expected.split(" "));
    }
  }
}
