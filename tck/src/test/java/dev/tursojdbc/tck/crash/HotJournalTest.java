package dev.tursojdbc.tck.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tursojdbc.sql.Query;
import dev.tursojdbc.sql.Session;
import dev.tursojdbc.storage.file.MemoryFileSystem;
import dev.tursojdbc.storage.file.RecordingFileSystem;
import dev.tursojdbc.storage.pager.OpenOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The process dies behind each change that it makes to the disk; what it leaves, a hot journal now
 * and then, SQLite reads as the state of the last commit.
 */
class HotJournalTest {
  private static final OpenOptions OPTIONS = new OpenOptions(false, true, false, 1024);
  private static final String STATE = "SELECT count(*) || ' ' || sum(length(filler)) FROM t";

  @TempDir private Path directory;

  private final RecordingFileSystem disk = new RecordingFileSystem();
  private final List<Integer> returned = new ArrayList<>();
  private final List<String> states = new ArrayList<>();
  private int hotJournals;

  private static void execute(Session session, String sql) {
    try (Query query = session.prepare(sql, 0)) {
      while (query.step()) {
        // Rows of pragmas are of no interest.
      }
    }
  }

  private void commit(Session session, String sql) {
    execute(session, sql);
    returned.add(disk.changeCount());
    try (Query query = session.prepare(STATE, 0)) {
      query.step();
      states.add(query.columnText(0));
    }
  }

  private void run(String mode) {
    try (Session session = Session.open(disk, "app.db", OPTIONS)) {
      execute(session, "PRAGMA journal_mode=" + mode);
      execute(session, "PRAGMA auto_vacuum=full");
      execute(session, "CREATE TABLE t(id INTEGER PRIMARY KEY, filler)");
      execute(session, "CREATE INDEX i ON t(filler)");
      commit(session, "INSERT INTO t(filler) VALUES (zeroblob(3000)), ('a'), ('b')");
      commit(session, "INSERT INTO t(filler) SELECT a.filler FROM t AS a, t AS b, t AS c");
      commit(session, "DELETE FROM t WHERE id % 3 = 0");
      commit(session, "UPDATE t SET filler = filler || 'x' WHERE id > 5");
      commit(session, "DELETE FROM t WHERE id > 2");
      commit(session, "VACUUM");
    }
  }

  private void write(MemoryFileSystem left) throws IOException {
    for (String name : List.of("app.db", "app.db-journal")) {
      Path file = directory.resolve(name);
      Files.deleteIfExists(file);
      if (left.exists(name)) {
        Files.write(file, left.content(name));
      }
    }
    byte[] journal = left.content("app.db-journal");
    if (journal.length > 0 && journal[0] != 0) {
      hotJournals++;
    }
  }

  private static String ask(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      return row.next() ? row.getString(1) : "";
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"delete", "truncate", "persist"})
  void sqliteUndoesWhatAProcessLeftUnfinished(String mode) throws Exception {
    run(mode);

    for (int change = returned.get(0); change <= disk.changeCount(); change++) {
      int at = change;
      int last = (int) returned.stream().filter(r -> r <= at).count() - 1;
      write(disk.kill(change));
      try (Connection connection =
          DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("app.db"))) {
        assertThat(ask(connection, STATE))
            .as("behind change %d", change)
            .isIn(states.subList(last, Math.min(last + 2, states.size())));
        assertThat(ask(connection, "PRAGMA integrity_check")).isEqualTo("ok");
      }
    }
    assertThat(hotJournals).isGreaterThan(5);
  }
}
