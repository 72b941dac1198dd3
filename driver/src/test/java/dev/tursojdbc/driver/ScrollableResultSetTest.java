package dev.tursojdbc.driver;

import static dev.tursojdbc.driver.Failures.assertFailure;
import static dev.tursojdbc.driver.Failures.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Result sets whose rows can be visited in any order. */
class ScrollableResultSetTest extends ConnectionFixture {
  private static final String FIVE =
      "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 5) SELECT i FROM n";

  private Statement scrolling() throws SQLException {
    return connection.createStatement(
        ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.CONCUR_READ_ONLY);
  }

  @Test
  void rowsAreVisitedInAnyOrder() throws SQLException {
    try (Statement statement = scrolling();
        ResultSet rows = statement.executeQuery(FIVE)) {
      assertThat(rows.last()).isTrue();
      assertThat(rows.getInt(1)).isEqualTo(5);
      assertThat(rows.getRow()).isEqualTo(5);
      assertThat(rows.previous()).isTrue();
      assertThat(rows.getInt("i")).isEqualTo(4);
      assertThat(rows.first()).isTrue();
      assertThat(rows.getInt(1)).isEqualTo(1);
      assertThat(rows.absolute(3)).isTrue();
      assertThat(rows.getInt(1)).isEqualTo(3);
      assertThat(rows.absolute(-2)).isTrue();
      assertThat(rows.getInt(1)).isEqualTo(4);
      assertThat(rows.relative(-3)).isTrue();
      assertThat(rows.getInt(1)).isEqualTo(1);
      assertThat(rows.relative(0)).isTrue();
      assertThat(rows.getInt(1)).isEqualTo(1);
      assertThat(rows.next()).isTrue();
      assertThat(rows.getInt(1)).isEqualTo(2);
    }
  }

  @Test
  void beyondTheRowsThereIsNone() throws SQLException {
    try (Statement statement = scrolling();
        ResultSet rows = statement.executeQuery(FIVE)) {
      assertThat(rows.isBeforeFirst()).isTrue();
      assertThat(rows.previous()).isFalse();
      assertThat(rows.absolute(6)).isFalse();
      assertThat(rows.isAfterLast()).isTrue();
      assertThat(rows.getRow()).isZero();
      assertThat(failureOf(() -> rows.getInt(1)).getSQLState()).isEqualTo("24000");
      assertThat(rows.next()).isFalse();
      assertThat(rows.previous()).isTrue();
      assertThat(rows.getInt(1)).isEqualTo(5);
      assertThat(rows.absolute(-6)).isFalse();
      assertThat(rows.isBeforeFirst()).isTrue();
      rows.afterLast();
      assertThat(rows.isAfterLast()).isTrue();
      rows.beforeFirst();
      assertThat(rows.isBeforeFirst()).isTrue();
      assertThat(rows.absolute(0)).isFalse();
      assertThat(rows.isBeforeFirst()).isTrue();
      assertThat(rows.relative(Integer.MAX_VALUE)).isFalse();
      assertThat(rows.relative(Integer.MIN_VALUE)).isFalse();
      assertThat(text(rows)).isEqualTo("1/2/3/4/5");
    }
  }

  @Test
  void firstAndLastAreKnown() throws SQLException {
    try (Statement statement = scrolling();
        ResultSet rows = statement.executeQuery("SELECT 1 UNION ALL SELECT 2")) {
      rows.next();
      assertThat(rows.isFirst()).isTrue();
      assertThat(rows.isLast()).isFalse();
      assertThat(rows.getInt(1)).isEqualTo(1);
      rows.next();
      assertThat(rows.isFirst()).isFalse();
      assertThat(rows.isLast()).isTrue();
      assertThat(rows.getInt(1)).isEqualTo(2);
    }
  }

  @Test
  void noRowsAreNeitherBeforeNorBehind() throws SQLException {
    try (Statement statement = scrolling();
        ResultSet rows = statement.executeQuery("SELECT 1 WHERE 0")) {
      assertThat(rows.isBeforeFirst()).isFalse();
      assertThat(rows.last()).isFalse();
      assertThat(rows.first()).isFalse();
      assertThat(rows.isAfterLast()).isFalse();
      assertThat(rows.getRow()).isZero();
    }
  }

