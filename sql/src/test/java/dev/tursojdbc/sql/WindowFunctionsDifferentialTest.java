package dev.tursojdbc.sql;

import org.junit.jupiter.api.Test;

/** Window functions, as SQLite computes, orders and refuses them. */
class WindowFunctionsDifferentialTest {
  private static final String TABLE =
      """
      CREATE TABLE t(a INTEGER PRIMARY KEY, b, c TEXT COLLATE NOCASE, d REAL)
      INSERT INTO t VALUES (1, 3, 'x', 1.5), (2, 1, 'Y', 2.5), (3, NULL, 'X', 0.1), (4, 3, 'y', -7.25)
      INSERT INTO t VALUES (5, 2, 'z', NULL), (6, 1, 'x', 1e10), (7, 9, NULL, 0.3), (8, NULL, 'Z', 4.0)
      INSERT INTO t VALUES (9, 'text', 'y', 12), (10, 3, 'x', 5), (11, x'01', 'y', 6.5), (12, 2, 'z', 7)
      """;

  private static void compare(String script) {
    ScriptComparison.compare(TABLE + script);
  }

  @Test
  void ranksCountPeersAndRows() {
    compare(
        """
        SELECT a, row_number() OVER (ORDER BY b) FROM t
        SELECT a, b, rank() OVER (ORDER BY b), dense_rank() OVER (ORDER BY b) FROM t
        SELECT a, percent_rank() OVER (ORDER BY b), cume_dist() OVER (ORDER BY b) FROM t
        SELECT a, c, row_number() OVER (PARTITION BY c ORDER BY b DESC, a) FROM t
        SELECT a, rank() OVER (), dense_rank() OVER (), percent_rank() OVER (), cume_dist() OVER () FROM t
        SELECT a, ntile(5) OVER (ORDER BY a), ntile(50) OVER (ORDER BY a), ntile(1) OVER (ORDER BY a) FROM t
        SELECT a, ntile(a) OVER (PARTITION BY c ORDER BY a) FROM t
        SELECT a, percent_rank() OVER (PARTITION BY a), cume_dist() OVER (PARTITION BY a) FROM t
        SELECT ntile(0) OVER () FROM t
        SELECT ntile(NULL) OVER () FROM t
        SELECT ntile(0) OVER () FROM t WHERE 0
        SELECT row_number(*) OVER () FROM t
        """);
  }

  @Test
  void aggregatesRunOverTheirFrames() {
    compare(
        """
        SELECT a, sum(a) OVER (ORDER BY a) FROM t
        SELECT a, sum(b) OVER (ORDER BY b) FROM t
        SELECT a, count(*) OVER (PARTITION BY c), count(b) OVER (PARTITION BY c) FROM t
        SELECT a, avg(d) OVER (ORDER BY a ROWS BETWEEN 2 PRECEDING AND 1 FOLLOWING) FROM t
        SELECT a, total(d) OVER (ORDER BY a ROWS 1 PRECEDING) FROM t
        SELECT a, group_concat(c) OVER (ORDER BY a ROWS BETWEEN 1 PRECEDING AND 1 FOLLOWING) FROM t
        SELECT a, group_concat(c, a) OVER (ORDER BY a ROWS BETWEEN 3 PRECEDING AND 1 PRECEDING) FROM t
        SELECT a, string_agg(c, '-') OVER (PARTITION BY b ORDER BY a DESC) FROM t
        SELECT a, min(d) OVER (ORDER BY a ROWS 2 PRECEDING), max(d) OVER (ORDER BY a ROWS 2 PRECEDING) FROM t
        SELECT a, min(c) OVER (ORDER BY a ROWS BETWEEN 1 FOLLOWING AND 3 FOLLOWING), max(c) OVER (ORDER BY a) FROM t
        SELECT a, max(c COLLATE BINARY) OVER (ORDER BY a ROWS BETWEEN CURRENT ROW AND 3 FOLLOWING) FROM t
        SELECT a, sum(d) FILTER (WHERE a % 2) OVER (ORDER BY a ROWS 3 PRECEDING), max(d) FILTER (WHERE b) OVER (ORDER BY a ROWS 3 PRECEDING) FROM t
        SELECT a, sum(a) OVER (ORDER BY a ROWS BETWEEN 2 PRECEDING AND 5 PRECEDING) FROM t
        SELECT a, sum(a) OVER (ORDER BY a ROWS BETWEEN 5 FOLLOWING AND 2 FOLLOWING) FROM t
        SELECT a, median(a) OVER (ORDER BY a ROWS 3 PRECEDING) FROM t
        SELECT sum(9223372036854775807) OVER (ORDER BY a) FROM t
        SELECT sum(a) OVER () FROM t WHERE 0
        SELECT a, min(c) OVER (ORDER BY a ROWS 2 PRECEDING), max(c) OVER (ORDER BY a ROWS 2 PRECEDING) FROM t
        SELECT a, hex(group_concat(v, s) OVER (ORDER BY a ROWS 1 PRECEDING)) FROM (SELECT 1 AS a, '' AS v, '|' AS s UNION ALL VALUES (2, '', '--'), (3, 'x', '|'), (4, 'y', '--'), (5, '', ''), (6, 'z', 'abc'))
        SELECT a, json_group_array(json_array(a, b)) OVER (ORDER BY a ROWS 1 PRECEDING), json_group_object(c, json_quote(d)) OVER (PARTITION BY b) FROM t WHERE a < 9
        SELECT sum(1) OVER ()
        """);
  }

