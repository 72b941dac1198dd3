package dev.tursojdbc.tck.differential;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** IN a column of a table is answered by an index on the column, as the reference does it. */
class InTableTest {
  private static final String VALUES =
      "CASE i % 9 WHEN 0 THEN i % 50 WHEN 1 THEN 'x' || i % 20 WHEN 2 THEN 'X' || i % 20"
          + " WHEN 3 THEN i % 40 || '' WHEN 4 THEN i % 30 * 0.5 WHEN 5 THEN x'3132'"
          + " WHEN 6 THEN '0' || i % 9 || '.0' WHEN 7 THEN NULL ELSE -i % 7 END";

  private static final String[] SCRIPT = {
    "CREATE TABLE t(id INTEGER PRIMARY KEY, n INT, s TEXT, c TEXT COLLATE NOCASE, r REAL, v)",
    "CREATE TABLE u(id INTEGER PRIMARY KEY, n INT, s TEXT, c TEXT COLLATE NOCASE, r REAL, v)",
    "CREATE TABLE w(n INT, s TEXT, c TEXT COLLATE NOCASE, r, v, PRIMARY KEY (s, n)) WITHOUT ROWID",
    "CREATE TABLE e(n INT, s TEXT UNIQUE, c UNIQUE, r, v)",
    // So many that some of them are sought in a set that is made only then.
    insert("t", 1500),
    insert("u", 150),
    "INSERT OR IGNORE INTO w SELECT coalesce(n, -1), coalesce(s, ''), c, r, v FROM u",
    "CREATE INDEX un ON u(n, s)",
    "CREATE INDEX us ON u(s DESC)",
    "CREATE INDEX uc ON u(c)",
    "CREATE INDEX ur ON u(r)",
    "CREATE INDEX uv ON u(v)",
    "CREATE INDEX wn ON w(n)",
    "CREATE INDEX wv ON w(v) WHERE r > 1",
    "CREATE INDEX tn ON t(n)",
    "CREATE INDEX tv ON t(v, s)"
  };

  private static Connection reference;
  private static Connection ours;

  @BeforeAll
  static void open() throws SQLException {
    reference = DriverManager.getConnection("jdbc:sqlite::memory:");
    ours = DriverManager.getConnection("jdbc:turso::memory:");
    for (String statement : SCRIPT) {
      execute(statement);
    }
  }

  @AfterAll
  static void close() throws SQLException {
    reference.close();
    ours.close();
  }

  private static String insert(String table, int rows) {
    StringBuilder columns = new StringBuilder("i");
    for (int i = 1; i <= 5; i++) {
      columns.append(", ").append(VALUES.replace("i %", "(i * " + (2 * i + 1) + " + " + i + ") %"));
    }
    return "INSERT INTO %s WITH RECURSIVE c(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM c WHERE"
            .formatted(table)
        + " i < %d) SELECT %s FROM c".formatted(rows, columns);
  }

  @ParameterizedTest
  @ValueSource(strings = {"u", "w", "e"})
  void answersAndPlansAreThoseOfTheReference(String table) throws SQLException {
    for (String right :
        List.of("id", "n", "s", "c", "r", "v", "rowid", "s COLLATE BINARY", "n+0")) {
      for (String left : List.of("n", "s", "c", "r", "v", "v+0", "s||''", "c COLLATE BINARY")) {
        String in = " IN (SELECT " + right + " FROM " + table + ")";
        compare("SELECT id, " + left + in + ", " + left + " NOT" + in + " FROM t");
        compare("SELECT id FROM t WHERE " + left + in);
        compare("SELECT id FROM t WHERE s IS NOT NULL AND NOT " + left + in + " ORDER BY n");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT id FROM t WHERE n IN (SELECT id FROM u) ORDER BY n DESC",
        "SELECT id FROM t WHERE n IN (SELECT id FROM u) ORDER BY n",
        "SELECT id FROM t WHERE v IN (SELECT s FROM e)",
        "SELECT id FROM t WHERE v IN (SELECT c FROM e)",
        "SELECT id FROM t WHERE v IN (SELECT id FROM u) AND s IN (SELECT s FROM e)",
        "SELECT id FROM t WHERE n IN (SELECT n FROM u WHERE n > 3)",
        "SELECT id FROM t WHERE n IN (SELECT n FROM u LIMIT 5)",
        "SELECT id FROM t WHERE n IN (SELECT DISTINCT n FROM u)",
        "SELECT id FROM t WHERE n IN (SELECT max(n) FROM u)",
        "SELECT id FROM t WHERE (v, s) IN (SELECT n, s FROM u)",
        "SELECT id FROM t WHERE (r, s) IN (SELECT r, v FROM u)",
        "SELECT id FROM t WHERE (r, s) NOT IN (SELECT r, v FROM u)",
        "SELECT id, (r, s) IN (SELECT r, v FROM u), (n, c) IN (SELECT n, c FROM u) FROM t",
        "SELECT id, (r, s) IN (SELECT r, v FROM u WHERE v IS NOT NULL AND r IS NOT NULL) FROM t",
        "SELECT a.id FROM t a JOIN t b ON b.id = a.n WHERE b.v IN (SELECT v FROM u)",
        "SELECT a.id FROM t a LEFT JOIN t b ON b.id = a.n AND b.n IN (SELECT id FROM u)",
      })
  void orOfSomethingElse(String sql) throws SQLException {
    assertThat(answer(ours, sql)).as(sql).isEqualTo(answer(reference, sql));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE u SET v = 7 WHERE v IN (SELECT id FROM t)",
        "DELETE FROM u WHERE n NOT IN (SELECT v FROM u)",
        "DELETE FROM u WHERE n IN (SELECT n FROM u) AND id < 30",
        "UPDATE u SET n = 3 WHERE id IN (SELECT id FROM t) AND n IN (SELECT n FROM u)",
        "INSERT INTO e SELECT n, id, id, r, v FROM u WHERE n IN (SELECT n FROM e)",
      })
  void changesFindTheSameRows(String sql) throws SQLException {
    execute("SAVEPOINT s");
    execute(sql);
    for (String table : List.of("u", "e")) {
      String rows = "SELECT * FROM " + table;
      assertThat(answer(ours, rows)).as(sql).isEqualTo(answer(reference, rows));
    }
    execute("ROLLBACK TO s");
    execute("RELEASE s");
  }

  private static void compare(String sql) throws SQLException {
    String plan = "EXPLAIN QUERY PLAN " + sql;
    assertThat(column(answer(ours, plan))).as(sql).isEqualTo(column(answer(reference, plan)));
    assertThat(answer(ours, sql)).as(sql).isEqualTo(answer(reference, sql));
  }

  /** The text of a plan's lines, without their numbers. */
  private static List<String> column(List<String> lines) {
    return lines.stream().map(line -> line.replaceAll("^.*?\\|.*?\\|.*?\\|", "")).toList();
  }

  private static void execute(String sql) throws SQLException {
    for (Connection connection : List.of(reference, ours)) {
      try (Statement statement = connection.createStatement()) {
        statement.execute(sql);
      }
    }
  }

  private static List<String> answer(Connection connection, String sql) {
    List<String> answer = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      int columns = result.getMetaData().getColumnCount();
      while (result.next()) {
        StringBuilder row = new StringBuilder();
        for (int i = 1; i <= columns; i++) {
          row.append(result.getString(i)).append('|');
        }
        answer.add(row.toString());
      }
    } catch (SQLException refused) {
      answer.add("refused");
    }
    return answer;
  }
}