  @Test
  void rowsAreThoseOfTheTimeOfTheQuery() throws SQLException {
    execute("CREATE TABLE t(a)", "INSERT INTO t VALUES (1), (2), (3)");
    try (Statement statement = scrolling();
        ResultSet rows = statement.executeQuery("SELECT a FROM t")) {
      rows.next();
      execute("DELETE FROM t", "INSERT INTO t VALUES (9)");
      assertThat(rows.last()).isTrue();
      assertThat(rows.getInt(1)).isEqualTo(3);
      rows.beforeFirst();
      assertThat(text(rows)).isEqualTo("1/2/3");
    }
  }

  @Test
  void valuesKeepTheirTypes() throws SQLException {
    try (Statement statement = scrolling();
        ResultSet rows = statement.executeQuery("SELECT 5000000000, 1.5, 'ü', x'0102', NULL")) {
      rows.last();
      assertThat(rows.getObject(1)).isEqualTo(5000000000L);
      assertThat(rows.getObject(2)).isEqualTo(1.5);
      assertThat(rows.getObject(3)).isEqualTo("ü");
      assertThat(rows.getBytes(4)).containsExactly(1, 2);
      assertThat(rows.getObject(5)).isNull();
      assertThat(rows.wasNull()).isTrue();
      assertThat(rows.getString(1)).isEqualTo("5000000000");
    }
  }

  @Test
  void maxRowsLimitsWhatCanBeVisited() throws SQLException {
    try (Statement statement = scrolling()) {
      statement.setMaxRows(3);
      try (ResultSet rows = statement.executeQuery(FIVE)) {
        assertThat(rows.absolute(4)).isFalse();
        assertThat(rows.last()).isTrue();
        assertThat(rows.getInt(1)).isEqualTo(3);
        assertThat(rows.isLast()).isTrue();
        assertThat(rows.absolute(-3)).isTrue();
        assertThat(rows.getInt(1)).isEqualTo(1);
      }
    }
  }