  @Test
  void framesCountRowsGroupsOrValues() {
    compare(
        """
        SELECT a, b, group_concat(a) OVER (ORDER BY b RANGE BETWEEN 1 PRECEDING AND 1 FOLLOWING) FROM t
        SELECT a, b, group_concat(a) OVER (ORDER BY b DESC RANGE BETWEEN 1 PRECEDING AND 1 FOLLOWING) FROM t
        SELECT a, b, group_concat(a) OVER (ORDER BY b NULLS LAST RANGE BETWEEN 2 PRECEDING AND 1 PRECEDING) FROM t
        SELECT a, b, group_concat(a) OVER (ORDER BY b DESC NULLS FIRST RANGE BETWEEN 1 FOLLOWING AND 6 FOLLOWING) FROM t
        SELECT a, b, group_concat(a) OVER (ORDER BY b RANGE BETWEEN 2 FOLLOWING AND 1 FOLLOWING) FROM t
        SELECT a, b, group_concat(a) OVER (ORDER BY b GROUPS BETWEEN 1 PRECEDING AND 1 FOLLOWING) FROM t
        SELECT a, b, group_concat(a) OVER (ORDER BY b GROUPS BETWEEN 2 FOLLOWING AND 3 FOLLOWING) FROM t
        SELECT a, b, group_concat(a) OVER (ORDER BY b GROUPS BETWEEN 2 PRECEDING AND 1 PRECEDING) FROM t
        SELECT a, b, group_concat(a) OVER (ORDER BY b GROUPS CURRENT ROW) FROM t
        SELECT a, b, group_concat(a) OVER (ORDER BY b RANGE BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING) FROM t
        SELECT a, group_concat(a) OVER (ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING) FROM t
        SELECT a, group_concat(a) OVER (GROUPS BETWEEN 1 PRECEDING AND 1 PRECEDING) FROM t
        SELECT a, group_concat(a) OVER (ORDER BY d RANGE BETWEEN 1.5 PRECEDING AND 0.5 FOLLOWING) FROM t
        SELECT a, group_concat(a) OVER (ORDER BY d RANGE BETWEEN '1.5' PRECEDING AND 2 FOLLOWING) FROM t
        SELECT a, group_concat(a) OVER (ORDER BY a ROWS BETWEEN '1' PRECEDING AND 2.0 FOLLOWING) FROM t
        SELECT a, group_concat(a) OVER (ORDER BY a ROWS BETWEEN 1+1 PRECEDING AND CAST('2' AS INT) FOLLOWING) FROM t
        """);
  }

