package dev.tursojdbc.sql.exec;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Queries answer what SQLite answers, row for row and in its order. */
class QueryDifferentialTest {
  @TempDir static Path directory;
  private static QueryFixture fixture;

  @BeforeAll
  static void open() {
    fixture =
        new QueryFixture(
            directory,
            "CREATE TABLE t(id INTEGER PRIMARY KEY, a INT, b TEXT, c REAL, d)",
            "INSERT INTO t VALUES (1, 10, 'x', 1.5, NULL), (2, 20, 'Y', 2, x'00ff'),"
                + " (5, 10, 'z', NULL, 'text'), (7, NULL, 'x', 4.25, 7), (9, 30, NULL, -1, 2.5)",
            "ALTER TABLE t ADD COLUMN e INT DEFAULT 42",
            "INSERT INTO t VALUES (11, 20, 'y', 3, 'd', 43)",
            "CREATE TABLE u(k TEXT COLLATE NOCASE, v INT)",
            "INSERT INTO u VALUES ('X', 1), ('y', 2), ('y', 3), ('w', 4), (NULL, 5)",
            "CREATE TABLE w(p INT, q TEXT, r INT, PRIMARY KEY (q, p)) WITHOUT ROWID",
            "INSERT INTO w VALUES (3, 'b', 1), (1, 'b', 2), (2, 'a', 3)",
            "CREATE INDEX t_a ON t(a, b)",
            "CREATE INDEX u_k ON u(k)",
            "CREATE TABLE g(a INT, b AS (a * 2), c INT AS (a + b) STORED)",
            "INSERT INTO g(a) VALUES (1), (2), (3)",
            "CREATE TABLE big(i INTEGER PRIMARY KEY, n INT, s TEXT)",
            "WITH RECURSIVE c(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c WHERE i < 3000)"
                + " INSERT INTO big SELECT i, i * 7919 % 1000, printf('%06d', i) FROM c",
            "INSERT INTO big VALUES (5000, 1, zeroblob(20000) || 'tail')",
            "CREATE VIEW v AS SELECT a, count(*) AS n FROM t GROUP BY a");
  }