  @Test
  void preparedStatementsScrollTooAndRunAgain() throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT ?1 UNION ALL SELECT ?1 + 1",
            ResultSet.TYPE_SCROLL_INSENSITIVE,
            ResultSet.CONCUR_READ_ONLY)) {
      for (int i = 0; i < 3; i++) {
        statement.setInt(1, 10 * i);
        ResultSet rows = statement.executeQuery();
        assertThat(rows.last()).isTrue();
        assertThat(rows.getInt(1)).isEqualTo(10 * i + 1);
      }
    }
  }

  @Test
  void eachResultOfSeveralStatementsScrolls() throws SQLException {
    try (Statement statement = scrolling()) {
      assertThat(statement.execute("SELECT 1 UNION ALL SELECT 2; SELECT 3 UNION ALL SELECT 4"))
          .isTrue();
      ResultSet first = statement.getResultSet();
      assertThat(first.absolute(0)).isFalse();
      assertThat(first.last()).isTrue();
      assertThat(first.getInt(1)).isEqualTo(2);
      assertThat(first.previous()).isTrue();
      assertThat(statement.getMoreResults()).isTrue();
      ResultSet second = statement.getResultSet();
      assertThat(second.last()).isTrue();
      assertThat(second.getInt(1)).isEqualTo(4);
    }
  }

  @Test
  void manyRowsGoToATemporaryFile() throws SQLException {
    execute("PRAGMA soft_heap_limit = 100000");
    String query =
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 5000)"
            + " SELECT i, printf('%0100d', i), zeroblob(i % 1000 * 100) FROM n";
    try (Statement statement = scrolling();
        ResultSet rows = statement.executeQuery(query)) {
      assertThat(rows.last()).isTrue();
      for (int i : new int[] {5000, 1, 4999, 2500, 3, 4001, 999}) {
        assertThat(rows.absolute(i)).isTrue();
        assertThat(rows.getInt(1)).isEqualTo(i);
        assertThat(rows.getString(2)).isEqualTo("%0100d".formatted(i));
        assertThat(rows.getBytes(3)).hasSize(i % 1000 * 100);
      }
      assertThat(rows.isLast()).isFalse();
    }
  }

  @Test
  void theLockGoesWithTheLastRow() throws SQLException {
    try (Connection other =
            DriverManager.getConnection("jdbc:turso:file:scroll?mode=memory&cache=shared");
        Connection writer =
            DriverManager.getConnection(
                "jdbc:turso:file:scroll?mode=memory&cache=shared&busy_timeout=0");
        Statement changes = writer.createStatement();
        Statement statement =
            other.createStatement(ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.CONCUR_READ_ONLY)) {
      changes.execute("CREATE TABLE t(a)");
      changes.execute("INSERT INTO t VALUES (1), (2)");
      ResultSet rows = statement.executeQuery("SELECT a FROM t");
      rows.last();
      changes.execute("DROP TABLE t");
      assertThat(rows.first()).isTrue();
      assertThat(rows.getInt(1)).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @CsvSource({"1004, 1007, 1004, ''", "1005, 1007, 1004, sensitive", "1003, 1008, 1003, updatable"})
  void whatIsNotThereIsReplacedWithAWarning(
      int type, int concurrency, int actualType, String warning) throws SQLException {
    try (Statement statement = connection.createStatement(type, concurrency)) {
      assertThat(statement.getResultSetType()).isEqualTo(actualType);
      assertThat(statement.getResultSetConcurrency()).isEqualTo(ResultSet.CONCUR_READ_ONLY);
      ResultSet rows = statement.executeQuery("SELECT 1");
      assertThat(rows.getType()).isEqualTo(actualType);
      assertThat(rows.getConcurrency()).isEqualTo(ResultSet.CONCUR_READ_ONLY);
    }
    if (warning.isEmpty()) {
      assertThat((Object) connection.getWarnings()).isNull();
    } else {
      assertThat(connection.getWarnings().getMessage()).contains(warning);
      assertThat(connection.getWarnings().getSQLState()).isEqualTo("01000");
    }
  }

  @Test
  void metadataSaysWhatIsThere() throws SQLException {
    var metaData = connection.getMetaData();
    assertThat(metaData.supportsResultSetType(ResultSet.TYPE_SCROLL_INSENSITIVE)).isTrue();
    assertThat(metaData.supportsResultSetType(ResultSet.TYPE_SCROLL_SENSITIVE)).isFalse();
    for (int type : new int[] {1003, 1004}) {
      assertThat(metaData.supportsResultSetConcurrency(type, ResultSet.CONCUR_READ_ONLY)).isTrue();
      assertThat(metaData.supportsResultSetConcurrency(type, ResultSet.CONCUR_UPDATABLE)).isFalse();
      assertThat(metaData.ownUpdatesAreVisible(type)).isFalse();
      assertThat(metaData.othersInsertsAreVisible(type)).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1002, 1006})
  void unknownTypesAreRefused(int type) {
    assertFailure(failureOf(() -> connection.createStatement(type, ResultSet.CONCUR_READ_ONLY)))
        .isNotInstanceOf(SQLFeatureNotSupportedException.class);
  }

  @Test
  void holdabilityIsTheStatements() throws SQLException {
    try (Statement statement =
        connection.createStatement(
            ResultSet.TYPE_FORWARD_ONLY,
            ResultSet.CONCUR_READ_ONLY,
            ResultSet.HOLD_CURSORS_OVER_COMMIT)) {
      assertThat(statement.getResultSetHoldability()).isEqualTo(ResultSet.HOLD_CURSORS_OVER_COMMIT);
      ResultSet rows = statement.executeQuery("SELECT 1");
      assertThat(rows.getHoldability()).isEqualTo(ResultSet.HOLD_CURSORS_OVER_COMMIT);
    }
    assertThat(failureOf(() -> connection.createStatement(1003, 1007, 7)).getErrorCode())
        .isEqualTo(21);
  }

  @Test
  void forwardOnlyOnesDoNotScroll() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(FIVE)) {
      for (Failures.Attempt attempt :
          Arrays.<Failures.Attempt>asList(
              rows::first, rows::last, rows::previous, rows::beforeFirst, rows::afterLast)) {
        assertThat(failureOf(attempt).getMessage()).isEqualTo("the result set is forward-only");
      }
      assertThat(text(rows)).isEqualTo("1/2/3/4/5");
    }
  }

  @Test
  void aFailureOnTheWayLeavesNoRow() throws SQLException {
    try (Statement statement = scrolling();
        ResultSet rows =
            statement.executeQuery("SELECT 1 UNION ALL SELECT abs(-9223372036854775807 - 1)")) {
      assertThat(rows.next()).isTrue();
      assertThat(failureOf(rows::last).getMessage()).isEqualTo("integer overflow");
      assertThat(failureOf(() -> rows.getInt(1)).getSQLState()).isEqualTo("24000");
      assertThat(rows.first()).isTrue();
      assertThat(rows.getInt(1)).isEqualTo(1);
    }
  }

  @Test
  void closedOnesGiveNothing() throws SQLException {
    try (Statement statement = scrolling()) {
      ResultSet rows = statement.executeQuery(FIVE);
      rows.last();
      rows.close();
      assertThat(failureOf(rows::first).getSQLState()).isEqualTo("HY010");
      assertThat(failureOf(rows::isLast).getSQLState()).isEqualTo("HY010");
    }
  }
}
