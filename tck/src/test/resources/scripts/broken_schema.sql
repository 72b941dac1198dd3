-- Definitions that cannot be read, and who may mend them: writable_schema.
CREATE TABLE t1(x UNIQUE);
PRAGMA writable_schema=ON;
UPDATE sqlite_master SET sql='CREATE table t(o CHECK((((((;VALUES(o)';
BEGIN;
CREATE TABLE t2(y);
ROLLBACK;
DROP TABLE IF EXISTS D;
SELECT name FROM sqlite_schema;
SELECT * FROM t1;
CREATE TABLE t3(a);
SELECT type, name, tbl_name, sql FROM sqlite_schema;
.file
CREATE TABLE t1(x UNIQUE);
CREATE TABLE t2(x UNIQUE);
INSERT INTO t2 VALUES(1);
PRAGMA writable_schema=ON;
UPDATE sqlite_master SET sql='garbage' WHERE name='t1';
.reopen
SELECT * FROM t2;
PRAGMA writable_schema=ON;
SELECT * FROM t2;
SELECT * FROM t1;
DELETE FROM sqlite_schema WHERE name='t1';
PRAGMA writable_schema=OFF;
SELECT * FROM t2;
.reopen
SELECT * FROM t2;
SELECT type, name, tbl_name, sql FROM sqlite_schema;
.file
CREATE TABLE t1(x);
CREATE TABLE t2(x);
CREATE INDEX i2 ON t2(x);
CREATE TRIGGER tr AFTER INSERT ON t2 BEGIN SELECT 1; END;
CREATE VIEW v AS SELECT * FROM t2;
PRAGMA writable_schema=ON;
UPDATE sqlite_master SET sql='CREATE INDEX i2 ON t2(nosuch)' WHERE name='i2';
UPDATE sqlite_master SET sql='CREATE TRIGGER tr AFTER' WHERE name='tr';
UPDATE sqlite_master SET sql='CREATE VIEW' WHERE name='v';
.reopen
SELECT * FROM t2;
PRAGMA writable_schema=ON;
SELECT * FROM t2;
SELECT * FROM v;
INSERT INTO t2 VALUES(1);
DROP TABLE t2;
SELECT name FROM sqlite_schema;
SELECT type, name, tbl_name, sql FROM sqlite_schema;
.file
CREATE TABLE t1( a TEXT PRIMARY KEY, b TEXT, FOREIGN KEY(b) REFERENCES t1(a));
INSERT INTO t1 VALUES('abc',NULL),('xyz','abc');
PRAGMA writable_schema=on;
UPDATE sqlite_master SET sql='CREATE TABLE t1( a TEXT PRIMARY KEY, b TEXT, FOREIGN KEY(b COLLATE nocase) REFERENCES t1(a ASC))' WHERE name='t1';
.reopen
SELECT * FROM t1 ORDER BY 1;
ALTER TABLE t1 RENAME b TO c;
SELECT sql FROM sqlite_schema;
ALTER TABLE t1 RENAME TO t9;
SELECT sql FROM sqlite_schema;
ALTER TABLE t9 ADD COLUMN z;
PRAGMA foreign_key_list(t9);
VACUUM;
CREATE TABLE t2( a TEXT PRIMARY KEY, b TEXT, FOREIGN KEY(b COLLATE nocase) REFERENCES t1(a ASC));
SELECT type, name, tbl_name, sql FROM sqlite_schema;
