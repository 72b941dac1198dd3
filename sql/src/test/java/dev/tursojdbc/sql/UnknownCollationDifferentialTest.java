package dev.tursojdbc.sql;

import static dev.tursojdbc.sql.ScriptComparison.compare;

import org.junit.jupiter.api.Test;

/** A file whose columns have a collation that nobody knows can be read, but not compared. */
class UnknownCollationDifferentialTest {
  @Test
  void onlyComparisonsFail() {
    compare(
        """
        CREATE TABLE t(x TEXT COLLATE NOCASE, y)
        CREATE TABLE u(x TEXT COLLATE NOCASE, y)
        CREATE INDEX i ON t(x)
        CREATE INDEX j ON t(y)
        INSERT INTO t VALUES('a',1),('b',2)
        INSERT INTO u VALUES('a',1),('b',2)
        PRAGMA writable_schema=on
        UPDATE sqlite_master SET sql=replace(sql,'NOCASE','foo')
        PRAGMA writable_schema=RESET
        SELECT x FROM t
        SELECT * FROM t
        SELECT y FROM t ORDER BY y
        SELECT * FROM t WHERE y=1
        SELECT x FROM t WHERE x='a'
        SELECT * FROM t ORDER BY x
        SELECT count(*) FROM t GROUP BY x
        SELECT DISTINCT x FROM t
        SELECT x FROM t WHERE x LIKE 'a%'
        SELECT x FROM t WHERE x COLLATE BINARY='a'
        SELECT x||'' FROM t ORDER BY 1
        SELECT x FROM t WHERE x IS NULL
        SELECT x FROM t WHERE x IN ('a')
        SELECT x FROM t UNION SELECT x FROM u
        SELECT x FROM u UNION ALL SELECT x FROM t
        SELECT min(x) FROM t
        SELECT min(x) FROM u
        SELECT count(x) FROM t
        SELECT count(DISTINCT x) FROM t
        SELECT x FROM t WHERE x BETWEEN 'a' AND 'b'
        SELECT x=y FROM t
        SELECT 1 FROM t a JOIN u b USING(x)
        SELECT 1 FROM t a NATURAL JOIN u b
        INSERT INTO u VALUES('c',3)
        INSERT INTO t VALUES('c',3)
        UPDATE t SET x='q'
        DELETE FROM t WHERE y=2
        DELETE FROM u WHERE y=2
        CREATE INDEX k ON u(x)
        CREATE INDEX k2 ON u(x COLLATE NOCASE)
        REINDEX
        PRAGMA integrity_check
        PRAGMA quick_check
        VACUUM
        ANALYZE
        SELECT CASE x WHEN 'a' THEN 1 END FROM t
        SELECT nullif(x,'a') FROM t
        SELECT max(x,'a') FROM t
        SELECT x FROM t WHERE x IN (SELECT x FROM u)
        PRAGMA index_xinfo(i)
        INSERT INTO u SELECT * FROM t
        INSERT INTO t SELECT * FROM u
        SELECT row_number() OVER (ORDER BY x) FROM u
        SELECT row_number() OVER (PARTITION BY x) FROM u
        SELECT x FROM (SELECT x FROM u LIMIT 1) ORDER BY x
        SELECT group_concat(x ORDER BY x) FROM u
        SELECT x IS 'a', x IS NULL, x NOT NULL FROM u
        SELECT x FROM u WHERE x
        SELECT x FROM u ORDER BY x COLLATE NOCASE
        CREATE VIEW v AS SELECT x FROM u
        SELECT * FROM v
        SELECT * FROM v ORDER BY x
        CREATE TABLE w AS SELECT x FROM u
        CREATE TEMP TABLE w2(x COLLATE foo)
        INSERT INTO w2 VALUES('a')
        SELECT * FROM w2
        SELECT * FROM w2 WHERE x<'b'
        CREATE TABLE pk(x TEXT COLLATE foo PRIMARY KEY)
        ALTER TABLE u ADD COLUMN z
        SELECT count(*) FROM t
        """);
  }
}
