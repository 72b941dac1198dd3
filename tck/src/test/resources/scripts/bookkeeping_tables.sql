-- Tables of the engine's own that somebody made otherwise: what ALTER TABLE, DROP TABLE and DROP
-- INDEX write in them.
PRAGMA writable_schema=ON;
CREATE TABLE sqlite_sequence (name PRIMARY KEY) WITHOUT ROWID;
PRAGMA writable_schema=OFF;
CREATE TABLE c1(x);
CREATE TABLE c2(x);
INSERT INTO sqlite_sequence(name) VALUES('c0'),('c1'),('c2');
ALTER TABLE c1 RENAME TO a;
SELECT name FROM sqlite_sequence ORDER BY +name;
DROP TABLE a;
SELECT name FROM sqlite_sequence ORDER BY +name;
ALTER TABLE c2 RENAME TO c0;
SELECT name FROM sqlite_sequence ORDER BY +name;
SELECT changes(), total_changes();
PRAGMA integrity_check;
.new
PRAGMA writable_schema=ON;
CREATE TABLE sqlite_sequence (nam PRIMARY KEY) WITHOUT ROWID;
PRAGMA writable_schema=OFF;
CREATE TABLE c1(x);
ALTER TABLE c1 RENAME TO a;
DROP TABLE c1;
DROP TABLE a;
.new
PRAGMA writable_schema=ON;
CREATE TABLE sqlite_sequence (nam);
PRAGMA writable_schema=OFF;
CREATE TABLE c1(x);
ALTER TABLE c1 RENAME TO a;
DROP TABLE c1;
DROP TABLE a;
.new
PRAGMA writable_schema=ON;
CREATE TABLE sqlite_sequence (seq, name unique, z);
PRAGMA writable_schema=OFF;
CREATE TABLE c1(x);
CREATE TABLE c2(x);
INSERT INTO sqlite_sequence(name) VALUES('c0'),('c1'),('c2');
ALTER TABLE c1 RENAME TO a;
SELECT name FROM sqlite_sequence ORDER BY +name;
ALTER TABLE c2 RENAME TO c0;
DROP TABLE a;
DROP TABLE c1;
SELECT name FROM sqlite_sequence ORDER BY +name;
PRAGMA integrity_check;
.new
PRAGMA writable_schema=ON;
CREATE TABLE sqlite_stat1 (tbl, idx, stat, primary key(tbl, idx)) WITHOUT ROWID;
PRAGMA writable_schema=OFF;
CREATE TABLE c1(x unique);
CREATE INDEX c1x on c1(x);
INSERT INTO sqlite_stat1 VALUES('c1','c1x','1 1'),('c1','sqlite_autoindex_c1_1','1 1'),('c2','x','1 1');
DROP INDEX c1x;
SELECT * FROM sqlite_stat1;
ALTER TABLE c1 RENAME TO c3;
SELECT * FROM sqlite_stat1;
DROP TABLE c3;
SELECT * FROM sqlite_stat1;
.new
CREATE TABLE t(a integer primary key autoincrement);
INSERT INTO t VALUES(7);
ALTER TABLE t RENAME TO u;
SELECT * FROM sqlite_sequence;
SELECT changes(), total_changes();
DROP TABLE u;
SELECT * FROM sqlite_sequence;
SELECT changes(), total_changes();
