package dev.tursojdbc.tck.differential;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.StringJoiner;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Indexes serve comparisons of row values as the reference's do: the same rows by the same plan.
 */
class RowValueSearchTest {
  private static final String[] TABLES = {
    "CREATE TABLE t(a, b, c, d)",
    "CREATE TABLE t(a INT, b TEXT, c INT, d INT PRIMARY KEY)",
    "CREATE TABLE t(a INT, b INT, c TEXT COLLATE NOCASE, d INT, PRIMARY KEY (d, a)) WITHOUT ROWID",
  };

  private static final String[] INDEXES = {
    "CREATE INDEX ti ON t(a, b, c)",
    "CREATE INDEX ti ON t(a DESC, b DESC)",
    "CREATE INDEX ti ON t(b, a DESC, c)",
    "CREATE UNIQUE INDEX ti ON t(a, b, d)",
    "CREATE INDEX ti ON t(c, b)",
    "CREATE INDEX ti ON t(c COLLATE NOCASE, a)",
  };

  private final Random random = new Random();

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void rowsAndPlansAreThoseOfTheReference(long seed) throws SQLException {
    random.setSeed(seed * 0x9E3779B97F4A7C15L);
    try (Connection reference = DriverManager.getConnection("jdbc:sqlite::memory:");
        Connection ours = DriverManager.getConnection("jdbc:turso::memory:")) {
      for (String statement : tables()) {
        execute(reference, statement);
        execute(ours, statement);
      }
      for (int i = 0; i < 40; i++) {
        String query = query();
        assertThat(answer(ours, "EXPLAIN QUERY PLAN " + query, 4))
            .as(query)
            .isEqualTo(answer(reference, "EXPLAIN QUERY PLAN " + query, 4));
        assertThat(answer(ours, query, 1)).as(query).isEqualTo(answer(reference, query, 1));
      }
    }
  }

  private List<String> tables() {
    List<String> statements = new ArrayList<>();
    statements.add(oneOf(TABLES));
    statements.add(oneOf(INDEXES));
    statements.add("CREATE TABLE u(x INT, y, z TEXT)");
    for (int i = 0; i < 120; i++) {
      statements.add(
          "INSERT OR IGNORE INTO t VALUES ("
              + value()
              + ","
              + value()
              + ","
              + value()
              + ","
              + i
              + ")");
    }
    for (int i = 0; i < 12; i++) {
      statements.add("INSERT INTO u VALUES (" + value() + "," + value() + "," + value() + ")");
    }
    return statements;
  }

  private String query() {
    String where = term() + oneOf("", "", " AND a = 2", " AND b > 1", " AND " + term());
    String order = oneOf("", "", " ORDER BY a, b", " ORDER BY a DESC, b DESC", " ORDER BY c");
    return switch (random.nextInt(4)) {
      case 0 -> "SELECT d FROM u JOIN t ON " + join() + " WHERE z IS NOT NULL";
      case 1 -> "SELECT d FROM u LEFT JOIN t ON " + join();
      default -> "SELECT d, a, b FROM t WHERE " + where + order;
    };
  }

  private String term() {
    String[] columns = columns();
    if (random.nextInt(3) == 0) {
      String rows =
          columns.length == 2
              ? oneOf(
                  "SELECT x, y FROM u", "SELECT y, x FROM u WHERE z > 2", "VALUES (1, 2), (3, 1)")
              : oneOf("SELECT x, y, z FROM u", "VALUES (1, 2, 3), (2, NULL, 1), (4, 1, 'x')");
      return row(columns) + " IN (" + rows + ")";
    }
    String[] values = new String[columns.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = value();
    }
    String operator = oneOf(" > ", " >= ", " < ", " <= ");
    return random.nextInt(6) == 0
        ? row(values) + operator + row(columns)
        : row(columns) + operator + row(values);
  }

  private String join() {
    return random.nextBoolean()
        ? row(columns(2)) + oneOf(" > ", " <= ") + "(x, y)"
        : row(columns(2)) + " IN (SELECT v.x, v.y FROM u AS v WHERE v.z = u.z)";
  }

  private String[] columns() {
    return columns(2 + random.nextInt(2));
  }

  private String[] columns(int count) {
    List<String> columns = new ArrayList<>(List.of("a", "b", "c", "d"));
    if (random.nextBoolean()) {
      java.util.Collections.shuffle(columns, random);
    }
    return columns.subList(0, count).toArray(String[]::new);
  }

  private static String row(String... elements) {
    StringJoiner row = new StringJoiner(", ", "(", ")");
    for (String element : elements) {
      row.add(element);
    }
    return row.toString();
  }

  private String value() {
    return oneOf("NULL", "0", "1", "2", "3", "4", "1", "2", "2.0", "'2'", "'x'", "'X'", "-1.5");
  }

  private String oneOf(String... choices) {
    return choices[random.nextInt(choices.length)];
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static List<String> answer(Connection connection, String sql, int column)
      throws SQLException {
    List<String> answer = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(sql);
        ResultSet result = statement.executeQuery()) {
      while (result.next()) {
        answer.add(result.getString(column));
      }
    }
    return answer;
  }
}
