package dev.tursojdbc.tck.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What PRAGMA journal_mode answers and does where the database is a file. */
class JournalModeTest {
  @TempDir private Path directory;

  private Connection open() throws SQLException {
    return DriverManager.getConnection("jdbc:turso:" + directory.resolve("test.db"));
  }

  private static String ask(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      assertThat(row.next()).isTrue();
      return row.getString(1);
    }
  }

  private static void run(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"delete", "truncate", "persist", "memory", "off"})
  void aDatabaseIsWrittenInEachMode(String mode) throws SQLException {
    try (Connection connection = open()) {
      run(connection, "CREATE TABLE t(a)");

      assertThat(ask(connection, "PRAGMA journal_mode = " + mode)).isEqualTo(mode);
      run(connection, "INSERT INTO t VALUES (1), (2)");
      run(connection, "BEGIN");
      run(connection, "DELETE FROM t");
      run(connection, "ROLLBACK");

      assertThat(ask(connection, "PRAGMA journal_mode")).isEqualTo(mode);
      assertThat(ask(connection, "SELECT sum(a) FROM t")).isEqualTo("3");
    }
    try (Connection connection = open()) {
      assertThat(ask(connection, "PRAGMA journal_mode")).isEqualTo("delete");
      assertThat(ask(connection, "PRAGMA journal_mode = wal")).isEqualTo("wal");
      run(connection, "INSERT INTO t VALUES (3)");
      assertThat(ask(connection, "SELECT sum(a) FROM t")).isEqualTo("6");
    }
  }

  @Test
  void aNewDatabaseCanBeMadeWithARollbackJournal() throws SQLException {
    try (Connection connection = open()) {
      assertThat(ask(connection, "PRAGMA journal_mode = persist")).isEqualTo("persist");
      run(connection, "CREATE TABLE t(a)");

      assertThat(ask(connection, "PRAGMA journal_mode")).isEqualTo("persist");
      assertThat(directory.resolve("test.db-wal")).doesNotExist();
      assertThat(directory.resolve("test.db-journal")).isNotEmptyFile();
      run(connection, "PRAGMA journal_mode = delete");
      assertThat(directory.resolve("test.db-journal")).doesNotExist();
    }
  }

  @Test
  void theModeThatHoldsMayBeWantedInATransaction() throws SQLException {
    try (Connection connection = open()) {
      run(connection, "CREATE TABLE t(a)");
      run(connection, "BEGIN");
      run(connection, "INSERT INTO t VALUES (1)");

      assertThat(ask(connection, "PRAGMA journal_mode = wal")).isEqualTo("wal");
      // As in SQLite, who has changed something is not even told why.
      assertThat(ask(connection, "PRAGMA journal_mode = delete")).isEqualTo("wal");
      run(connection, "COMMIT");

      run(connection, "BEGIN");
      assertThat(ask(connection, "SELECT a FROM t")).isEqualTo("1");
      assertThatThrownBy(() -> ask(connection, "PRAGMA journal_mode = delete"))
          .hasMessageContaining("cannot change out of wal mode from within a transaction");
      run(connection, "COMMIT");
    }
  }

  @Test
  void aNewConnectionReadsASchemaThatWasWrittenByHand() throws SQLException {
    try (Connection connection = open()) {
      run(connection, "CREATE TABLE t(a, b)");
      run(connection, "PRAGMA writable_schema = on");
      run(connection, "UPDATE sqlite_schema SET sql = 'CREATE TABLE t(a, c)' WHERE name = 't'");

      try (Connection another = open()) {
        run(another, "SELECT c FROM t");
      }
      run(connection, "SELECT b FROM t");
    }
  }
}
