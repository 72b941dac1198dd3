package dev.tursojdbc.driver;

import static dev.tursojdbc.driver.Failures.assertCodes;
import static dev.tursojdbc.driver.Failures.assertFailure;
import static dev.tursojdbc.driver.Failures.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tursojdbc.api.TursoError;
import java.sql.BatchUpdateException;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLSyntaxErrorException;
import java.sql.Statement;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which exception a failing statement gives: class, vendor code, extended code, SQLState. */
class ErrorsTest extends ConnectionFixture {
  @BeforeEach
  void tables() throws SQLException {
    execute(
        "CREATE TABLE t(a INTEGER PRIMARY KEY, b TEXT NOT NULL, c UNIQUE, d CHECK (d > 0))",
        "CREATE TABLE k(x PRIMARY KEY, y) WITHOUT ROWID",
        "CREATE TABLE s(i INT) STRICT",
        "INSERT INTO t VALUES (1, 'one', 1, 1)",
        "INSERT INTO k VALUES (1, 1)",
        "CREATE VIEW broken AS SELECT absent FROM t");
  }

  private SQLException failure(String sql) {
    return failureOf(() -> execute(sql));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "SELEC 1; near \"SELEC\": syntax error; 42000; 0",
        "SELECT 1 FORM t; near \"t\": syntax error; 42000; 14",
        "SELECT * FROM absent; no such table: absent; 42S02; -1",
        "SELECT absent FROM t; no such column: absent; 42S22; 7",
        "SELECT absent(1); no such function: absent; 42000; 7",
        "SELECT 1 + t.absent FROM t; no such column: t.absent; 42S22; 11",
        "SELECT 1 FROM t WHERE (SELECT absent); no such column: absent; 42S22; 30",
        "SELECT 1 FROM t JOIN t AS u ON absent; no such column: absent; 42S22; -1",
        "SELECT t.a, a FROM t, t AS u; ambiguous column name: a; 42000; 12",
        "SELECT 1 FROM t WHERE sum(a) > 1; misuse of aggregate function sum(); 42000; 22",
        "SELECT sum(a) OVER (ORDER BY absent) FROM t; no such column: absent; 42S22; 29",
        "SELECT 2 FROM broken; no such column: absent; 42S22; -1",
        "UPDATE t SET b = abs(a, 1); wrong number of arguments to function abs(); 42000; 17",
        "CREATE TABLE t (a); table t already exists; 42000; 13",
        "CREATE TABLE x (a CHECK (a = ?)); parameters prohibited in CHECK constraints; 42000; 29",
        "CREATE INDEX x ON t(absent); no such column: absent; 42S22; 20",
        "PRAGMA absent.user_version; unknown database absent; 42000; 7",
        "SELECT (1; incomplete input; 42000; -1",
        "SELECT 'abc; unrecognized token: \"'abc\"; 42000; 7"
      })
  void statementsThatDoNotCompile(String sql, String message, String state, int offset) {
    SQLException e = failure(sql);

    assertFailure(e).isInstanceOf(SQLSyntaxErrorException.class).hasMessage(message);
    assertCodes(e, 1, 1, state);
    assertThat(((TursoError) e).resultCodeName()).isEqualTo("SQLITE_ERROR");
    assertThat(((TursoError) e).sqlOffset()).isEqualTo(offset);
  }

  @Test
  void offsetsCountFromTheStartOfTheWholeText() {
    SQLException e = failure("SELECT 1; SELECT FROM t");

    assertThat(((TursoError) e).sqlOffset()).isEqualTo(17);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "INSERT INTO t VALUES (1, 'x', 2, 1); UNIQUE constraint failed: t.a; 1555; 23505",
        "INSERT INTO t VALUES (2, 'x', 1, 1); UNIQUE constraint failed: t.c; 2067; 23505",
        "INSERT INTO k VALUES (1, 2); UNIQUE constraint failed: k.x; 1555; 23505",
        "INSERT INTO t VALUES (2, NULL, 2, 1); NOT NULL constraint failed: t.b; 1299; 23502",
        "INSERT INTO t VALUES (2, 'x', 2, 0); CHECK constraint failed: d > 0; 275; 23514",
        "INSERT INTO s VALUES ('x'); cannot store TEXT value in INT column s.i; 3091; 23000"
      })
  void violatedConstraints(String sql, String message, int extended, String state)
      throws SQLException {
    SQLException e = failure(sql);

    assertFailure(e)
        .isInstanceOf(SQLIntegrityConstraintViolationException.class)
        .hasMessage(message);
    assertCodes(e, 19, extended, state);
    assertThat(rows("SELECT count(*) FROM t")).isEqualTo("1");
  }

  @Test
  void aBadRowidIsAMismatch() {
    SQLException e = failure("INSERT INTO t VALUES ('x', 'x', 2, 1)");

    assertFailure(e).isInstanceOf(java.sql.SQLDataException.class).hasMessage("datatype mismatch");
    assertCodes(e, 20, 20, "22018");
  }

  @Test
  void aFailureAtRunIsNoSyntaxError() {
    SQLException e = failure("SELECT abs(-9223372036854775807 - 1)");

    assertFailure(e).hasMessage("integer overflow").isNotInstanceOf(SQLSyntaxErrorException.class);
    assertCodes(e, 1, 1, "HY000");
  }

  @Test
  void whatIsNotBuiltSaysSo() {
    SQLException e = failureOf(() -> connection.prepareCall("{call p()}"));

    assertFailure(e).isInstanceOf(SQLFeatureNotSupportedException.class);
    assertThat(e.getSQLState()).isEqualTo("HYC00");
  }

  @Test
  void aFailedStatementLeavesTheTransactionUsable() throws SQLException {
    connection.setAutoCommit(false);
    execute("INSERT INTO t VALUES (2, 'two', 2, 2)");

    failure("INSERT INTO t VALUES (3, 'three', 3, 3), (2, 'again', 4, 4)");
    connection.commit();

    assertThat(rows("SELECT a FROM t ORDER BY a")).isEqualTo("1/2");
  }

  @Test
  void aFailedBatchTellsHowFarItCame() throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement("INSERT INTO k VALUES (?, 0)")) {
      for (int x : new int[] {5, 6, 1, 7}) {
        insert.setInt(1, x);
        insert.addBatch();
      }
      SQLException e = failureOf(insert::executeBatch);

      assertFailure(e)
          .isInstanceOf(BatchUpdateException.class)
          .hasMessageContaining("UNIQUE constraint failed: k.x")
          .hasCauseInstanceOf(SQLIntegrityConstraintViolationException.class);
      assertThat(((BatchUpdateException) e).getUpdateCounts()).containsExactly(1, 1);
      assertThat(e.getErrorCode()).isEqualTo(19);
      assertThat(e.getSQLState()).isEqualTo("23505");
      assertThat(rows("SELECT count(*) FROM k")).isEqualTo("1");

      insert.setInt(1, 8);
      insert.addBatch();
      assertThat(insert.executeBatch()).containsExactly(1);
    }
  }

  @Test
  void aFailedBatchInATransactionKeepsWhatWasBefore() throws SQLException {
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      statement.addBatch("INSERT INTO k VALUES (5, 0)");
      statement.addBatch("INSERT INTO absent VALUES (5, 0)");
      SQLException e = failureOf(statement::executeBatch);

      assertThat(((BatchUpdateException) e).getLargeUpdateCounts()).containsExactly(1);
      assertThat(e.getSQLState()).isEqualTo("42S02");
    }
    connection.commit();
    assertThat(rows("SELECT count(*) FROM k")).isEqualTo("2");
  }

  @Test
  void aBatchHasNoPlaceForQueries() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.addBatch("INSERT INTO k VALUES (5, 0)");
      statement.addBatch("SELECT 1");
      SQLException e = failureOf(statement::executeBatch);

      assertFailure(e).hasMessageContaining("query returns results");
    }
    assertThat(rows("SELECT count(*) FROM k")).isEqualTo("1");
  }

  @Test
  void aQueryIsNoUpdateAndAnUpdateNoQuery() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      assertFailure(failureOf(() -> statement.executeQuery("DELETE FROM t")))
          .hasMessage("query does not return results");
      assertFailure(failureOf(() -> statement.executeUpdate("SELECT * FROM t")))
          .hasMessage("query returns results");
      assertFailure(failureOf(() -> statement.executeQuery("-- nothing")))
          .hasMessage("query does not return results");
    }
    try (PreparedStatement delete = connection.prepareStatement("DELETE FROM t");
        PreparedStatement select = connection.prepareStatement("SELECT * FROM t")) {
      assertFailure(failureOf(delete::executeQuery)).hasMessage("query does not return results");
      assertFailure(failureOf(select::executeUpdate)).hasMessage("query returns results");
    }
    assertThat(rows("SELECT count(*) FROM t")).isEqualTo("1");
  }

  @Test
  void parametersMustBeSetAndThere() throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement("INSERT INTO k VALUES (?, ?)")) {
      insert.setInt(1, 5);
      SQLException unset = failureOf(insert::executeUpdate);
      assertFailure(unset).hasMessage("parameter 2 is not set");
      assertThat(unset.getSQLState()).isEqualTo("07001");
      assertThat(failureOf(insert::addBatch).getSQLState()).isEqualTo("07001");

      for (int index : new int[] {0, 3, -1}) {
        SQLException bad = failureOf(() -> insert.setInt(index, 1));
        assertThat(bad.getSQLState()).isEqualTo("07009");
        assertThat(bad.getErrorCode()).isEqualTo(25);
      }
      insert.setNull(2, java.sql.Types.INTEGER);
      assertThat(insert.executeUpdate()).isEqualTo(1);
      insert.clearParameters();
      assertThat(failureOf(insert::executeUpdate).getSQLState()).isEqualTo("07001");
    }
    // A statement that is not prepared has no way to set them; SQLite takes NULL.
    assertThat(rows("SELECT ?")).isEqualTo("null");
  }

  @Test
  void aPreparedStatementRunsItsOwnTextOnly() throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement("SELECT 1")) {
      assertFailure(failureOf(() -> statement.execute("SELECT 2"))).isNotNull();
      assertFailure(failureOf(() -> statement.executeUpdate("DELETE FROM t", 1))).isNotNull();
      assertFailure(failureOf(() -> statement.addBatch("DELETE FROM t"))).isNotNull();
    }
  }

  @Test
  void afterCloseNothingWorks() throws SQLException {
    Statement statement = connection.createStatement();
    java.sql.ResultSet rows = statement.executeQuery("SELECT 1");
    rows.close();
    assertThat(failureOf(rows::next).getSQLState()).isEqualTo("HY010");
    statement.close();
    statement.close();
    assertThat(failureOf(() -> statement.execute("SELECT 1")).getSQLState()).isEqualTo("HY010");
    assertThat(statement.isClosed()).isTrue();

    Statement other = connection.createStatement();
    connection.close();
    connection.close();
    SQLException e = failureOf(() -> other.execute("SELECT 1"));
    assertFailure(e).isInstanceOf(SQLNonTransientConnectionException.class);
    assertThat(e.getSQLState()).isEqualTo("08003");
    assertThat(failureOf(connection::createStatement).getSQLState()).isEqualTo("08003");
    assertThat(failureOf(connection::commit).getSQLState()).isEqualTo("08003");
    assertThat(connection.isValid(1)).isFalse();
    assertThat(other.isClosed()).isTrue();
  }
}
