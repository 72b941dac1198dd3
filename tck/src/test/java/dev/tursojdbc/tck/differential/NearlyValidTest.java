package dev.tursojdbc.tck.differential;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Statements on the edge of validity are taken and refused as on the reference, with the same names
 * of columns and the same rows; where both refuse one, nearly always in the same words. A statement
 * can be wrong in several ways, and which one is told first is not followed to the end.
 *
 * <p>Each script runs in a transaction that is rolled back, and ends with its first difference.
 */
class NearlyValidTest {
  /** One script in so many may get another answer: about rows that the reference keeps, say. */
  private static final int OTHER_ANSWER = 200;

  /** One script in so many may be refused in other words. */
  private static final int OTHER_WORDS = 20;

  private final List<String> answers = new ArrayList<>();
  private final List<String> words = new ArrayList<>();

  @Test
  void aSampleIsTakenAndRefusedAsOnTheReference() throws SQLException {
    compare(1, 240);

    assertThat(answers).isEmpty();
    assertThat(words).hasSizeLessThan(240 / OTHER_WORDS);
  }

  @Test
  @Tag("differential")
  void manyAreTakenAndRefusedAsOnTheReference() throws SQLException {
    compare(100_000, 20_000);

    assertThat(answers).hasSizeLessThan(20_000 / OTHER_ANSWER);
    assertThat(words).hasSizeLessThan(20_000 / OTHER_WORDS);
  }

  private void compare(long firstSeed, int count) throws SQLException {
    try (Connection reference = filled("jdbc:sqlite::memory:");
        Connection ours = filled("jdbc:turso::memory:")) {
      for (long seed = firstSeed; seed < firstSeed + count; seed++) {
        answer(reference, "BEGIN");
        answer(ours, "BEGIN");
        compare(seed, new NearlyValidStatements(seed).script(), reference, ours);
        // Some statements roll back by themselves.
        answer(reference, "ROLLBACK");
        answer(ours, "ROLLBACK");
      }
    }
  }

  private void compare(long seed, List<String> script, Connection reference, Connection ours) {
    for (String sql : script) {
      String expected = answer(reference, sql);
      String actual = answer(ours, sql);
      if (!actual.equals(expected)) {
        boolean bothRefuse = expected.startsWith("refused") && actual.startsWith("refused");
        (bothRefuse ? words : answers)
            .add("seed %d: %s%n  %s%n  not %s%n".formatted(seed, script, expected, actual));
        return;
      }
    }
  }

  private static Connection filled(String url) throws SQLException {
    Connection connection = DriverManager.getConnection(url);
    try (Statement statement = connection.createStatement()) {
      for (String sql : NearlyValidStatements.SCHEMA) {
        statement.executeUpdate(sql);
      }
    }
    return connection;
  }

  private static String answer(Connection connection, String sql) {
    try (Statement statement = connection.createStatement()) {
      return statement.execute(sql) ? rows(statement.getResultSet()) : "done";
    } catch (SQLException e) {
      return "refused: " + e.getErrorCode() + " " + message(e);
    }
  }

  /** The names of the columns and the rows in any order. */
  private static String rows(ResultSet result) throws SQLException {
    int columns = result.getMetaData().getColumnCount();
    StringBuilder names = new StringBuilder();
    for (int i = 1; i <= columns; i++) {
      names.append(result.getMetaData().getColumnName(i)).append('|');
    }
    List<String> rows = new ArrayList<>();
    while (result.next()) {
      StringBuilder row = new StringBuilder();
      for (int i = 1; i <= columns; i++) {
        row.append(text(result.getObject(i))).append('|');
      }
      rows.add(row.toString());
    }
    rows.sort(null);
    return names + "\n" + String.join("\n", rows);
  }

  private static String text(@Nullable Object value) {
    if (value instanceof byte[] bytes) {
      return "x'" + HexFormat.of().formatHex(bytes) + "'";
    }
    return value instanceof String ? "'" + value + "'" : String.valueOf(value);
  }

  /** The reference's driver puts its own words around SQLite's. */
  private static String message(SQLException e) {
    String text = String.valueOf(e.getMessage());
    return text.startsWith("[SQLITE_") && text.endsWith(")")
        ? text.substring(text.indexOf('(') + 1, text.length() - 1)
        : text;
  }
}
