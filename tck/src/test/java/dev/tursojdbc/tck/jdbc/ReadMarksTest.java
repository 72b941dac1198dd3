package dev.tursojdbc.tck.jdbc;

import static dev.tursojdbc.tck.jdbc.Statements.execute;
import static dev.tursojdbc.tck.jdbc.Statements.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tursojdbc.api.TursoConnection;
import dev.tursojdbc.api.WalState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The shape of the whole, seen from JDBC: snapshots as read-marks, the writer lock, checkpoints.
 */
class ReadMarksTest {
  /** Changes more pages than a cache of five holds. */
  private static final String SPILLING =
      "WITH RECURSIVE n(i) AS (SELECT 10 UNION ALL SELECT i + 1 FROM n LIMIT 300)"
          + " INSERT INTO t SELECT i, hex(zeroblob(500)) FROM n";

  @TempDir private Path directory;
  private Path file;
  private String url;

  @BeforeEach
  void makeDatabase() throws SQLException {
    file = directory.resolve("test.db");
    url = "jdbc:turso:" + file;
    try (Connection connection = DriverManager.getConnection(url)) {
      execute(connection, "CREATE TABLE t(a INTEGER PRIMARY KEY, b TEXT)");
    }
  }

  private static WalState log(Connection connection) throws SQLException {
    return connection.unwrap(TursoConnection.class).walState().orElseThrow();
  }

  @Test
  @SuppressWarnings("try") // A connection closed before the end of its block is what is tested.
  void threeConnectionsWithTwoSnapshotsOccupyTwoMarks() throws SQLException {
    try (Connection first = DriverManager.getConnection(url);
        Connection second = DriverManager.getConnection(url);
        Connection third = DriverManager.getConnection(url);
        Connection writer = DriverManager.getConnection(url)) {
      execute(writer, "INSERT INTO t VALUES (1, 'x')");
      assertThat(log(writer).readMarks()).isEmpty();
      for (Connection reader : new Connection[] {first, second, third}) {
        reader.setAutoCommit(false);
      }
      row(first, "SELECT count(*) FROM t");
      execute(writer, "INSERT INTO t VALUES (2, 'x')");
      row(second, "SELECT count(*) FROM t");
      row(third, "SELECT count(*) FROM t");

      WalState log = log(writer);

      assertThat(log.readMarks()).hasSize(2);
      assertThat(log.readMarks()).extracting(WalState.ReadMark::readers).containsOnly(1, 2);
      assertThat(log.readMarks())
          .extracting(WalState.ReadMark::frame)
          .contains(log.frames())
          .doesNotHaveDuplicates();
      first.commit();
      assertThat(log(writer).readMarks()).hasSize(1);
      second.rollback();
      third.close();
      assertThat(log(writer).readMarks()).isEmpty();
    }
  }

  @Test
  void theLogIsThereBeforeTheFirstStatement() throws SQLException {
    try (Connection connection = DriverManager.getConnection(url)) {
      assertThat(log(connection).readMarks()).isEmpty();
      assertThat(log(connection).writing()).isFalse();
    }
  }

  @Test
  void aReaderGivesItsMarkBackAfterItsLastRow() throws SQLException {
    try (Connection connection = DriverManager.getConnection(url)) {
      execute(connection, "INSERT INTO t VALUES (1, 'x'), (2, 'y')");
      try (Statement statement = connection.createStatement();
          ResultSet rows = statement.executeQuery("SELECT a FROM t")) {
        assertThat(rows.next()).isTrue();
        assertThat(log(connection).readMarks()).hasSize(1);
        assertThat(rows.next()).isTrue();
        assertThat(rows.next()).isFalse();
        assertThat(log(connection).readMarks()).isEmpty();
      }
    }
  }

  @Test
  void aWriteTransactionHoldsTheWriterLock() throws SQLException {
    try (Connection writer = DriverManager.getConnection(url);
        Connection other = DriverManager.getConnection(url)) {
      writer.setAutoCommit(false);
      row(writer, "SELECT count(*) FROM t");
      assertThat(log(other).writing()).isFalse();

      execute(writer, "INSERT INTO t VALUES (1, 'x')");
      assertThat(log(other).writing()).isTrue();

      writer.commit();
      assertThat(log(other).writing()).isFalse();
    }
  }

  /** A rollback after a statement failed, of what was spilled, and beside a savepoint. */
  @ParameterizedTest
  @ValueSource(strings = {"INSERT INTO t VALUES (2, 'y'), (1, 'twice')", "SAVEPOINT s", SPILLING})
  void aRollbackGivesTheMarkAndTheWriterLockBack(String last) throws SQLException {
    try (Connection writer = DriverManager.getConnection(url);
        Connection other = DriverManager.getConnection(url)) {
      execute(writer, "INSERT INTO t VALUES (1, 'x')");
      execute(writer, "PRAGMA cache_size = 5");
      execute(writer, "BEGIN IMMEDIATE");
      execute(writer, "INSERT INTO t VALUES (3, 'z')");
      try {
        execute(writer, last);
      } catch (SQLException e) {
        assertThat(e.getMessage()).contains("UNIQUE");
      }
      assertThat(log(other).writing()).isTrue();
      assertThat(log(other).readMarks()).hasSize(1);

      execute(writer, "ROLLBACK");

      assertThat(log(other).writing()).isFalse();
      assertThat(log(other).readMarks()).isEmpty();
      assertThat(row(other, "PRAGMA wal_checkpoint(TRUNCATE)")).isEqualTo("0|0|0");
      assertThat(row(other, "SELECT group_concat(a) FROM t")).isEqualTo("1");
    }
  }

