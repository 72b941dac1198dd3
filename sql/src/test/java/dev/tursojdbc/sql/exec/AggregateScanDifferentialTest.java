package dev.tursojdbc.sql.exec;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Aggregates over whole tables answer what SQLite answers, whatever way is short. */
class AggregateScanDifferentialTest {
  @TempDir static Path directory;
  private static QueryFixture fixture;

  @BeforeAll
  static void open() {
    fixture =
        new QueryFixture(
            directory,
            "CREATE TABLE t(id INTEGER PRIMARY KEY, n INT, s TEXT, r REAL, m)",
            "WITH RECURSIVE c(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c WHERE i < 3000)"
                + " INSERT INTO t SELECT i, nullif(i * 7919 % 101, 50), 'text ' || (i * 31 % 997),"
                + " nullif(i % 9, 4) / 2.0, CASE i % 5 WHEN 0 THEN i WHEN 1 THEN i / 3.0 WHEN 2 THEN"
                + " NULL WHEN 3 THEN '0' || i ELSE zeroblob(i % 7) END FROM c",
            "INSERT INTO t VALUES (5000, 9223372036854775807, '12', 1e300, -9223372036854775808),"
                + " (-5, -9223372036854775808, NULL, -1e300, 9223372036854775807),"
                + " (5001, 9007199254740993, zeroblob(9000) || 'end', 0.1, 'long' || zeroblob(9000))",
            "CREATE INDEX t_n ON t(n)",
            "CREATE INDEX t_some ON t(s) WHERE n > 90",
            "CREATE INDEX t_r ON t(r DESC, n)",
            "CREATE TABLE nulls(a INT, b INT)",
            "INSERT INTO nulls VALUES (NULL, 1), (NULL, 2), (NULL, 3)",
            "CREATE INDEX nulls_a ON nulls(a)",
            "CREATE TABLE ties(a INT, b INT)",
            "INSERT INTO ties VALUES (5, 1), (NULL, 2), (1, 3), (5, 4), (1, 5), (NULL, 6)",
            "CREATE INDEX ties_a ON ties(a)",
            "CREATE TABLE ties2(a INT, b INT)",
            "INSERT INTO ties2 SELECT * FROM ties",
            "CREATE TABLE none(a INT PRIMARY KEY, b INT)",
            "CREATE TABLE w(p TEXT, q INT, r INT, PRIMARY KEY (p, q)) WITHOUT ROWID",
            "INSERT INTO w SELECT s, id, n FROM t WHERE s IS NOT NULL");
  }