  @Test
  void excludedRowsDoNotCount() {
    compare(
        """
        SELECT a, b, group_concat(a) OVER (ORDER BY b GROUPS BETWEEN 1 PRECEDING AND 1 FOLLOWING EXCLUDE NO OTHERS) FROM t
        SELECT a, b, group_concat(a) OVER (ORDER BY b GROUPS BETWEEN 1 PRECEDING AND 1 FOLLOWING EXCLUDE CURRENT ROW) FROM t
        SELECT a, b, group_concat(a) OVER (ORDER BY b GROUPS BETWEEN 1 PRECEDING AND 1 FOLLOWING EXCLUDE GROUP) FROM t
        SELECT a, b, group_concat(a) OVER (ORDER BY b GROUPS BETWEEN 1 PRECEDING AND 1 FOLLOWING EXCLUDE TIES) FROM t
        SELECT a, b, sum(a) OVER (ORDER BY b ROWS BETWEEN 1 PRECEDING AND 3 FOLLOWING EXCLUDE TIES) FROM t
        SELECT a, b, min(a) OVER (ROWS BETWEEN 1 PRECEDING AND 3 FOLLOWING EXCLUDE GROUP), max(a) OVER (ROWS BETWEEN 1 PRECEDING AND 3 FOLLOWING EXCLUDE CURRENT ROW) FROM t
        SELECT a, first_value(a) OVER w, last_value(a) OVER w, nth_value(a, 2) OVER w FROM t WINDOW w AS (ORDER BY b ROWS BETWEEN 2 PRECEDING AND 2 FOLLOWING EXCLUDE TIES)
        SELECT a, first_value(a) OVER w, last_value(a) OVER w, nth_value(a, 2) OVER w FROM t WINDOW w AS (ORDER BY b ROWS BETWEEN 2 PRECEDING AND 2 FOLLOWING EXCLUDE GROUP)
        SELECT nth_value(a, 0) OVER (ROWS BETWEEN CURRENT ROW AND CURRENT ROW EXCLUDE CURRENT ROW) FROM t
        SELECT row_number() OVER w, rank() OVER w FROM t WINDOW w AS (ORDER BY b ROWS 1 PRECEDING EXCLUDE TIES)
        """);
  }

  @Test
  void valuesComeFromOtherRows() {
    compare(
        """
        SELECT a, lag(a) OVER (ORDER BY a), lead(a) OVER (ORDER BY a) FROM t
        SELECT a, lag(a, 2) OVER (ORDER BY b), lead(a, 3, 'none') OVER (ORDER BY b) FROM t
        SELECT a, lag(a, 2, d) OVER (PARTITION BY c ORDER BY a), lead(a, 0) OVER (PARTITION BY c ORDER BY a) FROM t
        SELECT a, lag(a, -1) OVER (ORDER BY a), lead(a, -1) OVER (ORDER BY a) FROM t
        SELECT a, lag(a, -2) OVER (ORDER BY a), lead(a, -2) OVER (ORDER BY a) FROM t
        SELECT a, lag(a, NULL) OVER (ORDER BY a), lead(a, 1.5) OVER (ORDER BY a), lead(a, '2') OVER (ORDER BY a) FROM t
        SELECT a, lag(a, 1.0, 7) OVER (ORDER BY a), lead(a, x'31') OVER (ORDER BY a), lead(a, b) OVER (ORDER BY a) FROM t
        SELECT a, lead(a, 9223372036854775807) OVER (ORDER BY a), lag(a, -9223372036854775807) OVER (ORDER BY a) FROM t
        SELECT a, first_value(c) OVER (ORDER BY b), last_value(c) OVER (ORDER BY b) FROM t
        SELECT a, first_value(c) OVER w, last_value(c) OVER w, nth_value(c, 2) OVER w FROM t WINDOW w AS (ORDER BY a ROWS BETWEEN 2 FOLLOWING AND 4 FOLLOWING)
        SELECT a, first_value(c) OVER w, last_value(c) OVER w, nth_value(c, 2) OVER w FROM t WINDOW w AS (ORDER BY a ROWS BETWEEN 4 PRECEDING AND 2 PRECEDING)
        SELECT a, nth_value(a, a) OVER (ORDER BY a) FROM t
        SELECT a, nth_value(a, '3') OVER (ORDER BY a), nth_value(a, 2.0) OVER (ORDER BY a) FROM t
        SELECT nth_value(a, 0) OVER () FROM t
        SELECT nth_value(a, 1.5) OVER () FROM t
        SELECT nth_value(a, NULL) OVER () FROM t
        SELECT nth_value(a, 'x') OVER () FROM t
        """);
  }

