package dev.tursojdbc.tck.differential;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Connections of one process to one database with a write-ahead log: the same steps, one after the
 * other, come to the same rows and result codes on both engines. A step is the connection's name, a
 * blank and a statement, or {@code open}, the name and what follows the scheme in the URL.
 */
class WalConnectionsTest {
  @TempDir Path temporary;

  private static final class Engine implements AutoCloseable {
    private final String scheme;
    private final String directory;
    private final Map<String, Connection> connections = new HashMap<>();

    Engine(String scheme, Path directory) throws SQLException {
      this.scheme = scheme;
      this.directory = directory + "/" + scheme.replace(':', '-');
      step("a PRAGMA journal_mode=wal");
    }

    String step(String step) throws SQLException {
      String located = step.replace("{db}", directory + "test.db");
      String[] words = located.split(" ", 3);
      try {
        if (words[0].equals("open")) {
          open(words[1], words[2]);
          return "";
        }
        return rows(words[0], located.substring(words[0].length() + 1));
      } catch (SQLException failure) {
        return "error " + failure.getErrorCode();
      }
    }

    private Connection open(String name, String location) throws SQLException {
      Connection connection = DriverManager.getConnection(scheme + location);
      connections.put(name, connection);
      try (Statement statement = connection.createStatement()) {
        statement.execute("PRAGMA busy_timeout=0");
      }
      return connection;
    }

    private String rows(String name, String sql) throws SQLException {
      Connection present = connections.get(name);
      Connection connection = present == null ? open(name, directory + "test.db") : present;
      List<String> rows = new ArrayList<>();
      try (Statement statement = connection.createStatement()) {
        if (statement.execute(sql)) {
          ResultSet result = statement.getResultSet();
          int columns = result.getMetaData().getColumnCount();
          while (result.next()) {
            List<String> row = new ArrayList<>();
            for (int i = 1; i <= columns; i++) {
              row.add(result.getString(i));
            }
            rows.add(String.join("|", row));
          }
        }
      }
      return rows.toString();
    }

    @Override
    public void close() throws SQLException {
      for (Connection connection : connections.values()) {
        connection.close();
      }
    }
  }

  private void bothAnswerTheSame(String... steps) throws SQLException {
    try (Engine reference = new Engine("jdbc:sqlite:", temporary);
        Engine ours = new Engine("jdbc:turso:", temporary)) {
      for (String step : steps) {
        assertThat(ours.step(step)).as(step).isEqualTo(reference.step(step));
      }
    }
  }

  @Test
  void aCheckpointThatIsNoneTellsHowFarTheLogIsCopied() throws SQLException {
    bothAnswerTheSame(
        "a CREATE TABLE t(a)",
        "a INSERT INTO t VALUES (1)",
        "a PRAGMA wal_checkpoint(noop)",
        "a PRAGMA wal_checkpoint",
        "a PRAGMA wal_checkpoint(noop)",
        "a INSERT INTO t VALUES (1)",
        "a PRAGMA wal_checkpoint(noop)",
        "b BEGIN",
        "b SELECT * FROM t",
        "b PRAGMA wal_checkpoint(noop)",
        "a PRAGMA wal_checkpoint(restart)",
        "a PRAGMA wal_checkpoint(noop)",
        "b COMMIT",
        "a PRAGMA wal_checkpoint(truncate)",
        "a PRAGMA wal_checkpoint(noop)");
  }

  @Test
  void aReadOnlyConnectionAttachesWritableDatabases() throws SQLException {
    bothAnswerTheSame(
        "a CREATE TABLE t(a)",
        "open r file:{db}?mode=ro",
        "r INSERT INTO t VALUES (1)",
        "r PRAGMA wal_checkpoint(noop)",
        "r ATTACH '{db}2' AS b",
        "r CREATE TABLE b.u(a)",
        "r INSERT INTO u VALUES (1)",
        "r SELECT * FROM u");
  }

