package dev.tursojdbc.driver;

import static dev.tursojdbc.driver.Failures.assertFailure;
import static dev.tursojdbc.driver.Failures.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

/** What URLs limit. The messages are SQLite's. */
final class LimitsTest {
  private static Connection open(String parameters) throws SQLException {
    return DriverManager.getConnection("jdbc:turso::memory:?" + parameters);
  }

  private static void accept(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static void refuse(Connection connection, String sql, int code, String message) {
    SQLException failure = failureOf(() -> accept(connection, sql));
    assertFailure(failure).hasMessage(message);
    assertThat(failure.getErrorCode()).isEqualTo(code);
  }

  @Test
  void longTextsAreTooBig() throws SQLException {
    try (Connection connection = open("limit_sql_length=40")) {
      accept(connection, "SELECT 'ä'" + " ".repeat(29));
      refuse(connection, "SELECT 'ä'" + " ".repeat(30), 18, "statement too long");
      assertThat(connection.getMetaData().getMaxStatementLength()).isEqualTo(40);
    }
  }

  @Test
  void deepExpressionsAreRefusedWithTheQueriesInThem() throws SQLException {
    String message = "Expression tree is too large (maximum depth 3)";
    try (Connection connection = open("limit_expr_depth=3")) {
      accept(connection, "SELECT 1 + 2 + 3");
      refuse(connection, "SELECT 1 + 2 + 3 + 4", 1, message);
      refuse(connection, "SELECT (SELECT 1 + (SELECT 1 + 1))", 1, message);
      accept(connection, "CREATE VIEW v AS SELECT 1 + (SELECT 1)");
      refuse(connection, "CREATE VIEW w AS SELECT 1 + 2 + 3 + 4", 1, message);
    }
  }

  @Test
  void longCompoundsAreRefusedButNotManyRowsOfValues() throws SQLException {
    try (Connection connection = open("limit_compound_select=2")) {
      accept(connection, "SELECT 1 UNION SELECT 2");
      accept(connection, "VALUES (1), (2), (3)");
      refuse(
          connection,
          "SELECT 1 UNION SELECT 2 UNION SELECT 3",
          1,
          "too many terms in compound SELECT");
    }
  }

  @Test
  void noTermsMeansAsManyAsAreEverAllowed() throws SQLException {
    try (Connection connection = open("limit_compound_select=0")) {
      accept(connection, "SELECT 1 UNION SELECT 2");
    }
  }

  @Test
  void longCallsAreRefused() throws SQLException {
    try (Connection connection = open("limit_function_arg=2")) {
      accept(connection, "SELECT max(1, 2)");
      refuse(connection, "SELECT Max(1, 2, 3)", 1, "too many arguments on function Max");
    }
  }

  @Test
  void fewerDatabasesCanBeAttached() throws SQLException {
    try (Connection connection = open("limit_attached=1")) {
      accept(connection, "ATTACH ':memory:' AS a");
      refuse(connection, "ATTACH ':memory:' AS b", 1, "too many attached databases - max 1");
    }
  }

  @Test
  void parametersHaveALargestNumber() throws SQLException {
    try (Connection connection = open("limit_variable_number=2")) {
      accept(connection, "SELECT :a, :b, :a");
      refuse(connection, "SELECT :a, :b, :c", 1, "too many SQL variables");
      refuse(connection, "SELECT ?, ?, ?", 1, "too many SQL variables");
      refuse(connection, "SELECT ?3", 1, "variable number must be between ?1 and ?2");
    }
  }

  @Test
  void longPatternsAreRefused() throws SQLException {
    String message = "LIKE or GLOB pattern too complex";
    try (Connection connection = open("limit_like_pattern_length=5")) {
      accept(connection, "SELECT 'a' LIKE '1234%'");
      refuse(connection, "SELECT 'a' LIKE '12345%'", 1, message);
      refuse(connection, "SELECT 'a' GLOB '12345*'", 1, message);
    }
  }

  /** A plan that another connection has left must not be a way around. */
  @Test
  void plansOfOtherConnectionsAreLimited() throws SQLException {
    String shared = "jdbc:turso:file:limited?mode=memory&cache=shared";
    String sql = "SELECT max(1, 2, 3)";
    try (Connection free = DriverManager.getConnection(shared);
        Connection limited = DriverManager.getConnection(shared + "&limit_function_arg=2")) {
      accept(free, sql);
      accept(free, sql);
      refuse(limited, sql, 1, "too many arguments on function max");
    }
  }

  @Test
  void noLimitGoesBeyondWhatIsEverAllowedAndNegativeOnesMeanNothing() throws SQLException {
    String compound = "SELECT 1" + " UNION ALL SELECT 1".repeat(500);
    try (Connection connection = open("limit_compound_select=100000&limit_attached=-1")) {
      assertFailure(connection.getWarnings()).isNull();
      refuse(connection, compound, 1, "too many terms in compound SELECT");
      accept(connection, "ATTACH ':memory:' AS a");
    }
  }
}