  @Test
  void windowsHaveNamesAndExtendEachOther() {
    compare(
        """
        SELECT a, sum(a) OVER w FROM t WINDOW w AS (PARTITION BY c ORDER BY a)
        SELECT a, sum(a) OVER (w ORDER BY a DESC) FROM t WINDOW w AS (PARTITION BY c)
        SELECT a, sum(a) OVER (w ROWS 1 PRECEDING) FROM t WINDOW w AS (PARTITION BY c ORDER BY a)
        SELECT a, sum(a) OVER w2 FROM t WINDOW w AS (PARTITION BY c), w2 AS (w ORDER BY a), w3 AS (w2 ROWS 1 PRECEDING)
        SELECT a, sum(a) OVER W3 FROM t WINDOW w AS (PARTITION BY c), w2 AS (w ORDER BY a), w3 AS (w2 ROWS 1 PRECEDING)
        SELECT a, sum(a) OVER (w PARTITION BY b) FROM t WINDOW w AS (ORDER BY a)
        SELECT a, sum(a) OVER (w ORDER BY b) FROM t WINDOW w AS (ORDER BY a)
        SELECT a, sum(a) OVER (w ORDER BY b) FROM t WINDOW w AS (ROWS 1 PRECEDING)
        SELECT a, sum(a) OVER (w) FROM t WINDOW w AS (ROWS 1 PRECEDING)
        SELECT a, sum(a) OVER w FROM t WINDOW w AS (ROWS 1 PRECEDING)
        SELECT a, sum(a) OVER missing FROM t WINDOW w AS (ORDER BY a)
        SELECT a, sum(a) OVER (missing ORDER BY a) FROM t
        SELECT a FROM t WINDOW w AS (ORDER BY a), w2 AS (nowhere)
        SELECT a FROM t WINDOW w AS (nowhere), w2 AS (w ORDER BY a)
        SELECT a, sum(a) OVER w FROM t WINDOW w AS (nowhere ORDER BY a)
        SELECT a FROM t WINDOW w AS (ORDER BY nowhere)
        SELECT a, sum(a) OVER w FROM t WINDOW w AS (ORDER BY nowhere)
        SELECT a, sum(a) OVER w FROM t WINDOW w AS (ORDER BY a), w AS (ORDER BY a DESC)
        SELECT a, sum(a) OVER w FROM t WINDOW w AS (ORDER BY a), w2 AS (w PARTITION BY b)
        SELECT (SELECT sum(a) OVER w) FROM t WINDOW w AS (ORDER BY a)
        """);
  }

  @Test
  void severalWindowsAreComputedOneAfterTheOther() {
    compare(
        """
        SELECT a, sum(a) OVER (ORDER BY b), row_number() OVER (ORDER BY c DESC) FROM t
        SELECT a, row_number() OVER (ORDER BY c DESC), sum(a) OVER (ORDER BY b) FROM t
        SELECT a, rank() OVER (PARTITION BY c ORDER BY b), sum(d) OVER (PARTITION BY c ORDER BY b), row_number() OVER (ORDER BY d) FROM t
        SELECT a, row_number() OVER (), sum(a) OVER (PARTITION BY c), avg(b) OVER (ORDER BY d DESC) FROM t
        SELECT sum(a) OVER (ORDER BY b) + row_number() OVER (ORDER BY c, a), a * lag(a) OVER (ORDER BY a) FROM t
        SELECT a, count(*) OVER (), count(*) OVER (PARTITION BY c) * 100 / count(*) OVER () FROM t
        """);
  }

  @Test
  void windowsStandOverGroups() {
    compare(
        """
        SELECT c, count(*), sum(count(*)) OVER (ORDER BY c) FROM t GROUP BY c
        SELECT c, sum(d), rank() OVER (ORDER BY sum(d) DESC) FROM t GROUP BY c
        SELECT c, sum(d), rank() OVER (ORDER BY sum(d) DESC) FROM t GROUP BY c HAVING count(*) > 2 ORDER BY c
        SELECT sum(a), row_number() OVER () FROM t
        SELECT sum(a) OVER (), sum(a) FROM t
        SELECT max(a), b, lag(max(a)) OVER (ORDER BY max(a)) FROM t GROUP BY b % 3
        SELECT c || 'q', sum(sum(a)) OVER (PARTITION BY c || 'q'), max(a) - min(a) FROM t GROUP BY c || 'q'
        SELECT count(*) OVER (), count(*) FILTER (WHERE count(*) > 1) OVER () FROM t GROUP BY c
        SELECT group_concat(c) OVER (ORDER BY min(a)) FROM t GROUP BY c ORDER BY sum(a)
        """);
  }

