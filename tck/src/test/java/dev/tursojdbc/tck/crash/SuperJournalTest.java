package dev.tursojdbc.tck.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tursojdbc.sql.Query;
import dev.tursojdbc.sql.Session;
import dev.tursojdbc.storage.file.FileSystem;
import dev.tursojdbc.storage.file.RecordingFileSystem;
import dev.tursojdbc.storage.pager.OpenOptions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A transaction over three databases with rollback journals is in all of them or in none, whenever
 * the power fails or the process dies. Not under NORMAL, where a journal that reached the disk in
 * part may by chance look whole.
 */
class SuperJournalTest {
  private static final OpenOptions OPTIONS = new OpenOptions(false, true, false, 1024);
  private static final int COMMITS = 4;

  private final RecordingFileSystem disk = new RecordingFileSystem();
  private final List<Integer> returned = new ArrayList<>();

  private static void execute(Session session, String sql) {
    try (Query query = session.prepare(sql, 0)) {
      while (query.step()) {
        // Rows of pragmas are of no interest.
      }
    }
  }

  private static String text(Session session, String sql) {
    try (Query query = session.prepare(sql, 0)) {
      return query.step() ? query.columnText(0) : "";
    }
  }

  private static void attach(Session session) {
    execute(session, "ATTACH 'd/two.db' AS two");
    execute(session, "ATTACH 'd/three.db' AS three");
  }

  private void run(String mode, String synchronous) {
    try (Session session = Session.open(disk, "d/one.db", OPTIONS)) {
      attach(session);
      execute(session, "PRAGMA journal_mode=" + mode);
      for (String schema : List.of("main", "two", "three")) {
        execute(session, "PRAGMA " + schema + ".synchronous=EXTRA");
        execute(session, "CREATE TABLE " + schema + ".t(n, filler)");
        execute(session, "INSERT INTO " + schema + ".t VALUES (0, '')");
        execute(session, "PRAGMA " + schema + ".synchronous=" + synchronous);
      }
      returned.add(disk.changeCount());
      for (int n = 1; n <= COMMITS; n++) {
        execute(session, "BEGIN");
        for (String schema : List.of("main", "two", "three")) {
          execute(session, "UPDATE " + schema + ".t SET n = " + n);
          execute(session, "INSERT INTO " + schema + ".t VALUES (" + n + ", zeroblob(2000))");
        }
        execute(session, "COMMIT");
        returned.add(disk.changeCount());
      }
    }
  }

  private static int found(FileSystem files, String where) {
    try (Session session = Session.open(files, "d/one.db", OPTIONS)) {
      attach(session);
      String first = text(session, "SELECT min(n) || ' ' || max(n) || ' ' || count(*) FROM t");
      for (String schema : List.of("two", "three")) {
        String sql = "SELECT min(n) || ' ' || max(n) || ' ' || count(*) FROM " + schema + ".t";
        assertThat(text(session, sql)).as(where).isEqualTo(first);
        assertThat(text(session, "PRAGMA " + schema + ".integrity_check")).isEqualTo("ok");
      }
      int number = Integer.parseInt(first.substring(0, first.indexOf(' ')));
      assertThat(first).as(where).isEqualTo(number + " " + number + " " + (number + 1));
      return number;
    }
  }

  @ParameterizedTest
  @CsvSource({"delete, FULL", "truncate, FULL", "persist, EXTRA"})
  void allDatabasesHaveTheTransactionOrNone(String mode, String synchronous) {
    run(mode, synchronous);

    for (int change = returned.get(0); change <= disk.changeCount(); change++) {
      int at = change;
      int acknowledged = (int) returned.stream().filter(r -> r <= at).count() - 1;
      String where = "behind change " + change;
      assertThat(found(disk.kill(change), where)).isBetween(acknowledged, acknowledged + 1);
      // The super-journal is deleted for good, so a commit that returned stays.
      assertThat(found(disk.crash(change, change), where))
          .as(where)
          .isBetween(acknowledged, acknowledged + 1);
    }
  }

  @ParameterizedTest
  @CsvSource({"delete", "truncate", "persist"})
  void nothingIsLeftBesideTheDatabases(String mode) {
    run(mode, "FULL");

    assertThat(disk.kill().paths()).noneMatch(path -> path.contains("-mj"));
  }
}
