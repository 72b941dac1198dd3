-- The schema says what is not so: who notices, and in which words.

-- sqlite_sequence is not what AUTOINCREMENT needs.
.file
CREATE TABLE t1(a INTEGER PRIMARY KEY AUTOINCREMENT, b TEXT);
INSERT INTO t1(b) VALUES('one');
PRAGMA writable_schema=on;
UPDATE sqlite_schema SET sql=replace(sql,'sqlite_','x_'), name='x_sequence', tbl_name='x_sequence' WHERE name='sqlite_sequence';
.reopen
INSERT INTO t1(b) VALUES('two');
SELECT * FROM t1;

.file
CREATE TABLE t1(a INTEGER PRIMARY KEY AUTOINCREMENT, b TEXT);
INSERT INTO t1(b) VALUES('one');
PRAGMA writable_schema=on;
UPDATE sqlite_schema SET sql='CREATE TABLE sqlite_sequence(x)' WHERE name='sqlite_sequence';
.reopen
INSERT INTO t1(b) VALUES('two');

-- A definition that cannot be read: only who may mend it gets past it.
.file
CREATE TABLE t1(x INTEGER PRIMARY KEY AUTOINCREMENT, y);
CREATE TABLE t2(x);
PRAGMA writable_schema = 1;
UPDATE sqlite_schema SET sql = 'CREATE TABLE sqlite_sequence(name-seq)' WHERE name = 'sqlite_sequence';
.reopen
PRAGMA user_version;
PRAGMA page_count;
PRAGMA freelist_count;
SELECT * FROM t2;
BEGIN;
COMMIT;
PRAGMA user_version = 7;
PRAGMA user_version;
PRAGMA writable_schema = 1;
PRAGMA page_count;
SELECT * FROM t2;
INSERT INTO t1(y) VALUES('abc');
SELECT name FROM sqlite_schema;

-- Roots that are shared, missing, or behind the end.
.file
CREATE TABLE t1(a PRIMARY KEY, b UNIQUE, c);
CREATE INDEX i1 ON t1(c);
INSERT INTO t1 VALUES(1, 2, 3), (4, 5, 6);
PRAGMA writable_schema = 1;
UPDATE sqlite_schema SET rootpage = (SELECT rootpage FROM sqlite_schema WHERE name='sqlite_autoindex_t1_1') WHERE name='i1';
.reopen
SELECT * FROM t1;
PRAGMA writable_schema = 1;
UPDATE sqlite_schema SET rootpage = 99 WHERE name='i1';
.reopen
SELECT * FROM t1;
PRAGMA writable_schema = 1;
UPDATE sqlite_schema SET rootpage = 'x' WHERE name='i1';
.reopen
SELECT * FROM t1;
PRAGMA writable_schema = 1;
UPDATE sqlite_schema SET rootpage = NULL WHERE name='i1';
.reopen
SELECT * FROM t1;
PRAGMA writable_schema = 1;
UPDATE sqlite_schema SET rootpage = 5, sql = 'DROP TABLE t1' WHERE name='i1';
.reopen
SELECT * FROM t1;
PRAGMA writable_schema = 1;
UPDATE sqlite_schema SET sql = NULL WHERE name='i1';
.reopen
SELECT * FROM t1;
PRAGMA writable_schema = 1;
UPDATE sqlite_schema SET sql = 'CREATE INDEX i1 ON other(c)' WHERE name='i1';
.reopen
SELECT * FROM t1;
PRAGMA writable_schema = 1;
UPDATE sqlite_schema SET sql = 'CREATE INDEX main.i1 ON t1(c)' WHERE name='i1';
.reopen
SELECT * FROM t1;
PRAGMA writable_schema = 1;
UPDATE sqlite_schema SET sql = 'CREATE INDEX i2 ON t1(c)' WHERE name='i1';
.reopen
SELECT * FROM t1;
PRAGMA writable_schema = 1;
UPDATE sqlite_schema SET sql = 'CREATE INDEX i1 ON t1(c)' WHERE name='i1';
DELETE FROM sqlite_schema WHERE name='sqlite_autoindex_t1_1';
.reopen
SELECT c FROM t1 ORDER BY c;
UPDATE t1 SET a=9 WHERE rowid=1;

-- Definitions of what exists already.
.file
CREATE TABLE t1(a, b);
CREATE VIEW v1 AS SELECT 1;
CREATE TRIGGER g1 AFTER INSERT ON t1 BEGIN SELECT 1; END;
PRAGMA writable_schema = 1;
INSERT INTO sqlite_schema SELECT * FROM sqlite_schema WHERE name='v1';
.reopen
SELECT 1 FROM t1;
PRAGMA writable_schema = 1;
DELETE FROM sqlite_schema WHERE rowid=4;
INSERT INTO sqlite_schema SELECT * FROM sqlite_schema WHERE name='g1';
.reopen
SELECT 1 FROM t1;
PRAGMA writable_schema = 1;
DELETE FROM sqlite_schema WHERE rowid=4;
INSERT INTO sqlite_schema SELECT * FROM sqlite_schema WHERE name='t1';
.reopen
SELECT 1 FROM t1;
PRAGMA writable_schema = 1;
DELETE FROM sqlite_schema WHERE rowid=4;
UPDATE sqlite_schema SET rootpage=2 WHERE name='v1';
.reopen
SELECT 1 FROM t1;

