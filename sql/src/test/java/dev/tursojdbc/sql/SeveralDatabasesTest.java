package dev.tursojdbc.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tursojdbc.storage.error.ErrorCode;
import dev.tursojdbc.storage.error.TursoException;
import dev.tursojdbc.storage.file.MemoryFileSystem;
import dev.tursojdbc.storage.pager.OpenOptions;
import org.junit.jupiter.api.Test;

/** Statements that write to several databases at once. */
class SeveralDatabasesTest {
  private final MemoryFileSystem files = new MemoryFileSystem();

  private Session open(String name) {
    return Session.open(files, name, OpenOptions.DEFAULT);
  }

  private static boolean execute(Session session, String sql) {
    try (Query query = session.prepare(sql, 0)) {
      return query.step();
    }
  }

  @Test
  void whoCannotHaveAllHoldsNone() {
    try (Session both = open("a.db");
        Session first = open("a.db");
        Session second = open("b.db")) {
      execute(first, "CREATE TABLE t(x UNIQUE)");
      execute(second, "CREATE TABLE u(x UNIQUE)");
      execute(both, "PRAGMA busy_timeout=0");
      execute(both, "ATTACH 'b.db' AS b");
      execute(second, "BEGIN IMMEDIATE");

      for (String running : new String[] {"SELECT 1", "SELECT * FROM sqlite_schema"}) {
        try (Query query = both.prepare(running, 0)) {
          query.step();
          assertThatThrownBy(() -> execute(both, "ANALYZE"))
              .isInstanceOfSatisfying(
                  TursoException.class,
                  failure -> assertThat(failure.code()).isEqualTo(ErrorCode.BUSY));
        }
        execute(first, "INSERT INTO t VALUES (random())");
      }

      execute(second, "COMMIT");
      execute(both, "ANALYZE");
      assertThat(execute(both, "SELECT * FROM sqlite_stat1")).isTrue();
    }
  }
}