  @Test
  void urisNameDatabasesAsSqliteReadsThem() throws SQLException {
    bothAnswerTheSame(
        "a CREATE TABLE t(a)",
        "open b file:{db}?mode=bad",
        "open b file:{db}?cache=bad",
        "open b file:{db}?vfs=nosuch",
        "open b file://elsewhere{db}",
        "open b file://localhost{db}#part",
        "b SELECT name FROM sqlite_schema",
        "open c file:{db}?psow=0&mode=rw&vfs=unix#part?mode=ro",
        "c INSERT INTO t VALUES (1)",
        "open d file::memory:?cache=shared",
        "d CREATE TABLE u(a)",
        "open e file::memory:?cache=shared",
        "e SELECT name FROM sqlite_schema");
  }

  @Test
  void aStatementTakesSnapshotsOfNoOtherDatabasesThanThoseItReads() throws SQLException {
    bothAnswerTheSame(
        "a CREATE TABLE t(a)",
        "a ATTACH '{db}2' AS b",
        "a PRAGMA b.journal_mode=wal",
        "a CREATE TABLE b.u(a)",
        "a CREATE TEMP TABLE w(a)",
        "b SELECT * FROM t",
        "a BEGIN",
        "a SELECT 1",
        "a SELECT changes()",
        "a SELECT * FROM nosuch",
        "a VACUUM",
        "a PRAGMA main.wal_checkpoint(noop)",
        "b INSERT INTO t VALUES (1)",
        "a SELECT * FROM u",
        "a INSERT INTO b.u VALUES (1)",
        "a INSERT INTO w SELECT a FROM u",
        "a UPDATE w SET a = 5",
        "a DELETE FROM u WHERE a IN (SELECT a FROM w)",
        "a PRAGMA page_size",
        "a PRAGMA cache_size",
        "a PRAGMA auto_vacuum",
        "a PRAGMA encoding",
        "a PRAGMA main.wal_checkpoint(noop)",
        "b INSERT INTO t VALUES (2)",
        "a SELECT * FROM t",
        "a PRAGMA main.wal_checkpoint(noop)",
        "b INSERT INTO t VALUES (3)",
        "a SELECT * FROM t",
        "a INSERT INTO t VALUES (4)",
        "a COMMIT",
        "a BEGIN",
        "a SELECT * FROM t",
        "a DETACH b",
        "a COMMIT");
  }

  @Test
  void triggersOfTempTakeTheSnapshotsThatTheirStatementsNeed() throws SQLException {
    bothAnswerTheSame(
        "a CREATE TABLE t(a)",
        "a CREATE TABLE p(a INTEGER PRIMARY KEY)",
        "a ATTACH '{db}2' AS b",
        "a PRAGMA b.journal_mode=wal",
        "a CREATE TABLE b.u(a)",
        "a CREATE TEMP TRIGGER tr AFTER INSERT ON b.u BEGIN INSERT INTO t VALUES (new.a); END",
        "a CREATE TEMP VIEW v AS SELECT t.a FROM t, u WHERE t.a = u.a",
        "b SELECT * FROM t",
        "a BEGIN",
        "a INSERT INTO b.u VALUES (7)",
        "a PRAGMA main.wal_checkpoint(noop)",
        "b INSERT INTO t VALUES (1)",
        "a COMMIT",
        "a BEGIN",
        "a SELECT * FROM v",
        "a PRAGMA main.wal_checkpoint(noop)",
        "a PRAGMA b.wal_checkpoint(noop)",
        "a COMMIT");
  }

  @Test
  void aStatementThatGetsNoLockHasChangedNothing() throws SQLException {
    bothAnswerTheSame(
        "a CREATE TABLE t(a)",
        "a INSERT INTO t VALUES (1), (2)",
        "b BEGIN IMMEDIATE",
        "a SELECT changes(), total_changes()",
        "a INSERT INTO t VALUES (3)",
        "a SELECT changes(), total_changes()",
        "b ROLLBACK",
        "a INSERT INTO t VALUES (1), (2)",
        "a PRAGMA query_only=1",
        "a DELETE FROM t",
        "a SELECT changes(), total_changes()");
  }
}