  @AfterAll
  static void close() throws SQLException {
    fixture.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT count(*) FROM t",
        "SELECT count(*), count(*) + 1 FROM t",
        "SELECT count(*) FROM t WHERE n > 90",
        "SELECT count(*) FROM t WHERE n IS NULL",
        "SELECT count(*) FROM t WHERE 1",
        "SELECT count(*) FROM t WHERE 0",
        "SELECT count(*) FROM t WHERE NULL",
        "SELECT count(*) FROM t HAVING count(*) > 10000",
        "SELECT count(*) FILTER (WHERE n > 5) FROM t",
        "SELECT count(*) FROM w",
        "SELECT count(*) FROM none",
        "SELECT count(*) FROM w, none",
        "SELECT count(*) FROM ties a LEFT JOIN none b ON a.a = b.a",
        "SELECT count(*) FROM ties, nulls",
        "SELECT count(*), id FROM t WHERE id < 0",
        "SELECT count(*), a FROM ties",
        "SELECT count(*) FROM (SELECT DISTINCT a FROM ties)",
        "SELECT (SELECT count(*) FROM ties), (SELECT count(*) FROM none)",
        "SELECT a, (SELECT count(*) FROM ties b WHERE b.a = ties.a) FROM ties",
        "SELECT count(*) FROM t INDEXED BY t_some WHERE n > 90",
        "SELECT min(id), max(id) FROM t",
        "SELECT min(id) FROM t",
        "SELECT max(id) FROM t",
        "SELECT min(n) FROM t",
        "SELECT max(n) FROM t",
        "SELECT max(n), s, id FROM t",
        "SELECT min(n), s, id FROM t",
        "SELECT min(r), id FROM t",
        "SELECT max(r), id FROM t",
        "SELECT max(r + 0), id FROM t",
        "SELECT min(n) FROM t WHERE n > 40",
        "SELECT max(n) FROM t WHERE n < 40",
        "SELECT max(n), id FROM t WHERE id % 2",
        "SELECT min(n) FROM t WHERE n IN (7, 3, 9)",
        "SELECT min(n), id FROM t WHERE r = 1.5",
        "SELECT min(n), id FROM t WHERE r IN (1.5, 2)",
        "SELECT max(a), b FROM ties",
        "SELECT min(a), b FROM ties",
        "SELECT max(a), b FROM ties2",
        "SELECT min(a), b FROM ties2",
        "SELECT max(a), b FROM nulls",
        "SELECT min(a), b FROM nulls",
        "SELECT max(a), b FROM none",
        "SELECT min(a), count(*) FROM ties",
        "SELECT min(DISTINCT a), b FROM ties",
        "SELECT min(a) FILTER (WHERE b > 3) FROM ties",
        "SELECT min(a) FROM ties HAVING min(a) > 1",
        "SELECT min(a) + 1 FROM ties WHERE b > 2",
        "SELECT max(ties.a), ties2.b FROM ties, ties2 WHERE ties2.a = ties.b",
        "SELECT max(p), r FROM w",
        "SELECT max(s) FROM t",
        "SELECT max(s COLLATE NOCASE) FROM t",
        "SELECT b, (SELECT max(a) FROM ties WHERE b < ties2.b) FROM ties2",
        "SELECT sum(n) FROM t WHERE n < 1000 AND n > -1000",
        "SELECT total(n), avg(n) FROM t",
        "SELECT sum(id), avg(r), min(s), max(s), count(m), count(s) FROM t WHERE id % 7 <> 3",
        "SELECT sum(m), total(m), avg(m) FROM t WHERE id < 3000",
        "SELECT count(*) FROM t WHERE n + 1 > 5 AND n - 9223372036854775807 < 0",
        "SELECT count(*) FROM t WHERE m > 5",
        "SELECT count(*) FROM t WHERE m <= 5",
        "SELECT count(*) FROM t WHERE m = 5 OR m <> 7",
        "SELECT count(*) FROM t WHERE m IS 5",
        "SELECT count(*) FROM t WHERE m IS NOT 5",
        "SELECT count(*) FROM t WHERE s > 5",
        "SELECT count(*) FROM t WHERE s < 5",
        "SELECT sum(m % 3), sum(m / 2), sum(m + 1.0), max(m - 5) FROM t WHERE id < 3000",
        "SELECT n + 9223372036854775807, n - 1, n + 1, n % 7, n / 7 FROM t WHERE id > 2990 OR id < 5",
        "SELECT s + 1, s - 1, s % 5, s / 3 FROM t WHERE id < 5 OR id > 4999",
        "SELECT n % 0, n / 0, n % -1, n / -1, n + -5 FROM t WHERE id < 20",
        "SELECT n % 10, count(*), sum(r), max(s), id FROM t GROUP BY n % 10",
        "SELECT count(*), sum(id) FROM t WHERE n > 40",
        "SELECT count(*) FROM t WHERE n > 40 AND n <= 77",
        "SELECT count(*) FROM t WHERE n < 40",
        "SELECT count(*) FROM t WHERE n BETWEEN 1000 AND 2000",
        "SELECT count(*) FROM t WHERE n IN (3, 50, 99, 12, 1000)",
        "SELECT count(*), sum(id), max(s) FROM t WHERE n IN (3, 50, 99, 12, 1000) AND s > 'text 3'",
        "SELECT count(*), total(n) FROM t WHERE r = 1.5 AND n > 20",
        "SELECT count(*), total(n) FROM t WHERE r IN (1.5, 3, 0) AND n < 60",
        "SELECT count(*), total(n) FROM t WHERE r < 1.5",
        "SELECT count(*), total(n) FROM t WHERE r >= 1.5 AND r < 4",
        "SELECT count(*) FROM t WHERE n IS NULL AND id > 500",
        "SELECT count(*), sum(n) FROM t WHERE id BETWEEN 100 AND 1711",
        "SELECT count(*), total(n) FROM t WHERE id > 2990.5",
        "SELECT count(*), total(n) FROM t WHERE id < 'x'",
        "SELECT count(*), sum(n) FROM t WHERE id > 2000 AND id < 1000",
        "SELECT count(*), sum(q) FROM w WHERE p > 'text 20' AND p < 'text 7'",
        "SELECT count(*), max(r) FROM w WHERE p = 'text 31'",
        "SELECT count(*), sum(b.id), max(b.s) FROM ties a JOIN t b ON b.id = a.b",
        "SELECT count(*), sum(b.id), max(b.s) FROM ties a JOIN t b ON b.n = a.b",
        "SELECT count(*), sum(b.id), sum(a.b) FROM ties a LEFT JOIN t b ON b.n = a.a + 96",
        "SELECT a.b, count(b.id), max(b.s) FROM ties a LEFT JOIN t b ON b.n > a.a + 97 GROUP BY a.b",
        "SELECT count(*), count(c.a) FROM ties a LEFT JOIN ties2 b ON b.a = a.b LEFT JOIN nulls c ON"
            + " c.b = b.b",
        "SELECT count(*), count(a.a), count(b.a) FROM ties a FULL JOIN ties2 b ON b.a = a.b",
        "SELECT id, n FROM t LIMIT 3 OFFSET 2",
        "SELECT id, n FROM t LIMIT 3 OFFSET 2000",
        "SELECT id, n FROM t LIMIT 3 OFFSET 3001",
        "SELECT id, n FROM t LIMIT 3 OFFSET 3003",
        "SELECT id, n FROM t LIMIT 3 OFFSET 4000",
        "SELECT id, n FROM t ORDER BY n LIMIT 5 OFFSET 1999",
        "SELECT s, n FROM t ORDER BY n LIMIT 5 OFFSET 2999",
        "SELECT s, n FROM t ORDER BY n DESC LIMIT 5 OFFSET 2000",
        "SELECT s, n FROM t WHERE n > 40 ORDER BY n LIMIT 5 OFFSET 1000",
        "SELECT s, n FROM t WHERE n IN (3, 50, 99, 12, 1000) ORDER BY n LIMIT 40 OFFSET 50",
        "SELECT s, n FROM t WHERE n = 7 LIMIT 5 OFFSET 27",
        "SELECT s, n FROM t WHERE n = 7 LIMIT 5 OFFSET 29",
        "SELECT s, n FROM t WHERE n = 7 LIMIT 5 OFFSET 31",
        "SELECT p, q FROM w LIMIT 2 OFFSET 2500",
        "SELECT p, q FROM w WHERE q % 2 LIMIT 2 OFFSET 1000",
        "SELECT * FROM (SELECT id FROM t LIMIT 500 OFFSET 700) LIMIT 3 OFFSET 450",
        "SELECT m, count(*) FROM t GROUP BY m ORDER BY 2 DESC LIMIT 9",
        "SELECT count(DISTINCT n), count(DISTINCT s), count(DISTINCT m) FROM t",
        "SELECT DISTINCT n % 5, r FROM t",
      })
  void answersAsSqliteDoes(String sql) throws SQLException {
    assertThat(fixture.rows(sql)).isEqualTo(fixture.expected(sql));
  }

  @Test
  void parametersOfAnyTypeStandForLiterals() throws SQLException {
    Object[] values = {7, 0, -1, 3.5, "5", "text", Long.MAX_VALUE, Long.MIN_VALUE};
    String sql =
        "SELECT id, n % ?1, n / ?1, n + ?1, n - ?1, m > ?1, m = ?1, m IS ?1, m <= ?1 FROM t"
            + " WHERE id < 60 AND n <> ?1";
    for (Object value : values) {
      assertThat(fixture.rows(sql, value)).isEqualTo(fixture.expected(sql, value));
    }
  }
}
