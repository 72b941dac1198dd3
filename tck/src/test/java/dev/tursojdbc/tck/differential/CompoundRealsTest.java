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

/** A column of a compound in FROM that is REAL in its first query is REAL in all its rows. */
class CompoundRealsTest {
  private static final String[] SCRIPT = {
    "CREATE TABLE a(x REAL, y INT, z TEXT, v)",
    "INSERT INTO a VALUES (1, 2, '3', 4), (2.5, 3, 'q', 5)",
    "CREATE TABLE b(x INT, y REAL, z)",
    "INSERT INTO b VALUES (1, 2, 3), (7, 2.5, 4.0), ('t', 'u', 5)",
  };

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT * FROM (SELECT x, y, z FROM a UNION ALL SELECT x, y, z FROM b)",
        "SELECT x, typeof(x) FROM (SELECT x FROM a UNION SELECT x FROM b)",
        "SELECT x, typeof(x) FROM (SELECT x FROM a UNION ALL SELECT x FROM b) ORDER BY x",
        "SELECT p.x, q.x FROM a p JOIN (SELECT x FROM a UNION ALL SELECT x FROM b) q USING (x)",
        "SELECT typeof(min(x)), sum(x) FROM (SELECT x FROM a UNION ALL SELECT x FROM b)",
        "SELECT x, count(*) FROM (SELECT x FROM a UNION ALL SELECT x FROM b) GROUP BY x",
        "WITH c AS MATERIALIZED (SELECT x FROM a UNION ALL SELECT x FROM b) SELECT x FROM c",
        "SELECT x || '' FROM (SELECT x FROM a UNION ALL SELECT x FROM b) WHERE x > 1",
        "SELECT x FROM (SELECT x FROM a UNION ALL SELECT z FROM a)",
        "SELECT x FROM (SELECT x FROM a UNION ALL SELECT v FROM a)",
        "SELECT x FROM (SELECT x FROM a UNION ALL SELECT 't' UNION ALL SELECT 3)",
        "SELECT x FROM (SELECT x FROM a UNION ALL SELECT y + 1 FROM a)",
        "SELECT x FROM (SELECT x FROM a UNION ALL VALUES (3))",
        "SELECT x FROM (SELECT x FROM a UNION ALL VALUES (3), (5))",
        "WITH RECURSIVE r(x) AS (SELECT x FROM a UNION ALL SELECT cast(x AS INT) + 1 FROM r"
            + " WHERE x < 5) SELECT x, typeof(x) FROM r",
      })
  void asInTheReference(String sql) throws SQLException {
    assertThat(answer("jdbc:turso::memory:", sql)).isEqualTo(answer("jdbc:sqlite::memory:", sql));
  }

  private static List<String> answer(String url, String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      for (String line : SCRIPT) {
        statement.execute(line);
      }
      List<String> answer = new ArrayList<>();
      try (ResultSet result = statement.executeQuery(sql)) {
        int columns = result.getMetaData().getColumnCount();
        while (result.next()) {
          for (int i = 1; i <= columns; i++) {
            answer.add(result.getString(i));
          }
        }
      }
      return answer;
    }
  }
}
