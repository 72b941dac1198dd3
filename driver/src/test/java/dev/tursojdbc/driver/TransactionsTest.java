package dev.tursojdbc.driver;

import static dev.tursojdbc.driver.Failures.assertFailure;
import static dev.tursojdbc.driver.Failures.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tursojdbc.api.TursoConnection;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTransactionRollbackException;
import java.sql.SQLTransientException;
import java.sql.Savepoint;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Transactions, savepoints, and what else can be set on a connection. */
class TransactionsTest extends ConnectionFixture {
  @TempDir private Path directory;

  @BeforeEach
  void table() throws SQLException {
    execute("CREATE TABLE t(a)");
  }

  private String all() throws SQLException {
    return rows("SELECT a FROM t ORDER BY a");
  }

  @Test
  void rollbackUndoesAndCommitKeeps() throws SQLException {
    connection.setAutoCommit(false);
    execute("INSERT INTO t VALUES (1)");
    connection.rollback();
    execute("INSERT INTO t VALUES (2)");
    connection.commit();
    connection.rollback();
    assertThat(all()).isEqualTo("2");
  }

  @Test
  void switchingAutocommitOnCommits() throws SQLException {
    connection.setAutoCommit(false);
    execute("INSERT INTO t VALUES (1)");
    connection.setAutoCommit(true);
    assertFailure(failureOf(connection::rollback)).hasMessageContaining("autocommit");
    assertThat(all()).isEqualTo("1");
  }

  @Test
  void savepointsNest() throws SQLException {
    connection.setAutoCommit(false);
    execute("INSERT INTO t VALUES (1)");
    Savepoint outer = connection.setSavepoint();
    execute("INSERT INTO t VALUES (2)");
    Savepoint inner = connection.setSavepoint("the \"inner\" one");
    execute("INSERT INTO t VALUES (3)");
    connection.rollback(inner);
    assertThat(all()).isEqualTo("1/2");
    connection.releaseSavepoint(inner);
    connection.rollback(outer);
    assertThat(all()).isEqualTo("1");
    assertThat(inner.getSavepointName()).isEqualTo("the \"inner\" one");
    assertFailure(failureOf(inner::getSavepointId)).isNotNull();
    assertThat(outer.getSavepointId()).isNotNegative();
    assertFailure(failureOf(outer::getSavepointName)).isNotNull();
    connection.releaseSavepoint(outer);
    assertFailure(failureOf(() -> connection.rollback(outer)))
        .hasMessageContaining("no such savepoint");
    connection.commit();
    assertThat(all()).isEqualTo("1");
  }

  @Test
  void autocommitHasNoSavepoints() {
    assertFailure(failureOf(connection::setSavepoint)).hasMessageContaining("autocommit");
    assertFailure(failureOf(connection::commit)).hasMessageContaining("autocommit");
  }

  @Test
  void isolationIsKeptAndNoneRefused() throws SQLException {
    assertThat(connection.getTransactionIsolation()).isEqualTo(Connection.TRANSACTION_SERIALIZABLE);
    connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
    assertThat(connection.getTransactionIsolation())
        .isEqualTo(Connection.TRANSACTION_READ_COMMITTED);
    assertFailure(failureOf(() -> connection.setTransactionIsolation(Connection.TRANSACTION_NONE)))
        .isNotNull();
  }

  @Test
  void readOnlyRefusesChangesUntilItIsLifted() throws SQLException {
    connection.setReadOnly(true);
    assertThat(connection.isReadOnly()).isTrue();
    SQLException e = failureOf(() -> execute("INSERT INTO t VALUES (1)"));
    assertThat(e.getErrorCode()).isEqualTo(8);
    assertThat(e.getSQLState()).isEqualTo("25006");
    connection.setReadOnly(false);
    execute("INSERT INTO t VALUES (2)");
    connection.setAutoCommit(false);
    execute("INSERT INTO t VALUES (3)");
    assertFailure(failureOf(() -> connection.setReadOnly(true))).isNotNull();
    connection.commit();
    assertThat(all()).isEqualTo("2/3");
  }

  @Test
  void attributesAreKept() throws SQLException {
    connection.setHoldability(ResultSet.HOLD_CURSORS_OVER_COMMIT);
    assertThat(connection.getHoldability()).isEqualTo(ResultSet.HOLD_CURSORS_OVER_COMMIT);
    assertFailure(failureOf(() -> connection.setHoldability(5))).isNotNull();
    connection.setTypeMap(Map.of("x", String.class));
    assertThat(connection.getTypeMap()).containsKey("x");
    connection.setClientInfo("ApplicationName", "test");
    assertThat(connection.getClientInfo("ApplicationName")).isEqualTo("test");
    Properties others = new Properties();
    others.setProperty("ClientUser", "me");
    connection.setClientInfo(others);
    assertThat(connection.getClientInfo()).hasSize(1);
    connection.setCatalog("ignored");
    connection.setSchema("ignored");
    assertThat(connection.getCatalog()).isNull();
    assertThat(connection.getSchema()).isNull();
    assertThat(connection.isValid(0)).isTrue();
    assertFailure(failureOf(() -> connection.isValid(-1))).isNotNull();
    assertFailure(failureOf(() -> connection.createArrayOf("x", new Object[0]))).isNotNull();
    connection.close();
    assertFailure(failureOf(() -> connection.setClientInfo("a", "b")))
        .isInstanceOf(java.sql.SQLClientInfoException.class);
  }

