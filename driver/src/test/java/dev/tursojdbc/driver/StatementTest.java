package dev.tursojdbc.driver;

import static dev.tursojdbc.driver.Failures.assertFailure;
import static dev.tursojdbc.driver.Failures.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How statements run: several in a text, limits, cancelling, results one after the other. */
@Timeout(60)
class StatementTest extends ConnectionFixture {
  private static final String ENDLESS =
      "WITH n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n";

  @BeforeEach
  void table() throws SQLException {
    execute("CREATE TABLE t(a INTEGER PRIMARY KEY, b)", "INSERT INTO t VALUES (1, 'x'), (2, 'y')");
  }

  @Test
  void allStatementsOfATextRunAndTellTheirResults() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      assertThat(
              statement.execute(
                  "SELECT a FROM t; INSERT INTO t VALUES (3, 'z'); -- then\n SELECT count(*) FROM t;"))
          .isTrue();
      assertThat(text(statement.getResultSet())).isEqualTo("1/2");
      assertThat(statement.getMoreResults()).isFalse();
      assertThat(statement.getUpdateCount()).isEqualTo(1);
      assertThat(statement.getMoreResults()).isTrue();
      assertThat(text(statement.getResultSet())).isEqualTo("3");
      assertThat(statement.getMoreResults()).isFalse();
      assertThat(statement.getUpdateCount()).isEqualTo(-1);
    }
  }

  @Test
  void aTextWithoutStatementsDoesNothing() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String text : new String[] {"", " ", ";;", "-- a comment", "/* another */ ;"}) {
        assertThat(statement.execute(text)).isFalse();
        assertThat(statement.executeUpdate(text)).isZero();
      }
      connection.prepareStatement("-- nothing").execute();
    }
  }

  @Test
  void aPreparedTextOfSeveralStatementsRunsWhole() throws SQLException {
    try (PreparedStatement script =
        connection.prepareStatement("PRAGMA foreign_keys = OFF; DELETE FROM t; DROP TABLE t")) {
      script.execute();
    }
    assertThat(rows("SELECT count(*) FROM sqlite_schema")).isEqualTo("0");
    assertFailure(failureOf(() -> connection.prepareStatement("SELECT ?; SELECT 1")))
        .hasMessageContaining("several statements");
  }

  @Test
  void countsAreOfChangesOnly() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      assertThat(statement.executeUpdate("UPDATE t SET b = 'q'")).isEqualTo(2);
      assertThat(statement.executeUpdate("CREATE TABLE u(a)")).isZero();
      assertThat(statement.executeUpdate("PRAGMA cache_size = 100")).isZero();
      assertThat(statement.executeUpdate("DELETE FROM t WHERE a = 9")).isZero();
      assertThat(statement.executeUpdate("INSERT INTO t VALUES (5, 5) RETURNING a")).isEqualTo(1);
      assertThat(statement.executeLargeUpdate("DELETE FROM t")).isEqualTo(3);
    }
  }

  @Test
  void returningGivesRows() throws SQLException {
    assertThat(rows("INSERT INTO t VALUES (7, 'k'), (8, 'l') RETURNING a, b")).isEqualTo("7|k/8|l");
    assertThat(rows("SELECT count(*) FROM t")).isEqualTo("4");
  }

  @Test
  void maxRowsCutsTheResult() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.setMaxRows(1);
      assertThat(text(statement.executeQuery("SELECT a FROM t ORDER BY a"))).isEqualTo("1");
      statement.setLargeMaxRows(0);
      assertThat(text(statement.executeQuery("SELECT a FROM t ORDER BY a"))).isEqualTo("1/2");
      assertFailure(failureOf(() -> statement.setMaxRows(-1))).isNotNull();
    }
  }

  @Test
  void maxFieldSizeCutsValues() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.setMaxFieldSize(2);
      try (ResultSet row = statement.executeQuery("SELECT 'abc', x'010203', 12345")) {
        assertThat(row.next()).isTrue();
        assertThat(row.getString(1)).isEqualTo("ab");
        assertThat(row.getBytes(2)).containsExactly(1, 2);
        assertThat(row.getInt(3)).isEqualTo(12345);
      }
    }
  }

  @Test
  void hintsAreKept() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.setFetchSize(17);
      assertThat(statement.getFetchSize()).isEqualTo(17);
      assertFailure(failureOf(() -> statement.setFetchSize(-1))).isNotNull();
      statement.setFetchDirection(ResultSet.FETCH_FORWARD);
      assertFailure(failureOf(() -> statement.setFetchDirection(77))).isNotNull();
      statement.setPoolable(true);
      assertThat(statement.isPoolable()).isTrue();
      statement.setCursorName("ignored");
      assertFailure(statement.getWarnings()).isNull();
      assertFailure(failureOf(() -> statement.setQueryTimeout(-1))).isNotNull();
    }
  }

  @Test
  void closeOnCompletionClosesAfterTheLastResult() throws SQLException {
    Statement statement = connection.createStatement();
    statement.closeOnCompletion();
    ResultSet rows = statement.executeQuery("SELECT 1");
    assertThat(statement.isCloseOnCompletion()).isTrue();
    rows.close();
    assertThat(statement.isClosed()).isTrue();
  }

  @Test
  void runningAgainClosesTheEarlierResult() throws SQLException {
    try (PreparedStatement select = connection.prepareStatement("SELECT a FROM t")) {
      ResultSet first = select.executeQuery();
      assertThat(first.next()).isTrue();
      ResultSet second = select.executeQuery();
      assertThat(first.isClosed()).isTrue();
      assertThat(text(second)).isEqualTo("1/2");
    }
  }

  @Test
  void keptResultsStayOpenUntilAllAreClosed() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("SELECT 1; SELECT 2; SELECT 3");
      ResultSet first = statement.getResultSet();
      assertThat(statement.getMoreResults(Statement.KEEP_CURRENT_RESULT)).isTrue();
      ResultSet second = statement.getResultSet();
      assertThat(first.isClosed()).isFalse();
      assertThat(text(first)).isEqualTo("1");
      assertThat(text(second)).isEqualTo("2");
      assertThat(statement.getMoreResults(Statement.CLOSE_ALL_RESULTS)).isTrue();
      assertThat(first.isClosed()).isTrue();
      assertThat(second.isClosed()).isTrue();
      assertThat(text(statement.getResultSet())).isEqualTo("3");
    }
  }

  @Test
  void aTimeoutEndsAQueryAndNothingElse() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.setQueryTimeout(1);
      long start = System.nanoTime();
      SQLException e = failureOf(() -> text(statement.executeQuery(ENDLESS)));

      assertFailure(e).isInstanceOf(SQLTimeoutException.class);
      assertThat(e.getErrorCode()).isEqualTo(9);
      assertThat(e.getSQLState()).isEqualTo("57014");
      assertThat(System.nanoTime() - start).isLessThan(TimeUnit.SECONDS.toNanos(5));
      assertThat(text(statement.executeQuery("SELECT 1"))).isEqualTo("1");
    }
  }

  @Test
  void theNetworkTimeoutEndsAQueryToo() throws SQLException {
    connection.setNetworkTimeout(Runnable::run, 200);
    assertThat(connection.getNetworkTimeout()).isEqualTo(200);

    assertFailure(failureOf(() -> rows(ENDLESS))).isInstanceOf(SQLTimeoutException.class);

    assertFailure(failureOf(() -> connection.setNetworkTimeout(Runnable::run, -1))).isNotNull();
    connection.setNetworkTimeout(Runnable::run, 0);
    assertThat(rows("SELECT 1")).isEqualTo("1");
  }

  @Test
  void cancelFromAnotherThreadLeavesTheConnectionUsable() throws Exception {
    try (Statement statement = connection.createStatement()) {
      CompletableFuture<SQLException> running =
          CompletableFuture.supplyAsync(
              () -> failureOf(() -> text(statement.executeQuery(ENDLESS))));
      do {
        statement.cancel();
      } while (!running.isDone());

      SQLException e = running.get();
      assertThat(e.getErrorCode()).isEqualTo(9);
      assertThat(e.getSQLState()).isEqualTo("57014");
      assertFailure(e).isNotInstanceOf(SQLTimeoutException.class);
      assertThat(text(statement.executeQuery("SELECT 1"))).isEqualTo("1");
    }
  }

  @Test
  void cancelOfAnIdleStatementHitsNobody() throws SQLException {
    try (Statement idle = connection.createStatement();
        Statement busy = connection.createStatement();
        ResultSet rows = busy.executeQuery("SELECT a FROM t")) {
      assertThat(rows.next()).isTrue();
      idle.cancel();
      assertThat(text(rows)).isEqualTo("2");
    }
  }

  @Test
  void abortEndsARunningStatementAndCloses() throws Exception {
    Connection other = java.sql.DriverManager.getConnection("jdbc:turso::memory:");
    Statement statement = other.createStatement();
    CompletableFuture<SQLException> running =
        CompletableFuture.supplyAsync(() -> failureOf(() -> text(statement.executeQuery(ENDLESS))));
    TimeUnit.MILLISECONDS.sleep(100);

    other.abort(command -> new Thread(command).start());

    assertThat(other.isClosed()).isTrue();
    assertFailure(running.get()).isNotNull();
    assertThat(failureOf(() -> other.createStatement()).getSQLState()).isEqualTo("08003");
  }

  @Test
  void aPreparedStatementSurvivesAChangeOfTheSchema() throws SQLException {
    try (PreparedStatement select = connection.prepareStatement("SELECT * FROM t WHERE a = ?")) {
      select.setInt(1, 1);
      assertThat(text(select.executeQuery())).isEqualTo("1|x");
      execute("CREATE INDEX i ON t(b)", "CREATE TABLE u(a)");
      assertThat(text(select.executeQuery())).isEqualTo("1|x");
      execute("DROP TABLE t");
      assertFailure(failureOf(select::executeQuery)).hasMessage("no such table: t");
    }
  }

  @Test
  void emptyBatchesAreEmpty() throws SQLException {
    try (Statement statement = connection.createStatement();
        PreparedStatement insert = connection.prepareStatement("INSERT INTO t VALUES (?, ?)")) {
      assertThat(statement.executeBatch()).isEmpty();
      assertThat(insert.executeBatch()).isEmpty();
      statement.addBatch("DELETE FROM t");
      statement.clearBatch();
      assertThat(statement.executeLargeBatch()).isEmpty();
    }
    assertThat(rows("SELECT count(*) FROM t")).isEqualTo("2");
  }

  @Test
  void allResultSetsEndWithTheirStatement() throws SQLException {
    ResultSet tables = connection.getMetaData().getTables(null, null, "%", null);
    tables.getStatement().close();
    assertThat(tables.isClosed()).isTrue();

    execute("CREATE TABLE keyed(id INTEGER PRIMARY KEY)");
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate("INSERT INTO keyed VALUES (7)", Statement.RETURN_GENERATED_KEYS);
      ResultSet keys = statement.getGeneratedKeys();
      assertThat(text(keys)).isEqualTo("7");
      statement.executeUpdate("DELETE FROM keyed");
      assertThat(keys.isClosed()).isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "abc,false,abc",
        "abc,true,\"abc\"",
        "_a1,false,_a1",
        "order,false,\"order\"",
        "a b,false,\"a b\"",
        "a\"b,false,\"a\"\"b\"",
        "\"a\"\"b\",false,\"a\"\"b\"",
        "1a,false,\"1a\"",
        "größe,false,\"größe\""
      })
  void namesAreQuotedWhereTheyMustBe(String name, boolean always, String quoted)
      throws SQLException {
    try (Statement statement = connection.createStatement()) {
      assertThat(statement.enquoteIdentifier(name, always)).isEqualTo(quoted);
      execute("CREATE TABLE " + statement.enquoteIdentifier(name, always) + "(a)");
    }
  }

  @Test
  void quotingKnowsKeywordsAndLiterals() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      assertThat(statement.isSimpleIdentifier("name")).isTrue();
      assertThat(statement.isSimpleIdentifier("select")).isFalse();
      assertThat(statement.isSimpleIdentifier("")).isFalse();
      assertThat(statement.enquoteLiteral("it's")).isEqualTo("'it''s'");
      assertThat(statement.enquoteNCharLiteral("it's")).isEqualTo("'it''s'");
      assertThat(statement.enquoteIdentifier("x".repeat(200), false)).hasSize(200);
      assertThat(failureOf(() -> statement.enquoteIdentifier("", false)).getErrorCode())
          .isEqualTo(21);
    }
  }

  @Test
  void aPreparedStatementShowsItsText() throws SQLException {
    try (Statement statement = connection.prepareStatement("SELECT 1")) {
      assertThat(statement).hasToString("SELECT 1");
      assertThat(statement.isPoolable()).isTrue();
    }
  }
}
