package dev.tursojdbc.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tursojdbc.storage.file.MemoryFileSystem;
import dev.tursojdbc.storage.pager.OpenOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A statement that runs again sees what was changed since it ran last. */
class PreparedAgainTest {
  private final MemoryFileSystem files = new MemoryFileSystem();
  private Session session;

  @BeforeEach
  void open() {
    session = Session.open(files, "a.db", OpenOptions.DEFAULT);
    execute(session, "CREATE TABLE t(id INTEGER PRIMARY KEY, v)");
    execute(session, "CREATE INDEX t_v ON t(v)");
    execute(session, "INSERT INTO t VALUES(1, 10), (2, 20)");
  }

  @AfterEach
  void close() {
    session.close();
  }

  private static void execute(Session session, String sql) {
    try (Query query = session.prepare(sql, 0)) {
      query.step();
    }
  }

  private static long count(Query query) {
    long rows = 0;
    while (query.step()) {
      rows++;
    }
    return rows;
  }

  @Test
  void searchingAnIndexFindsNewEntries() {
    Query query = session.prepare("SELECT id FROM t WHERE v = ?", 0);
    query.setLong(0, 20);
    assertThat(count(query)).isEqualTo(1);

    execute(session, "INSERT INTO t(v) VALUES(20)");
    assertThat(count(query)).isEqualTo(2);

    execute(session, "DELETE FROM t WHERE id = 2");
    assertThat(count(query)).isEqualTo(1);
  }

  @Test
  void seekingARowFindsItsNewValue() {
    Query query = session.prepare("SELECT v FROM t WHERE id = 2", 0);
    assertThat(query.step()).isTrue();
    query.reset();

    execute(session, "UPDATE t SET v = 21 WHERE id = 2");

    assertThat(query.step()).isTrue();
    assertThat(query.columnLong(0)).isEqualTo(21);
  }

  @Test
  void itSeesWhatAnotherConnectionCommitted() {
    Query query = session.prepare("SELECT id FROM t WHERE v >= 20", 0);
    assertThat(count(query)).isEqualTo(1);

    try (Session other = Session.open(files, "a.db", OpenOptions.DEFAULT)) {
      execute(other, "INSERT INTO t(v) VALUES(25)");
    }

    assertThat(count(query)).isEqualTo(2);
  }

  @Test
  void itSeesTheChangesOfItsOwnTransactionAndThatTheyAreGone() {
    Query query = session.prepare("SELECT id FROM t WHERE v >= 20", 0);
    execute(session, "BEGIN");
    assertThat(count(query)).isEqualTo(1);
    execute(session, "INSERT INTO t(v) VALUES(25)");
    assertThat(count(query)).isEqualTo(2);

    execute(session, "ROLLBACK");

    assertThat(count(query)).isEqualTo(1);
  }
}