  @Test
  @SuppressWarnings("try") // A connection closed before the end of its block is what is tested.
  void aConnectionThatIsClosedInATransactionLeavesNothingLocked() throws SQLException {
    try (Connection writer = DriverManager.getConnection(url);
        Connection other = DriverManager.getConnection(url)) {
      execute(writer, "BEGIN");
      execute(writer, SPILLING);
      assertThat(log(other).writing()).isTrue();

      writer.close();

      assertThat(log(other).writing()).isFalse();
      assertThat(log(other).readMarks()).isEmpty();
      execute(other, "INSERT INTO t VALUES (1, 'x')");
      assertThat(row(other, "PRAGMA wal_checkpoint(TRUNCATE)")).isEqualTo("0|0|0");
      assertThat(row(other, "SELECT count(*) FROM t")).isEqualTo("1");
    }
  }

  @Test
  void aStatementThatStillHasRowsKeepsItsConnectionFromCheckpointing() throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      execute(connection, "INSERT INTO t VALUES (1, 'x'), (2, 'y')");
      try (ResultSet rows = statement.executeQuery("SELECT a FROM t")) {
        assertThat(rows.next()).isTrue();
        assertThatThrownBy(() -> execute(connection, "PRAGMA wal_checkpoint(TRUNCATE)"))
            .isInstanceOf(SQLException.class)
            .hasMessageContaining("locked");
        assertThat(rows.next()).isTrue();
        assertThat(rows.getInt(1)).isEqualTo(2);
        assertThat(rows.next()).isFalse();
      }
      assertThat(row(connection, "PRAGMA wal_checkpoint(TRUNCATE)")).isEqualTo("0|0|0");
    }
  }

  @Test
  void aDatabaseWithoutALogSaysSo() throws SQLException {
    Path plain = directory.resolve("plain.db");
    try (Connection sqlite = DriverManager.getConnection("jdbc:sqlite:" + plain)) {
      execute(sqlite, "CREATE TABLE t(a)");
    }
    try (Connection connection = DriverManager.getConnection("jdbc:turso:" + plain)) {
      assertThat(connection.unwrap(TursoConnection.class).walState()).isEmpty();
    }
  }

  @Test
  void everyWayOfExecutingACheckpointEmptiesTheLog() throws Exception {
    String checkpoint = "PRAGMA wal_checkpoint(TRUNCATE)";
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      execute(connection, "INSERT INTO t(b) VALUES ('x')");
      assertThat(Files.size(Path.of(file + "-wal"))).isPositive();
      assertThat(statement.execute(checkpoint)).isTrue();
      try (ResultSet answer = statement.getResultSet()) {
        assertThat(row(answer)).isEqualTo("0|0|0");
      }
      assertThat(Files.size(Path.of(file + "-wal"))).isZero();

      execute(connection, "INSERT INTO t(b) VALUES ('x')");
      try (ResultSet answer = statement.executeQuery(checkpoint)) {
        assertThat(row(answer)).isEqualTo("0|0|0");
      }
      assertThat(Files.size(Path.of(file + "-wal"))).isZero();

      execute(connection, "INSERT INTO t(b) VALUES ('x')");
      assertThat(statement.executeUpdate(checkpoint)).isZero();
      assertThat(Files.size(Path.of(file + "-wal"))).isZero();

      try (java.sql.PreparedStatement prepared = connection.prepareStatement(checkpoint)) {
        for (int i = 0; i < 3; i++) {
          execute(connection, "INSERT INTO t(b) VALUES ('x')");
          try (ResultSet answer = prepared.executeQuery()) {
            assertThat(row(answer)).isEqualTo("0|0|0");
          }
          assertThat(Files.size(Path.of(file + "-wal"))).isZero();
        }
      }
    }
  }

  @Test
  void besideAnOlderSnapshotACheckpointCopiesWhatItMay() throws SQLException {
    try (Connection old = DriverManager.getConnection(url);
        Connection writer = DriverManager.getConnection(url + "?busy_timeout=0")) {
      execute(writer, "INSERT INTO t VALUES (1, 'x')");
      int before = log(writer).frames();
      old.setAutoCommit(false);
      assertThat(row(old, "SELECT count(*) FROM t")).isEqualTo("1");
      execute(writer, "INSERT INTO t VALUES (2, 'x')");
      int after = log(writer).frames();

      assertThat(row(writer, "PRAGMA wal_checkpoint(TRUNCATE)"))
          .isEqualTo("1|" + after + "|" + before);

      assertThat(row(old, "SELECT count(*) FROM t")).isEqualTo("1");
      assertThat(log(writer).backfilledFrames()).isEqualTo(before);
      old.commit();
      assertThat(row(writer, "PRAGMA wal_checkpoint(TRUNCATE)")).isEqualTo("0|0|0");
    }
  }
}
