package dev.tursojdbc.sql.exec;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The first rows of an order are those that SQLite keeps, ties included. */
class OrderLimitDifferentialTest {
  private static final String[] LIMITS = {
    "LIMIT 1",
    "LIMIT 7",
    "LIMIT 7 OFFSET 5",
    "LIMIT 3 OFFSET 1998",
    "LIMIT 5 OFFSET 5000",
    "LIMIT 0",
    "LIMIT 0 OFFSET 3",
    "LIMIT -1",
    "LIMIT -1 OFFSET 1990",
    "LIMIT 4 OFFSET -2",
    "LIMIT 1500 OFFSET 400",
    "LIMIT 9223372036854775807 OFFSET 1995",
    "LIMIT '3' OFFSET 2.0",
    "LIMIT (SELECT 2 + 1)"
  };

  @TempDir static Path directory;
  private static QueryFixture fixture;

  @BeforeAll
  static void open() {
    fixture =
        new QueryFixture(
            directory,
            "CREATE TABLE t(id INTEGER PRIMARY KEY, n INT, s TEXT, m, c TEXT COLLATE NOCASE)",
            "WITH RECURSIVE c(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c WHERE i < 2000)"
                + " INSERT INTO t SELECT i, i * 7919 % 13, 'common start ' || (i * 31 % 97),"
                + " CASE i % 6 WHEN 0 THEN NULL WHEN 1 THEN i % 10 WHEN 2 THEN (i % 10) + 0.5"
                + " WHEN 3 THEN 'text' || (i % 4) WHEN 4 THEN zeroblob(i % 3) ELSE -(i % 8) * 1.0"
                + " END, char(65 + i % 3 + 32 * (i % 2)) FROM c",
            "INSERT INTO t VALUES (3000, 9007199254740993, '', 9007199254740993, 'é'),"
                + " (3001, 9007199254740992, 'common start', 9007199254740992.0, 'É'),"
                + " (3002, -9223372036854775808, 'common start 1' || char(0), -1e300, ''),"
                + " (3003, 9223372036854775807, x'636f6d6d6f6e20', 1e300, 'common'),"
                + " (3004, 0, 'commonplace', -0.0, 'COMMONs')");
  }

  @AfterAll
  static void close() throws SQLException {
    fixture.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT id, n FROM t ORDER BY n",
        "SELECT id, n FROM t ORDER BY n DESC",
        "SELECT id FROM t ORDER BY n, s DESC",
        "SELECT id, s FROM t ORDER BY s",
        "SELECT id, s FROM t ORDER BY s DESC, n",
        "SELECT id, m FROM t ORDER BY m",
        "SELECT id, m FROM t ORDER BY m DESC",
        "SELECT id, m FROM t ORDER BY m NULLS LAST, n",
        "SELECT id, m FROM t ORDER BY m DESC NULLS FIRST",
        "SELECT id, c FROM t ORDER BY c",
        "SELECT id, c FROM t ORDER BY c DESC",
        "SELECT id, c FROM t ORDER BY c COLLATE BINARY",
        "SELECT id, s || ' ' FROM t ORDER BY (s || ' ') COLLATE RTRIM DESC",
        "SELECT n % 5, count(*) FROM t GROUP BY n % 5, c ORDER BY 2 DESC",
        "SELECT s, count(*) FROM t GROUP BY s ORDER BY count(*)",
        "SELECT m, count(*) FROM t GROUP BY m ORDER BY 2 DESC",
        "SELECT n, c, count(*) FROM t GROUP BY n, c ORDER BY 3 DESC, c",
        "SELECT n, c, count(*) FROM t GROUP BY n, c ORDER BY 3 DESC",
        "SELECT id % 4, n % 2, 1 FROM t GROUP BY 1, 2 ORDER BY 3 DESC, 2 NULLS LAST",
        "SELECT DISTINCT n, c FROM t ORDER BY c",
        "SELECT id, n FROM t WHERE id < 900 UNION ALL SELECT n, id FROM t ORDER BY 2",
        "SELECT n, m FROM t UNION SELECT n, c FROM t ORDER BY 1 DESC",
        "SELECT a.id, b.id FROM t a JOIN t b ON b.id = a.n ORDER BY b.n, a.c",
        "SELECT id, (SELECT b.id FROM t b WHERE b.n = t.n ORDER BY b.c DESC LIMIT 1) FROM t WHERE id"
            + " < 50 ORDER BY n",
        "VALUES (3, 'a'), (1, 'b'), (3, 'c'), (2, 'd'), (1, 'e')",
      })
  void answersAsSqliteDoes(String sql) throws SQLException {
    for (String limit : LIMITS) {
      String limited = sql + " " + limit;
      if (sql.startsWith("VALUES")) {
        limited = "SELECT * FROM (" + sql + ") ORDER BY column1 " + limit;
      }
      assertThat(fixture.rows(limited)).as(limited).isEqualTo(fixture.expected(limited));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT id, s FROM t ORDER BY s LIMIT 1500",
        "SELECT id, s FROM t ORDER BY m DESC, s LIMIT 1000 OFFSET 900",
        "SELECT id, s FROM t ORDER BY m, n",
        "SELECT id, s FROM t ORDER BY c DESC",
      })
  void rowsThatDoNotFitInMemoryKeepTheirOrder(String sql) throws SQLException {
    long budget = fixture.budget;
    fixture.budget = 5000;
    try {
      assertThat(fixture.rows(sql)).isEqualTo(fixture.expected(sql));
    } finally {
      fixture.budget = budget;
    }
  }
}
