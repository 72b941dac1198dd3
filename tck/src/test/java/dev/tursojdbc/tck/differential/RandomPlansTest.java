package dev.tursojdbc.tck.differential;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Queries give the same rows as on the reference, and most of them by the same plan, so that the
 * rows come in the same order too.
 */
class RandomPlansTest {
  private static final int QUERIES = 40;

  /** How many of a thousand plans, and orders of rows, have to be the same. */
  private static final int SAME_PLANS = 800;

  private static final int SAME_ORDERS = 985;

  private int queries;
  private int samePlans;
  private int sameOrders;
  private final List<String> otherRows = new ArrayList<>();

  @Test
  void somePlansAreTheSame() throws SQLException {
    compare(1, 25);
  }

  @Test
  @Tag("differential")
  void manyPlansAreTheSame() throws SQLException {
    compare(1_000, 1_000);
  }

  private void compare(long firstSeed, int databases) throws SQLException {
    for (long seed = firstSeed; seed < firstSeed + databases; seed++) {
      RandomPlans plans = new RandomPlans(seed);
      try (Connection reference = DriverManager.getConnection("jdbc:sqlite::memory:");
          Connection ours = DriverManager.getConnection("jdbc:turso::memory:")) {
        for (String statement : plans.tables()) {
          assertThat(execute(ours, statement))
              .as(statement)
              .isEqualTo(execute(reference, statement));
        }
        for (int i = 0; i < QUERIES; i++) {
          compare(seed, plans.query(), reference, ours);
        }
      }
    }
    assertThat(otherRows).isEmpty();
    assertThat(1000 * samePlans / queries).as("same plans of 1000").isGreaterThan(SAME_PLANS);
    assertThat(1000 * sameOrders / queries).as("same orders of 1000").isGreaterThan(SAME_ORDERS);
  }

  private void compare(long seed, String query, Connection reference, Connection ours) {
    queries++;
    if (plan(reference, query).equals(plan(ours, query))) {
      samePlans++;
    }
    List<String> expected = rows(reference, query);
    List<String> actual = rows(ours, query);
    if (expected.equals(actual)) {
      sameOrders++;
    } else if (!query.contains(" LIMIT ")) {
      expected.sort(null);
      actual.sort(null);
      if (!expected.equals(actual)) {
        otherRows.add("seed " + seed + ": " + query + "\n" + expected + "\n" + actual);
      }
    }
  }

  /**
   * @return whether it succeeded: a unique index may not be possible
   */
  private static boolean execute(Connection connection, String sql) {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
      return true;
    } catch (SQLException refused) {
      return false;
    }
  }

  private static List<String> plan(Connection connection, String query) {
    List<String> lines = new ArrayList<>();
    Map<Integer, Integer> depths = new HashMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("EXPLAIN QUERY PLAN " + query)) {
      while (result.next()) {
        int depth = depths.getOrDefault(result.getInt(2), 0) + 1;
        depths.put(result.getInt(1), depth);
        lines.add("  ".repeat(depth) + result.getString(4));
      }
    } catch (SQLException refused) {
      lines.add("refused");
    }
    return lines;
  }

  private static List<String> rows(Connection connection, String query) {
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
    } catch (SQLException refused) {
      rows.add("refused");
    }
    return rows;
  }
}