  @Test
  void orderDistinctAndLimitComeAfterWindows() {
    compare(
        """
        SELECT a FROM t ORDER BY row_number() OVER (ORDER BY b DESC, a)
        SELECT a, row_number() OVER (ORDER BY b DESC, a) AS n FROM t ORDER BY n DESC
        SELECT a FROM t ORDER BY sum(a) OVER (PARTITION BY c), a DESC LIMIT 4
        SELECT DISTINCT c, count(*) OVER (PARTITION BY c) FROM t
        SELECT DISTINCT count(*) OVER (PARTITION BY c) FROM t ORDER BY 1 DESC
        SELECT a, sum(a) OVER (ORDER BY a) FROM t ORDER BY a DESC LIMIT 3 OFFSET 2
        SELECT a, b, sum(a) OVER (ORDER BY b, c) FROM t ORDER BY b LIMIT 5
        SELECT a, b, sum(a) OVER (ORDER BY b, c) FROM t ORDER BY b DESC
        SELECT a, row_number() OVER () AS n FROM t WHERE n > 1
        SELECT * FROM (SELECT a, row_number() OVER (PARTITION BY c ORDER BY a) AS n FROM t) WHERE n = 1
        SELECT * FROM (SELECT a, c, row_number() OVER (PARTITION BY c ORDER BY a) AS n FROM t) WHERE c = 'x'
        SELECT * FROM (SELECT a, b, row_number() OVER (PARTITION BY b ORDER BY a) AS n FROM t) WHERE b = 3 AND a > 1
        SELECT * FROM (SELECT b, c, count(*) AS m, sum(count(*)) OVER (PARTITION BY b) FROM t GROUP BY b, c) WHERE b IN (1, 3) AND m = 1
        SELECT * FROM (SELECT a, c, row_number() OVER (ORDER BY a DESC) AS n FROM t) WHERE a > 5 ORDER BY n LIMIT 3
        SELECT a, row_number() OVER (ORDER BY a) FROM t UNION ALL SELECT b, rank() OVER (ORDER BY b) FROM t
        SELECT c, row_number() OVER (ORDER BY a) FROM t UNION SELECT c, rank() OVER (ORDER BY b) FROM t ORDER BY 2, 1
        SELECT a, sum(x) OVER (ORDER BY a) FROM (SELECT a, b AS x FROM t ORDER BY d)
        SELECT a, row_number() OVER () FROM (SELECT a, b AS x FROM t ORDER BY d)
        SELECT a, row_number() OVER (ORDER BY c) FROM (SELECT a, c FROM t ORDER BY d)
        SELECT a, row_number() OVER (ORDER BY c) FROM (SELECT a, c FROM t UNION ALL SELECT a, c FROM t)
        WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i, row_number() OVER () FROM n LIMIT 3
        WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 20) SELECT i, sum(i) OVER (ROWS 2 PRECEDING) FROM n
        """);
  }

