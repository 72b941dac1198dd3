package dev.tursojdbc.tck.differential;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * {@code PRAGMA incremental_vacuum} leaves as many pages as on the reference.
 *
 * <p>The reference yields a row for each page it gives back, and its driver's {@code execute} stops
 * at the first; {@code executeUpdate} goes through to the end.
 */
class IncrementalVacuumTest {
  private static final List<String> SCRIPT =
      List.of(
          "CREATE TABLE t(a INTEGER PRIMARY KEY, b, c)",
          "CREATE TABLE u(a)",
          "WITH n(i) AS (VALUES(1) UNION ALL SELECT i+1 FROM n WHERE i<100)"
              + " INSERT INTO t SELECT i, 'row ' || i, zeroblob(20000) FROM n",
          "INSERT INTO u SELECT a FROM t",
          "DELETE FROM t WHERE a % 2",
          "PRAGMA incremental_vacuum(7)",
          "PRAGMA incremental_vacuum(0)",
          "DELETE FROM t WHERE a > 60",
          "PRAGMA incremental_vacuum(-1)",
          "DELETE FROM t WHERE a > 50",
          "BEGIN",
          "DELETE FROM t WHERE a > 40",
          "PRAGMA incremental_vacuum(50)",
          "ROLLBACK",
          "SAVEPOINT s",
          "DELETE FROM t WHERE a > 40",
          "PRAGMA incremental_vacuum",
          "ROLLBACK TO s",
          "PRAGMA incremental_vacuum(3)",
          "RELEASE s",
          "DROP TABLE u",
          "PRAGMA incremental_vacuum");

  @ParameterizedTest
  @ValueSource(ints = {512, 4096, 65536})
  void pagesAreGivenBackAsTheReferenceDoes(int pageSize) throws SQLException {
    List<String> ours = run("jdbc:turso::memory:", pageSize);

    assertThat(ours).isEqualTo(run("jdbc:sqlite::memory:", pageSize));
  }

  private static List<String> run(String url, int pageSize) throws SQLException {
    List<String> states = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.executeUpdate("PRAGMA page_size=" + pageSize);
      statement.executeUpdate("PRAGMA auto_vacuum=incremental");
      for (String sql : SCRIPT) {
        statement.executeUpdate(sql);
        StringBuilder state = new StringBuilder(sql);
        for (String pragma : List.of("page_count", "freelist_count", "integrity_check")) {
          try (ResultSet row = statement.executeQuery("PRAGMA " + pragma)) {
            row.next();
            state.append(' ').append(row.getString(1));
          }
        }
        states.add(state.toString());
      }
    }
    return states;
  }
}
