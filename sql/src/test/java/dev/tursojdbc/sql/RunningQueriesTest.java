package dev.tursojdbc.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tursojdbc.storage.error.ErrorCode;
import dev.tursojdbc.storage.error.TursoException;
import dev.tursojdbc.storage.file.MemoryFileSystem;
import dev.tursojdbc.storage.pager.OpenOptions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of a query that is running when the transaction is rolled back. */
class RunningQueriesTest {
  private Session session;

  @BeforeEach
  void open() {
    session = Session.open(new MemoryFileSystem(), "a.db", OpenOptions.DEFAULT);
    execute("CREATE TABLE t(id INTEGER PRIMARY KEY, v UNIQUE)");
    execute(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000) "
            + "INSERT INTO t SELECT i, 'a long enough text ' || i FROM n");
    execute("BEGIN");
    execute("DELETE FROM t WHERE id > 2000");
    execute("SAVEPOINT s");
  }

  @AfterEach
  void close() {
    session.close();
  }

  private void execute(String sql) {
    try (Query query = session.prepare(sql, 0)) {
      query.step();
    }
  }

  private static List<Long> rest(Query query) {
    List<Long> rows = new ArrayList<>();
    while (query.step()) {
      rows.add(query.columnLong(0));
    }
    return rows;
  }

  private long count() {
    try (Query query = session.prepare("SELECT count(*) FROM t", 0)) {
      query.step();
      return query.columnLong(0);
    }
  }

  private static void assertAborted(Query query) {
    assertThatThrownBy(query::step)
        .isInstanceOfSatisfying(
            TursoException.class,
            failure -> assertThat(failure.code()).isEqualTo(ErrorCode.ABORT_ROLLBACK));
  }

  @Test
  void itGoesOnWhenOnlyLaterChangesAreRolledBack() {
    try (Query query = session.prepare("SELECT id FROM t", 0)) {
      query.step();

      execute("UPDATE t SET id = -id");
      execute("ROLLBACK TO s");

      assertThat(rest(query)).hasSize(1999).startsWith(2L, 3L).endsWith(2000L);
    }
    execute("ROLLBACK");
    execute("BEGIN");
    try (Query query = session.prepare("SELECT id FROM t", 0)) {
      query.step();

      execute("UPDATE t SET id = -id");
      execute("ROLLBACK");

      assertThat(rest(query)).hasSize(2999).startsWith(2L, 3L).endsWith(3000L);
    }
  }

  @Test
  void itGoesOnWhenAStatementRollsBack() {
    execute("ROLLBACK");
    execute("BEGIN");
    try (Query query = session.prepare("SELECT id FROM t", 0)) {
      query.step();

      assertThatThrownBy(() -> execute("INSERT OR ROLLBACK INTO t VALUES(1, 'x')"))
          .isInstanceOf(TursoException.class);

      assertThat(session.isAutocommit()).isTrue();
      assertThat(rest(query)).hasSize(2999);
    }
    assertThat(count()).isEqualTo(3000);
  }

  @Test
  void itEndsWhenWhatItSawIsRolledBack() {
    for (String rollback :
        List.of("ROLLBACK TO s", "ROLLBACK", "INSERT OR ROLLBACK INTO t VALUES(-1, 'x')")) {
      execute(session.isAutocommit() ? "BEGIN" : "SELECT 1");
      execute("SAVEPOINT s");
      execute("UPDATE t SET id = -id");
      try (Query query = session.prepare("SELECT id FROM t", 0)) {
        query.step();

        if (rollback.startsWith("INSERT")) {
          assertThatThrownBy(() -> execute(rollback)).isInstanceOf(TursoException.class);
        } else {
          execute(rollback);
        }

        assertAborted(query);
      }
    }
  }

  @Test
  void itEndsWhenTheSchemaChangesBack() {
    for (String rollback : List.of("ROLLBACK TO s", "ROLLBACK")) {
      execute("CREATE TABLE u(a)");
      try (Query query = session.prepare("SELECT id FROM t", 0)) {
        query.step();

        execute(rollback);

        assertAborted(query);
      }
    }
    assertThat(count()).isEqualTo(3000);
  }
}