  @Test
  void queriesInsideAndAround() {
    compare(
        """
        SELECT a, (SELECT count(*) FROM t AS u WHERE u.a < t.a), row_number() OVER (ORDER BY b) FROM t
        SELECT a, (SELECT sum(u.a) OVER (ORDER BY u.a DESC) FROM t AS u WHERE u.a <= t.a LIMIT 1) FROM t
        SELECT a, sum((SELECT count(*) FROM t AS u WHERE u.a < t.a)) OVER (ORDER BY a) FROM t
        SELECT a FROM t WHERE a IN (SELECT row_number() OVER (ORDER BY b) FROM t WHERE c = 'x')
        SELECT a FROM t WHERE EXISTS (SELECT rank() OVER () FROM t AS u WHERE u.a = t.a + 3)
        SELECT (SELECT row_number() OVER (ORDER BY t.a)) FROM t
        SELECT t.a, u.a, row_number() OVER (PARTITION BY t.a ORDER BY u.a DESC) FROM t JOIN t AS u ON u.b = t.b
        SELECT t.a, u.a, count(u.a) OVER (ORDER BY t.a) FROM t LEFT JOIN t AS u ON u.a = t.b
        WITH w AS (SELECT a, row_number() OVER (ORDER BY d) AS n FROM t) SELECT x.a, y.a FROM w AS x JOIN w AS y ON x.n = y.n + 1
        CREATE VIEW v AS SELECT a, rank() OVER (ORDER BY b) AS r FROM t
        SELECT * FROM v WHERE r < 5
        SELECT sum(r) FROM v
        CREATE TABLE s AS SELECT a, sum(a) OVER (ORDER BY a) AS total FROM t
        SELECT * FROM s
        INSERT INTO s SELECT a + 100, row_number() OVER (ORDER BY a DESC) FROM s
        SELECT * FROM s
        UPDATE s SET total = (SELECT n FROM (SELECT a, row_number() OVER (ORDER BY a DESC) AS n FROM s AS o) AS q WHERE q.a = s.a)
        SELECT * FROM s
        DELETE FROM s WHERE a IN (SELECT a FROM (SELECT a, ntile(2) OVER (ORDER BY a) AS n FROM s) WHERE n = 1)
        SELECT * FROM s
        """);
  }

  @Test
  void rowsOfValuesSeeEachTheirOwnRow() {
    compare(
        """
        VALUES (1, 2), (count(*) OVER (), 'x'), (sum(5) OVER (), NULL)
        INSERT INTO t(a, b) VALUES (100, 1), (101, row_number() OVER ())
        SELECT a, b FROM t WHERE a >= 100
        SELECT column1 + column2 FROM (VALUES (1, 2), (row_number() OVER (), 3))
        SELECT count(*) FROM t UNION VALUES (row_number() OVER ()), (2)
        VALUES (1), (row_number() OVER (), 2)
        """);
  }

  @Test
  void joinsAndCommonTablesHaveWindows() {
    compare(
        """
        CREATE TABLE u(k INTEGER, v TEXT)
        INSERT INTO u VALUES (1, 'one'), (3, 'three'), (20, 'twenty'), (3, 'drei')
        SELECT t.a, u.k, row_number() OVER (ORDER BY u.v) FROM t RIGHT JOIN u ON t.a = u.k
        SELECT t.a, u.k, rank() OVER (PARTITION BY u.k ORDER BY t.a) FROM t FULL JOIN u ON t.a = u.k
        SELECT k, a, count(*) OVER (PARTITION BY k) FROM u LEFT JOIN t ON b = k ORDER BY v, a
        SELECT k, sum(k) OVER (ORDER BY v), x.b FROM u LEFT JOIN (SELECT a, b FROM t WHERE b > 1) AS x ON x.a = k
        SELECT * FROM u NATURAL JOIN (SELECT b AS k, row_number() OVER (ORDER BY a) AS n FROM t)
        WITH c AS (SELECT k, row_number() OVER (ORDER BY v) AS n FROM u) SELECT c.*, d.*, lag(c.k) OVER (ORDER BY d.n, c.n) FROM c, c AS d WHERE c.n < d.n
        WITH RECURSIVE r(i) AS (SELECT 1 UNION ALL SELECT row_number() OVER () FROM r LIMIT 5) SELECT * FROM r
        WITH RECURSIVE r(i) AS (SELECT row_number() OVER () FROM u UNION ALL SELECT i + 10 FROM r WHERE i < 30) SELECT * FROM r
        WITH RECURSIVE r(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM r WHERE i < (SELECT max(n) FROM (SELECT row_number() OVER () AS n FROM u))) SELECT * FROM r
        SELECT a FROM t UNION SELECT k FROM u ORDER BY row_number() OVER ()
        SELECT a FROM t WHERE a = (SELECT k FROM u WHERE sum(k) OVER () > 1)
        SELECT k, (SELECT group_concat(a) OVER (PARTITION BY u.k ORDER BY a DESC) FROM t WHERE b = u.k) FROM u
        SELECT k, (SELECT sum(t.a) OVER (ORDER BY t.a * u.k ROWS BETWEEN 1 FOLLOWING AND 2 FOLLOWING) FROM t LIMIT 1 OFFSET k) FROM u
        SELECT sum(k) OVER w, (SELECT count(*) FROM t WHERE a < k), v FROM u GROUP BY k WINDOW w AS (ORDER BY k)
        SELECT k, sum(k + (SELECT max(a) FROM t WHERE a < k)) OVER (ORDER BY k, v) FROM u
        SELECT k, total(k) OVER (PARTITION BY k IN (SELECT a FROM t WHERE b = 3) ORDER BY v) FROM u
        SELECT count(*) FROM (SELECT row_number() OVER (ORDER BY v) FROM u)
        SELECT count(*) FROM (SELECT DISTINCT rank() OVER (ORDER BY k) FROM u)
        SELECT max(n), min(n) FROM (SELECT ntile(3) OVER (ORDER BY v) AS n FROM u)
        SELECT k, v FROM u ORDER BY CASE WHEN rank() OVER (ORDER BY k) = 1 THEN 1 ELSE 0 END, v
        SELECT CASE WHEN k > avg(k) OVER () THEN v ELSE lag(v, 1, 'first') OVER (ORDER BY v) END FROM u
        SELECT k, v COLLATE NOCASE, first_value(v) OVER (PARTITION BY v COLLATE NOCASE) = 'ONE' COLLATE NOCASE FROM u
        SELECT last_value(v COLLATE NOCASE) OVER (ORDER BY k) = 'THREE' FROM u
        SELECT a.k, b.k, sum(a.k) OVER (ORDER BY b.k, a.v) FROM u AS a, u AS b WHERE a.k < b.k AND b.k IN (SELECT k FROM u)
        """);
  }

