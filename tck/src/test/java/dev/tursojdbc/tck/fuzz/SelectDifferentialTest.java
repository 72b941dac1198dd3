package dev.tursojdbc.tck.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Random queries have the same rows here as on the reference. */
class SelectDifferentialTest {
  @Test
  void aSampleOfRandomQueriesHasTheReferencesRows() throws SQLException {
    compare(1, 600);
  }

  @Test
  @Tag("slow")
  void randomQueriesHaveTheReferencesRows() throws SQLException {
    compare(100_000, 60_000);
  }

  private static void compare(long firstSeed, int count) throws SQLException {
    List<String> differences = new ArrayList<>();
    try (Connection ours = filled("jdbc:turso::memory:");
        Connection reference = filled("jdbc:sqlite::memory:")) {
      for (long seed = firstSeed; seed < firstSeed + count && differences.size() < 5; seed++) {
        String sql = new RandomSelect(seed).query();
        List<String> expected = rows(reference, sql);
        List<String> found = rows(ours, sql);
        if (!found.equals(expected)) {
          differences.add(
              "seed %d: %s%nexpected %s%nbut was  %s".formatted(seed, sql, expected, found));
        }
      }
    }
    assertThat(differences).isEmpty();
  }

  private static Connection filled(String url) throws SQLException {
    Connection connection = DriverManager.getConnection(url);
    try (Statement statement = connection.createStatement()) {
      for (String sql : RandomSelect.SCHEMA) {
        statement.executeUpdate(sql);
      }
    }
    return connection;
  }

  /** The rows sorted, or the error. */
  private static List<String> rows(Connection connection, String sql) {
    List<String> rows = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      int columns = result.getMetaData().getColumnCount();
      while (result.next()) {
        StringBuilder row = new StringBuilder();
        for (int i = 1; i <= columns; i++) {
          row.append(i == 1 ? "" : "|").append(text(result.getObject(i)));
        }
        rows.add(row.toString());
      }
    } catch (SQLException e) {
      return List.of("error " + message(e));
    }
    Collections.sort(rows);
    return rows;
  }

  private static String message(SQLException e) {
    String text = String.valueOf(e.getMessage());
    return text.startsWith("[SQLITE_") && text.endsWith(")")
        ? text.substring(text.indexOf('(') + 1, text.length() - 1)
        : text;
  }

  private static String text(@Nullable Object value) {
    if (value instanceof byte[] bytes) {
      return "x'" + HexFormat.of().formatHex(bytes) + "'";
    }
    return value instanceof String ? "'" + value + "'" : String.valueOf(value);
  }
}
