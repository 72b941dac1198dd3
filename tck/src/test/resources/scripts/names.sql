-- Where names are looked for, and what may fail only when a row is computed.
CREATE TABLE t1(a);
INSERT INTO t1 VALUES ('main');
CREATE VIEW v AS SELECT * FROM t1;
CREATE TEMP VIEW tv AS SELECT * FROM t1;
CREATE TEMP TABLE t1(a);
INSERT INTO temp.t1 VALUES ('temp');
-- A view looks in its own database only, a temporary one anywhere.
SELECT * FROM v;
SELECT * FROM tv;
CREATE VIEW v6 AS SELECT * FROM notab;
SELECT * FROM v6;
CREATE VIEW v7 AS SELECT a FROM t1 WHERE a = ?1;

SELECT name FROM temp.sqlite_master;
SELECT zeroblob(2147483648);
SELECT length(zeroblob(2147483648));
SELECT a, abs(-9223372036854775807 - 1) FROM main.t1;
SELECT a FROM main.t1 UNION ALL SELECT abs(-9223372036854775807 - 1);
SELECT 1 FROM main.t1 WHERE likelihood(a, 0.5);
SELECT 1 FROM main.t1 WHERE likelihood(a, -0.5);
SELECT 1 FROM main.t1 WHERE likelihood(a, 1);
SELECT 1 FROM main.t1 WHERE likelihood(a, 0.5 + 0.1);

-- A key that has a column twice, with different collations.
CREATE TABLE w(a, b, PRIMARY KEY (a COLLATE nocase, a)) WITHOUT ROWID;
INSERT INTO w VALUES (1, 'one'), ('A', 'two'), ('a', 'three');
SELECT * FROM w;
UPDATE w SET a = 'b' WHERE b = 'two';
DELETE FROM w WHERE a = 'a';
INSERT INTO w VALUES ('b', 'again');
SELECT * FROM w;
PRAGMA integrity_check;

PRAGMA cache_size;
PRAGMA default_cache_size = -123;
PRAGMA cache_size;
PRAGMA default_cache_size;
PRAGMA cache_size = -77;
PRAGMA default_cache_size;
PRAGMA temp.data_version;

SELECT sqlite_compileoption_used('THREADSAFE'), sqlite_compileoption_used('sqlite_threadsafe=1');
SELECT sqlite_compileoption_used('THREAD'), sqlite_compileoption_used('THREADSAFE='), sqlite_compileoption_used('');
SELECT sqlite_compileoption_used(sqlite_compileoption_get(0)), sqlite_compileoption_get(-1);
PRAGMA cache_size = 0;
PRAGMA cache_size;

-- Of several errors in the parts of a compound query the last one is told.
SELECT 1 FROM n1 UNION SELECT 2 FROM n2 UNION SELECT 3 FROM n3;
SELECT nc1 UNION SELECT nc2;
SELECT 1, 2 UNION SELECT 3 EXCEPT SELECT 4, 5;
SELECT 1, 2 UNION SELECT 3 EXCEPT SELECT 4;
WITH i(x) AS (WITH j AS (SELECT 10) SELECT 5 FROM n1 UNION SELECT 8 FROM n2) SELECT * FROM i;
SELECT a, 1 AS z FROM main.t1 UNION SELECT 2, 3 ORDER BY z DESC, 1;