  @Test
  void unwrapGivesOurInterface() throws SQLException {
    assertThat(connection.isWrapperFor(TursoConnection.class)).isTrue();
    TursoConnection turso = connection.unwrap(TursoConnection.class);
    execute("INSERT INTO t VALUES (1), (2)");
    assertThat(turso.changes()).isEqualTo(2);
    assertThat(turso.lastInsertRowid()).isEqualTo(2);
    assertThat(turso.totalChanges()).isEqualTo(2);
    assertFailure(failureOf(() -> connection.unwrap(String.class))).isNotNull();
  }

  @Test
  void aTakenLockIsTransientAndAStaleSnapshotARollback() throws SQLException {
    String url = "jdbc:turso:" + directory.resolve("busy.db") + "?busy_timeout=0";
    try (Connection one = DriverManager.getConnection(url);
        Connection other = DriverManager.getConnection(url)) {
      one.createStatement().execute("CREATE TABLE t(a)");
      one.setAutoCommit(false);
      one.createStatement().executeUpdate("INSERT INTO t VALUES (1)");

      SQLException busy =
          failureOf(() -> other.createStatement().executeUpdate("INSERT INTO t VALUES (2)"));
      assertFailure(busy).isInstanceOf(SQLTransientException.class);
      assertThat(busy.getErrorCode()).isEqualTo(5);
      assertThat(busy.getSQLState()).isEqualTo("40001");

      other.setAutoCommit(false);
      other.createStatement().executeQuery("SELECT * FROM t").close();
      one.commit();
      SQLException stale =
          failureOf(() -> other.createStatement().executeUpdate("INSERT INTO t VALUES (2)"));
      assertFailure(stale).isInstanceOf(SQLTransactionRollbackException.class);
      Failures.assertCodes(stale, 5, 517, "40001");
      other.rollback();
      assertThat(other.createStatement().executeUpdate("INSERT INTO t VALUES (2)")).isEqualTo(1);
      other.commit();
    }
  }

  @Test
  void anIdleConnectionHoldsNoLock() throws SQLException {
    String url =
        "jdbc:turso:" + directory.resolve("idle.db") + "?transaction_mode=IMMEDIATE&busy_timeout=0";
    try (Connection idle = DriverManager.getConnection(url);
        Connection other = DriverManager.getConnection(url)) {
      idle.setAutoCommit(false);
      idle.createStatement().execute("CREATE TABLE t(a)");
      idle.commit();
      other.createStatement().executeUpdate("INSERT INTO t VALUES (1)");
    }
  }

  @Test
  void aReadOnlyConnectionTakesNoWriteLock() throws SQLException {
    String file = "jdbc:turso:" + directory.resolve("readers.db");
    String url = file + "?transaction_mode=IMMEDIATE&busy_timeout=0";
    try (Connection writer = DriverManager.getConnection(url);
        Connection reader = DriverManager.getConnection(url);
        Connection opened = DriverManager.getConnection(url + "&open_mode=1")) {
      writer.setAutoCommit(false);
      writer.createStatement().execute("CREATE TABLE t(a)");
      writer.commit();
      writer.createStatement().execute("INSERT INTO t VALUES (1)");
      reader.setReadOnly(true);
      for (Connection connection : new Connection[] {reader, opened}) {
        connection.setAutoCommit(false);
        try (ResultSet rows = connection.createStatement().executeQuery("SELECT * FROM t")) {
          assertThat(rows.next()).isFalse();
        }
        connection.commit();
      }
      writer.commit();
      reader.setReadOnly(false);
      writer.createStatement().execute("INSERT INTO t VALUES (2)");
      SQLException e = failureOf(() -> reader.createStatement().executeQuery("SELECT * FROM t"));
      assertThat(e.getSQLState()).isEqualTo("40001");
    }
  }

  @Test
  void aQueryTimeoutEndsTheWaitForALock() throws SQLException {
    String url = "jdbc:turso:" + directory.resolve("wait.db") + "?busy_timeout=30000";
    try (Connection holder = DriverManager.getConnection(url);
        Connection waiter = DriverManager.getConnection(url);
        java.sql.Statement statement = waiter.createStatement()) {
      holder.setAutoCommit(false);
      holder.createStatement().execute("CREATE TABLE t(a)");
      statement.setQueryTimeout(1);
      long start = System.nanoTime();

      SQLException e = failureOf(() -> statement.execute("CREATE TABLE u(a)"));

      assertFailure(e).isInstanceOf(java.sql.SQLTimeoutException.class);
      assertThat(System.nanoTime() - start).isLessThan(10_000_000_000L);
      holder.commit();
      statement.execute("CREATE TABLE u(a)");
    }
  }
}