  @Test
  void otherStatementsHaveWindows() {
    compare(
        """
        CREATE TABLE u(k INTEGER, v TEXT, g AS (k * 2))
        INSERT INTO u(k, v) SELECT a, row_number() OVER (ORDER BY a DESC) FROM t WHERE a < 6
        SELECT * FROM u
        UPDATE u SET v = n.r FROM (SELECT a, rank() OVER (ORDER BY b) AS r FROM t) AS n WHERE n.a = k
        SELECT * FROM u
        UPDATE u SET v = 'x' RETURNING k, row_number() OVER ()
        DELETE FROM u WHERE k = 1 RETURNING sum(k) OVER ()
        INSERT INTO u(k) VALUES (7) RETURNING rank() OVER (ORDER BY k)
        UPDATE u SET v = (SELECT group_concat(k) OVER (ORDER BY k) FROM u AS o LIMIT 1 OFFSET 2)
        SELECT * FROM u
        CREATE TABLE bad(x, y AS (row_number() OVER ()))
        CREATE TABLE bad(x DEFAULT (row_number() OVER ()))
        CREATE TRIGGER trg AFTER INSERT ON u BEGIN UPDATE u SET v = (SELECT s FROM (SELECT k, sum(k) OVER (ORDER BY k) AS s FROM u) AS q WHERE q.k = new.k) WHERE k = new.k; END
        INSERT INTO u(k) VALUES (100), (50)
        SELECT * FROM u
        CREATE VIEW vw AS SELECT k, sum(k) OVER w AS total FROM u WINDOW w AS (PARTITION BY v ORDER BY k)
        SELECT * FROM vw
        ALTER TABLE u RENAME COLUMN v TO vv
        SELECT * FROM vw
        ALTER TABLE u RENAME TO uu
        SELECT * FROM vw WHERE total > 1
        SELECT sql FROM sqlite_schema WHERE name = 'vw'
        CREATE INDEX part ON uu(k) WHERE row_number() OVER () > 1
        INSERT INTO uu(k) SELECT 1 UNION ALL SELECT row_number() OVER () + 1000 FROM t WHERE a < 4 ORDER BY 1 DESC
        SELECT k FROM uu
        """);
  }

