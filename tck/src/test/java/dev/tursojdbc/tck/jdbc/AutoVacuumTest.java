package dev.tursojdbc.tck.jdbc;

import static dev.tursojdbc.tck.jdbc.Statements.execute;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pages move when a full auto-vacuum commits: nobody who reads may notice. */
class AutoVacuumTest {
  @TempDir private Path directory;

  private Connection open() throws SQLException {
    Connection connection = DriverManager.getConnection("jdbc:turso:" + directory.resolve("a.db"));
    execute(connection, "PRAGMA auto_vacuum=full");
    return connection;
  }

  private static void fill(Connection connection) throws SQLException {
    execute(connection, "CREATE TABLE t(a INTEGER PRIMARY KEY, b)");
    execute(
        connection,
        "WITH n(i) AS (VALUES(1) UNION ALL SELECT i+1 FROM n WHERE i<300)"
            + " INSERT INTO t SELECT i, printf('%.*c', i * 30, 'x') FROM n");
  }

  private static void assertIntact(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("PRAGMA integrity_check")) {
      assertThat(row.next()).isTrue();
      assertThat(row.getString(1)).isEqualTo("ok");
    }
  }

  @Test
  void aQueryThatIsReadAcrossTheCommitKeepsItsRows() throws SQLException {
    try (Connection connection = open();
        Statement statement = connection.createStatement()) {
      fill(connection);
      execute(connection, "BEGIN");
      execute(connection, "DELETE FROM t WHERE a % 3 > 0");

      try (ResultSet rows = statement.executeQuery("SELECT a, length(b) FROM t")) {
        for (int i = 3; i <= 300; i += 3) {
          assertThat(rows.next()).isTrue();
          assertThat(rows.getInt(1)).isEqualTo(i);
          assertThat(rows.getInt(2)).isEqualTo(i * 30);
          if (i == 30) {
            execute(connection, "COMMIT");
          }
          if (i == 60) {
            execute(connection, "DELETE FROM t WHERE a % 2 = 0");
          }
        }
        assertThat(rows.next()).isFalse();
      }
      assertIntact(connection);
    }
  }

  @Test
  void anotherConnectionKeepsItsSnapshot() throws SQLException {
    try (Connection writer = open();
        Connection reader = open()) {
      fill(writer);
      execute(reader, "BEGIN");
      assertThat(sum(reader)).isEqualTo("300|1354500");

      execute(writer, "DELETE FROM t WHERE a < 250");

      assertThat(sum(reader)).isEqualTo("300|1354500");
      execute(reader, "COMMIT");
      assertThat(sum(reader)).isEqualTo("51|420750");
      assertIntact(reader);
    }
  }

  @Test
  void theFileIsAsSmallAsItsContent() throws Exception {
    try (Connection connection = open()) {
      fill(connection);
      execute(connection, "DROP TABLE t");
    }

    assertThat(Files.size(directory.resolve("a.db"))).isEqualTo(4096);
  }

  private static String sum(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT count(*), sum(length(b)) FROM t")) {
      assertThat(row.next()).isTrue();
      return row.getString(1) + "|" + row.getString(2);
    }
  }
}
