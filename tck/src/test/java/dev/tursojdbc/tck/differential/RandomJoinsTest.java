package dev.tursojdbc.tck.differential;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Joins of all kinds give the same rows here as on the reference. Where both refuse a query, their
 * words may differ: a query can be wrong in more than one way.
 */
class RandomJoinsTest {
  private static final int QUERIES = 60;

  /**
   * SQLite's search for names among equal ones of a join in parentheses, itself joined by USING to
   * the right, has ends of its own; such queries are passed over where it or we call them
   * ambiguous.
   */
  private static final String AMBIGUOUS = "ambiguous";

  @Test
  void someJoinsGiveTheSameRows() throws SQLException {
    compare(1, 12);
  }

  @Test
  @Tag("differential")
  void manyJoinsGiveTheSameRows() throws SQLException {
    compare(1_000, 500);
  }

  private static void compare(long firstSeed, int databases) throws SQLException {
    for (long seed = firstSeed; seed < firstSeed + databases; seed++) {
      RandomJoins joins = new RandomJoins(seed);
      try (Connection reference = DriverManager.getConnection("jdbc:sqlite::memory:");
          Connection ours = DriverManager.getConnection("jdbc:turso::memory:")) {
        for (String statement : joins.tables()) {
          execute(reference, statement);
          execute(ours, statement);
        }
        for (int i = 0; i < QUERIES; i++) {
          compare(seed, joins.query(), reference, ours);
        }
      }
    }
  }

  private static void compare(long seed, String query, Connection reference, Connection ours) {
    String expected = answer(reference, query);
    String actual = answer(ours, query);
    boolean refused = expected.startsWith("refused") && actual.startsWith("refused");
    boolean ambiguous = expected.contains(AMBIGUOUS) || actual.contains(AMBIGUOUS);
    if (!refused && !ambiguous) {
      assertThat(actual).as("seed " + seed + ": " + query).isEqualTo(expected);
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String answer(Connection connection, String query) {
    List<String> rows = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(query)) {
      int columns = result.getMetaData().getColumnCount();
      while (result.next()) {
        StringBuilder row = new StringBuilder();
        for (int i = 1; i <= columns; i++) {
          row.append(result.getObject(i)).append('|');
        }
        rows.add(row.toString());
      }
    } catch (SQLException e) {
      return "refused: " + e.getMessage();
    }
    if (!query.contains(" ORDER BY x")) {
      rows.sort(null);
    }
    return String.join("\n", rows);
  }
}