  @AfterAll
  static void close() throws SQLException {
    fixture.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT 1",
        "SELECT 1 + 2, 'a' || 'b', 7 / 2, 7 % 0, -5, +5, ~5, 3.0 / 2, NULL IS NULL",
        "SELECT * FROM t",
        "SELECT rowid, oid, _rowid_, id FROM t",
        "SELECT a, b FROM t WHERE a = 10",
        "SELECT a, b FROM t WHERE a = '10'",
        "SELECT id FROM t WHERE id > 3 AND id <= 9",
        "SELECT id FROM t WHERE id = 5.0",
        "SELECT id FROM t WHERE c > 1.5 OR b = 'x'",
        "SELECT id FROM t WHERE a IS NULL",
        "SELECT id FROM t WHERE a IN (10, 30, NULL)",
        "SELECT id FROM t WHERE a NOT IN (10, 30)",
        "SELECT id FROM t WHERE a NOT IN (10, NULL)",
        "SELECT id FROM t WHERE b BETWEEN 'x' AND 'z'",
        "SELECT id FROM t WHERE (a, b) = (10, 'x')",
        "SELECT id FROM t WHERE (a, b) > (10, 'x')",
        "SELECT id, a FROM t ORDER BY a, id DESC",
        "SELECT id, a FROM t ORDER BY a DESC NULLS FIRST, id",
        "SELECT id, a FROM t ORDER BY a NULLS LAST, 1",
        "SELECT id, b FROM t ORDER BY b COLLATE NOCASE, id",
        "SELECT id, a AS z FROM t ORDER BY z + 0, -id",
        "SELECT id FROM t LIMIT 2",
        "SELECT id FROM t LIMIT 2 OFFSET 1",
        "SELECT id FROM t LIMIT -1 OFFSET 4",
        "SELECT id FROM t ORDER BY c LIMIT 3, 2",
        "SELECT DISTINCT a FROM t",
        "SELECT DISTINCT a, b FROM t ORDER BY b, a",
        "SELECT count(*), count(a), sum(a), avg(a), min(b), max(b), total(c) FROM t",
        "SELECT count(*), sum(a) FROM t WHERE id > 100",
        "SELECT a, count(*) FROM t GROUP BY a",
        "SELECT a, count(*), sum(c) FROM t GROUP BY a HAVING count(*) > 1",
        "SELECT a, b, max(c) FROM t GROUP BY a",
        "SELECT a, b, min(c) FROM t",
        "SELECT b, count(*) FROM t",
        "SELECT a + 1, count(*) FROM t GROUP BY a + 1 ORDER BY 2 DESC, 1",
        "SELECT count(DISTINCT a), sum(DISTINCT a) FROM t",
        "SELECT count(*) FILTER (WHERE a > 10) FROM t",
        "SELECT group_concat(b, '-' ORDER BY b DESC) FROM t",
        "SELECT a FROM t GROUP BY a ORDER BY count(*) DESC, a DESC",
        "SELECT t.id, u.v FROM t, u WHERE t.b = u.k",
        "SELECT t.id, u.v FROM t JOIN u ON u.k = t.b ORDER BY 1, 2",
        "SELECT t.id, u.v FROM t LEFT JOIN u ON u.k = t.b",
        "SELECT t.id, u.v FROM t LEFT JOIN u ON u.k = t.b WHERE u.v IS NULL",
        "SELECT t.id, u.v FROM t RIGHT JOIN u ON u.k = t.b ORDER BY 1, 2",
        "SELECT t.id, u.v FROM t FULL JOIN u ON u.k = t.b ORDER BY 1, 2",
        "SELECT t.id, u.v FROM u CROSS JOIN t",
        "SELECT * FROM u AS a JOIN u AS b USING (k)",
        "SELECT * FROM u AS a NATURAL JOIN u AS b",
        "SELECT k, a.v FROM u a FULL JOIN (SELECT k, v FROM u WHERE v > 2) b USING (k) ORDER BY 1, 2",
        "SELECT * FROM t JOIN (u JOIN w ON u.v = w.r) ON t.b = u.k",
        "SELECT * FROM t LEFT JOIN (u JOIN w ON u.v = w.r) ON t.b = u.k",
        "SELECT * FROM w",
        "SELECT * FROM w WHERE q = 'b' ORDER BY p DESC",
        "SELECT * FROM g",
        "SELECT b FROM g WHERE c > 3",
        "SELECT id, e FROM t",
        "SELECT a FROM t UNION SELECT v FROM u",
        "SELECT a FROM t UNION ALL SELECT v FROM u",
        "SELECT a FROM t INTERSECT SELECT a FROM t WHERE id < 6",
        "SELECT a FROM t EXCEPT SELECT 10",
        "SELECT a, b FROM t UNION ALL SELECT v, k FROM u ORDER BY 2, 1 LIMIT 5",
        "VALUES (1, 'a'), (2, 'b')",
        "SELECT * FROM (VALUES (1, 2), (3, 4))",
        "SELECT (SELECT max(v) FROM u)",
        "SELECT id, (SELECT sum(v) FROM u WHERE u.k = t.b) FROM t",
        "SELECT id FROM t WHERE EXISTS (SELECT 1 FROM u WHERE u.k = t.b)",
        "SELECT id FROM t WHERE b IN (SELECT k FROM u)",
        "SELECT id FROM t WHERE b NOT IN (SELECT k FROM u)",
        "SELECT id FROM t WHERE (a, b) IN (SELECT 10, 'x' UNION SELECT 20, 'y')",
        "SELECT * FROM (SELECT a, count(*) AS n FROM t GROUP BY a) WHERE n > 1",
        "SELECT * FROM v",
        "SELECT v.n FROM v WHERE a = 20",
        "WITH x(p, q) AS (SELECT a, b FROM t) SELECT q, p FROM x WHERE p > 10",
        "WITH RECURSIVE c(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c WHERE i < 5) SELECT i FROM c",
        "WITH RECURSIVE c(i) AS (VALUES (1) UNION SELECT i * 2 % 7 FROM c) SELECT * FROM c",
        "WITH RECURSIVE c(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c) SELECT i FROM c LIMIT 4",
        "SELECT (SELECT count(*) FROM u WHERE v < t.a) AS n, a FROM t GROUP BY a",
        "SELECT a, (SELECT group_concat(v) FROM u WHERE v <= sum(t.a)) FROM t GROUP BY a",
        "SELECT CASE a WHEN 10 THEN 'ten' WHEN 20 THEN 'twenty' ELSE 'other' END FROM t",
        "SELECT CASE WHEN a > 15 THEN 1 END FROM t",
        "SELECT coalesce(b, a, 'none'), ifnull(a, -1), iif(a > 10, 'big', 'small') FROM t",
        "SELECT CAST(c AS INT), CAST(a AS TEXT), CAST('12abc' AS INTEGER) FROM t",
        "SELECT b LIKE 'X', b GLOB 'x' FROM t",
        "SELECT typeof(a), typeof(b), typeof(c), typeof(d) FROM t",
        "SELECT \"no such thing\", 'it''s'",
        "SELECT TRUE, FALSE, 5 IS TRUE, NULL IS NOT TRUE",
        "SELECT sum(n), count(*), max(s) FROM big",
        "SELECT i, length(s), substr(s, -4) FROM big WHERE i >= 2999",
        "SELECT n, count(*) FROM big GROUP BY n ORDER BY 2 DESC, 1 LIMIT 10",
        "SELECT s FROM big ORDER BY n, s DESC LIMIT 20",
        "SELECT a.i FROM big a, big b WHERE a.i = b.n AND b.i < 20",
        "SELECT max(i), n FROM big",
        "SELECT min(i) FROM big WHERE n = 500",
        "SELECT 1 WHERE 0",
        "SELECT count(*) FROM t WHERE 0",
        "SELECT max(a) FROM t WHERE 1 = 2",
        "SELECT DISTINCT k FROM u",
        "SELECT k, count(*) FROM u GROUP BY k",
        "SELECT k COLLATE BINARY, count(*) FROM u GROUP BY 1",
        "SELECT x.a FROM t AS x WHERE x.id = (SELECT max(id) FROM t WHERE a = x.a)",
      })
  void answersAsSqliteDoes(String sql) throws SQLException {
    assertThat(fixture.rows(sql)).isEqualTo(fixture.expected(sql));
  }
}