-- An index that leads to rows of another table.
.file
CREATE TABLE t1(a INTEGER PRIMARY KEY, b, c);
CREATE UNIQUE INDEX i1 ON t1(c);
INSERT INTO t1 VALUES(1, 'one', 'i'), (2, 'two', 'ii');
CREATE TABLE t2(a INTEGER PRIMARY KEY, b, c);
CREATE UNIQUE INDEX i2 ON t2(c);
INSERT INTO t2 VALUES(1, 'one', 'i'), (2, 'two', 'ii'), (3, 'three', 'iii');
PRAGMA writable_schema = 1;
UPDATE sqlite_schema SET rootpage = (SELECT rootpage FROM sqlite_schema WHERE name = 'i2') WHERE name = 'i1';
.reopen
SELECT a FROM t1 WHERE c='iii';
SELECT * FROM t1 WHERE c='iii';
DELETE FROM t1 WHERE c='iii';
INSERT INTO t1 VALUES(4, 'four', 'iii') ON CONFLICT(c) DO UPDATE SET b=NULL;
PRAGMA integrity_check;

.file
CREATE TABLE t1(a PRIMARY KEY, b, c) WITHOUT ROWID;
CREATE UNIQUE INDEX i1 ON t1(c);
INSERT INTO t1 VALUES(1, 'one', 'i'), (2, 'two', 'ii');
CREATE TABLE t2(a INTEGER PRIMARY KEY, b, c);
CREATE UNIQUE INDEX i2 ON t2(c);
INSERT INTO t2 VALUES(1, 'one', 'i'), (2, 'two', 'ii'), (3, 'three', 'iii');
PRAGMA writable_schema = 1;
UPDATE sqlite_schema SET rootpage = (SELECT rootpage FROM sqlite_schema WHERE name = 'i2') WHERE name = 'i1';
.reopen
SELECT * FROM t1 WHERE c='iii';
SELECT * FROM t1 WHERE c>='i' ORDER BY c;
SELECT * FROM t1 WHERE c>='i' ORDER BY c DESC;
INSERT INTO t1 VALUES(4, 'four', 'iii') ON CONFLICT(c) DO UPDATE SET b=NULL;

-- Entries under another collation, and of fewer columns.
.file
CREATE TABLE t1(a INTEGER PRIMARY KEY, b TEXT COLLATE nocase, c INT COLLATE nocase, d TEXT);
INSERT INTO t1 VALUES(1, 'one','one','one'), (2, 'two','two','two'), (3, 'three','three','three');
CREATE INDEX t1bcd ON t1(b,c,d);
CREATE TABLE t2(a INTEGER PRIMARY KEY, b TEXT COLLATE nocase, c INT COLLATE nocase, d TEXT);
INSERT INTO t2 VALUES(1, 'one','one','one'), (2, 'two','two','TWO'), (3, 'THREE','three','three');
CREATE INDEX t2bcd ON t2(b,c,d);
PRAGMA writable_schema=ON;
UPDATE sqlite_schema SET rootpage = 8 - rootpage WHERE type='index';
.reopen
PRAGMA integrity_check;
PRAGMA integrity_check(3);
PRAGMA quick_check;
PRAGMA integrity_check(t1);

.file
CREATE TABLE t1(a INTEGER PRIMARY KEY, b TEXT, c INTEGER, d TEXT);
CREATE INDEX i1 ON t1((NULL));
INSERT INTO t1 VALUES(1, NULL, 1, 'text value');
PRAGMA writable_schema = on;
UPDATE sqlite_schema SET sql = 'CREATE INDEX i1 ON t1(b, c, d)', tbl_name = 't1', type='index' WHERE name='i1';
.reopen
PRAGMA integrity_check;

-- The whole row goes to a new page, and the full one before it stays as it is.
.file
PRAGMA journal_mode = wal;
CREATE TABLE t1(x);
WITH RECURSIVE s(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM s LIMIT 20) INSERT INTO t1 SELECT zeroblob(750) FROM s;
PRAGMA wal_checkpoint(TRUNCATE);
INSERT INTO t1 VALUES(zeroblob(750));
PRAGMA wal_checkpoint;

-- Two indexes with one root, and a schema that a rolled back transaction read.
.file
CREATE TABLE t1(w, x, y, z, UNIQUE(w, x), UNIQUE(y, z));
INSERT INTO t1 VALUES(1, 1, 1, 1);
CREATE TABLE t1idx(x, y, i INTEGER, PRIMARY KEY(x)) WITHOUT ROWID;
INSERT INTO t1idx VALUES(10, NULL, 5);
PRAGMA writable_schema = 1;
UPDATE sqlite_schema SET rootpage = (SELECT rootpage FROM sqlite_schema WHERE name='t1idx') WHERE type = 'index';
.reopen
PRAGMA writable_schema = ON;
INSERT INTO t1(rowid, w, x, y, z) VALUES(5, 10, 11, 10, NULL);

.file
BEGIN;
CREATE TABLE p1(x PRIMARY KEY);
CREATE TABLE c1(y);
PRAGMA schema_version = 0;
PRAGMA writable_schema = RESET;
INSERT INTO c1 VALUES(1000);
ROLLBACK;
PRAGMA table_info = p1;
SELECT * FROM p1;
PRAGMA integrity_check;

-- REINDEX sorts the rows of a table without rowids, too.
.file
CREATE TABLE t1(a PRIMARY KEY, b) WITHOUT ROWID;
INSERT INTO t1 VALUES('a', 1), ('B', 2), ('c', 3);
PRAGMA writable_schema = ON;
UPDATE sqlite_schema SET sql = 'CREATE TABLE t1(a COLLATE NOCASE PRIMARY KEY, b) WITHOUT ROWID' WHERE name='t1';
.reopen
PRAGMA integrity_check;
REINDEX;
PRAGMA integrity_check;
SELECT * FROM t1;
SELECT * FROM t1 WHERE a='b';
