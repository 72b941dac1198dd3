package dev.tursojdbc.sql;

import static dev.tursojdbc.sql.ScriptComparison.compare;

import org.junit.jupiter.api.Test;

/** COLLATE with a name that no collation has, and where it stands in an ORDER BY. */
class UnknownCollationsDifferentialTest {
  @Test
  void failsOnlyWhereSomethingIsCompared() {
    compare(
        """
        CREATE TABLE t1(a,b,c)
        INSERT INTO t1 VALUES(1,2,3)
        CREATE TABLE t0(a, CHECK (a COLLATE m0 IN ('0'< '0', '1')))
        CREATE TABLE t00(a, CHECK (a COLLATE m0 = 1))
        CREATE TABLE t01(a, b AS (a COLLATE m0))
        CREATE TABLE t02(a DEFAULT ('x' COLLATE m0))
        CREATE INDEX i0 ON t1(a, b) WHERE c COLLATE foo
        CREATE INDEX i1 ON t1(a COLLATE foo)
        CREATE INDEX i2 ON t1((a+1) COLLATE foo)
        CREATE INDEX i3 ON t1(a) WHERE c COLLATE foo = 1
        SELECT a COLLATE foo FROM t1
        SELECT * FROM t1 WHERE a COLLATE foo
        SELECT * FROM t1 WHERE a COLLATE foo IS NULL
        SELECT a COLLATE foo + 1 FROM t1
        SELECT a COLLATE foo = 1 FROM t1
        SELECT 1 WHERE 1 COLLATE foo = 1
        SELECT a COLLATE foo IN (1,2) FROM t1
        SELECT a COLLATE foo IN (SELECT 1) FROM t1
        SELECT a COLLATE foo BETWEEN 1 AND 2 FROM t1
        SELECT a COLLATE foo LIKE 'a' FROM t1
        SELECT max(a COLLATE foo) FROM t1
        SELECT min(a COLLATE foo, b) FROM t1
        SELECT nullif(a COLLATE foo, b) FROM t1
        SELECT abs(a COLLATE foo) FROM t1
        SELECT count(DISTINCT a COLLATE foo) FROM t1
        SELECT DISTINCT a COLLATE foo FROM t1
        SELECT a COLLATE foo FROM t1 UNION SELECT 1
        SELECT a COLLATE foo FROM t1 UNION ALL SELECT 1
        SELECT a FROM t1 GROUP BY a COLLATE foo
        SELECT a FROM t1 ORDER BY a COLLATE foo
        SELECT CASE a COLLATE foo WHEN 1 THEN 2 END FROM t1
        SELECT CASE WHEN a COLLATE foo THEN 2 END FROM t1
        SELECT CAST(a COLLATE foo AS TEXT) FROM t1
        SELECT -(a COLLATE foo), NOT a COLLATE foo, a COLLATE foo AND 1, a COLLATE foo || 'x' FROM t1
        SELECT EXISTS(SELECT a COLLATE foo FROM t1)
        SELECT (SELECT a COLLATE foo FROM t1)
        SELECT * FROM (SELECT a COLLATE foo AS x FROM t1)
        SELECT * FROM (SELECT a COLLATE foo AS x FROM t1) WHERE x=1
        SELECT * FROM (SELECT a COLLATE foo AS x FROM t1) ORDER BY x
        SELECT * FROM (SELECT DISTINCT a COLLATE foo AS x FROM t1) LIMIT 0
        INSERT INTO t1 VALUES(1 COLLATE foo, 2, 3)
        UPDATE t1 SET a='X' COLLATE foo
        UPDATE t1 SET a=1 WHERE b COLLATE foo
        DELETE FROM t1 WHERE a COLLATE foo = 9
        VALUES(1 COLLATE foo)
        VALUES(1 COLLATE foo),(2)
        CREATE VIEW v AS SELECT a COLLATE foo AS z FROM t1
        SELECT * FROM v
        SELECT z FROM v WHERE z=1
        CREATE TABLE c AS SELECT a COLLATE foo AS z FROM t1
        CREATE TABLE t5(a COLLATE foo)
        INSERT INTO t5 VALUES(1)
        SELECT * FROM t5
        SELECT * FROM t5 WHERE a=1
        SELECT a FROM t5 ORDER BY a
        CREATE TABLE t6(a COLLATE foo PRIMARY KEY)
        CREATE INDEX i5 ON t5(a)
        SELECT round(1,1) COLLATE foo
        SELECT a IS b COLLATE foo FROM t1
        SELECT (a,b COLLATE foo) = (1,2) FROM t1
        SELECT row_number() OVER (ORDER BY a COLLATE foo) FROM t1
        SELECT group_concat(a COLLATE foo) FROM t1
        SELECT a COLLATE foo FROM t1 LIMIT 1 COLLATE foo
        CREATE TRIGGER tr AFTER INSERT ON t1 BEGIN SELECT new.a COLLATE foo; END
        INSERT INTO t1 VALUES(1,2,3)
        INSERT INTO t1 VALUES(1 COLLATE foo,2,3),(4,5,6)
        SELECT * FROM t1 JOIN (SELECT a COLLATE foo AS z FROM t1) ON 1
        WITH q AS (SELECT a COLLATE foo AS z FROM t1) SELECT * FROM q
        SELECT a FROM t1 WHERE a IN (SELECT b COLLATE foo FROM t1)
        SELECT a FROM t1 WHERE EXISTS (SELECT b COLLATE foo FROM t1)
        SELECT a COLLATE foo AS z FROM t1 ORDER BY z
        SELECT a COLLATE foo AS z FROM t1 ORDER BY 1
        SELECT a COLLATE foo AS z FROM t1 WHERE z=1
        SELECT a COLLATE foo AS z FROM t1 GROUP BY z
        SELECT a COLLATE foo COLLATE nocase = 'X' FROM t1
        SELECT a COLLATE nocase COLLATE foo = 'X' FROM t1
        """);
  }

  @Test
  void termsOfCompoundsAreFoundBeforeTheirCollations() {
    compare(
        """
        SELECT 10 EXCEPT SELECT 20 ORDER BY -3333333333,3331
        SELECT 10 EXCEPT SELECT 20 ORDER BY -3333333333,1
        SELECT 'a' UNION SELECT 'b' ORDER BY 1 COLLATE xx, zz
        SELECT 'a' UNION SELECT 'b' ORDER BY 1 COLLATE xx
        SELECT 'a' AS q UNION SELECT 'B' ORDER BY q COLLATE nocase DESC
        SELECT 'a' AS q UNION SELECT 'B' ORDER BY 1 COLLATE binary COLLATE nocase DESC
        SELECT 'a' AS q UNION SELECT 'B' ORDER BY q COLLATE nocase COLLATE binary
        SELECT 'a' AS q UNION SELECT 'B' ORDER BY 2 COLLATE xx
        SELECT 'a' AS q UNION ALL SELECT 'B' ORDER BY q COLLATE rtrim, 7
        """);
  }
}