  @Test
  void misuseIsRefusedInSqlitesWords() {
    compare(
        """
        SELECT a FROM t WHERE row_number() OVER () > 1
        SELECT row_number() FROM t
        SELECT rank() FILTER (WHERE 1) FROM t
        SELECT lag(a) FROM t WHERE nth_value(a, 1) > 1
        SELECT abs(a) OVER () FROM t
        SELECT abs(*) OVER () FROM t
        SELECT coalesce(a, b) OVER () FROM t
        SELECT nosuch(a) OVER () FROM t
        SELECT sum(a, b) OVER () FROM t
        SELECT sum(*) OVER () FROM t
        SELECT ntile() OVER () FROM t
        SELECT row_number(1) OVER () FROM t
        SELECT lag(a, 1, 2, 3) OVER () FROM t
        SELECT sum(DISTINCT a) OVER () FROM t
        SELECT count(DISTINCT a) OVER () FROM t
        SELECT sum(a ORDER BY b) OVER () FROM t
        SELECT group_concat(a ORDER BY b) OVER () FROM t
        SELECT rank() FILTER (WHERE a) OVER () FROM t
        SELECT sum(sum(a) OVER ()) OVER () FROM t
        SELECT sum(sum(a) OVER ()) FROM t
        SELECT sum(a) OVER (ORDER BY sum(b) OVER ()) FROM t
        SELECT a FROM t GROUP BY row_number() OVER ()
        SELECT a FROM t GROUP BY a HAVING row_number() OVER () > 1
        SELECT count(*) FROM t ORDER BY row_number() OVER ()
        SELECT a FROM t LIMIT row_number() OVER ()
        SELECT row_number() OVER () AS n FROM t GROUP BY n
        SELECT row_number() OVER () AS n, count(*) FROM t GROUP BY n
        SELECT a FROM t ORDER BY sum(a)
        SELECT row_number() OVER () FROM t ORDER BY sum(a)
        SELECT sum(a) OVER (RANGE 1 PRECEDING) FROM t
        SELECT sum(a) OVER (ORDER BY a, b RANGE BETWEEN CURRENT ROW AND 1 FOLLOWING) FROM t
        SELECT row_number() OVER (RANGE 1 PRECEDING) FROM t
        SELECT sum(a) OVER (ORDER BY a ROWS -1 PRECEDING) FROM t
        SELECT sum(a) OVER (ORDER BY a ROWS 1.5 PRECEDING) FROM t
        SELECT sum(a) OVER (ORDER BY a ROWS NULL PRECEDING) FROM t
        SELECT sum(a) OVER (ORDER BY a ROWS a PRECEDING) FROM t
        SELECT sum(a) OVER (ORDER BY a ROWS nosuch PRECEDING) FROM t
        SELECT sum(a) OVER (ORDER BY a ROWS abs(1) PRECEDING) FROM t
        SELECT sum(a) OVER (ORDER BY a ROWS 'x' PRECEDING) FROM t
        SELECT sum(a) OVER (ORDER BY a ROWS BETWEEN 1 PRECEDING AND -1 FOLLOWING) FROM t
        SELECT sum(a) OVER (ORDER BY a RANGE 'x' PRECEDING) FROM t
        SELECT sum(a) OVER (ORDER BY a RANGE BETWEEN 1 PRECEDING AND -1 FOLLOWING) FROM t
        SELECT sum(a) OVER (ORDER BY a RANGE BETWEEN 1 PRECEDING AND NULL FOLLOWING) FROM t
        SELECT sum(a) OVER (ORDER BY a ROWS BETWEEN -1 PRECEDING AND CURRENT ROW) FROM t WHERE 0
        SELECT row_number() OVER (ORDER BY a ROWS BETWEEN -1 PRECEDING AND CURRENT ROW) FROM t
        SELECT sum(a) OVER (ROWS BETWEEN CURRENT ROW AND 1 PRECEDING) FROM t
        SELECT sum(a) OVER (ROWS BETWEEN 1 FOLLOWING AND CURRENT ROW) FROM t
        SELECT sum(a) OVER (ROWS BETWEEN UNBOUNDED FOLLOWING AND CURRENT ROW) FROM t
        SELECT sum(a) OVER (ROWS BETWEEN 1 PRECEDING AND UNBOUNDED PRECEDING) FROM t
        SELECT sum(a) OVER (PARTITION BY nosuch) FROM t
        UPDATE t SET b = row_number() OVER ()
        DELETE FROM t WHERE row_number() OVER () = 1
        INSERT INTO t(b) VALUES (row_number() OVER ())
        CREATE TABLE bad(x CHECK (row_number() OVER () > 1))
        CREATE INDEX bad ON t(row_number() OVER ())
        SELECT a AS x, sum(x) OVER () FROM t
        SELECT a AS x FROM t ORDER BY sum(x) OVER (), 1
        """);
  }
}
