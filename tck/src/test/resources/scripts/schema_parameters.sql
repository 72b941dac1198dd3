-- Parameters in definitions that come out of a file.
.file
CREATE TABLE t(a, b DEFAULT (1+1), c DEFAULT 5);
CREATE TABLE u(a DEFAULT (?));
CREATE TABLE u(a DEFAULT (1+:x));
CREATE TABLE u(a CHECK(? > 1));
CREATE TABLE u(a AS (?));
CREATE INDEX i ON t(?);
CREATE INDEX i ON t(a+?);
CREATE INDEX i ON t(a) WHERE ?;
INSERT INTO t(a) VALUES(1);
PRAGMA writable_schema=ON;
UPDATE sqlite_schema SET sql='CREATE TABLE t(a, b DEFAULT (1+?1), c DEFAULT ($x))';
PRAGMA writable_schema=RESET;
INSERT INTO t(a) VALUES(2);
SELECT * FROM t;
PRAGMA table_info(t);
.reopen
INSERT INTO t(a) VALUES(3);
SELECT * FROM t;
ALTER TABLE t ADD COLUMN d DEFAULT (?);
ALTER TABLE t RENAME a TO z;
SELECT sql FROM sqlite_schema;
PRAGMA integrity_check;
.file
CREATE TABLE t(a, b);
INSERT INTO t VALUES(1,2);
PRAGMA writable_schema=ON;
UPDATE sqlite_schema SET sql='CREATE TABLE t(a, b CHECK(b > ?))';
PRAGMA writable_schema=RESET;
INSERT INTO t(a) VALUES(2);
SELECT * FROM t;
.reopen
INSERT INTO t VALUES(3,4);
SELECT * FROM t;
.file
CREATE TABLE t(a, b);
INSERT INTO t VALUES(1,2);
PRAGMA writable_schema=ON;
UPDATE sqlite_schema SET sql='CREATE TABLE t(a, b AS (a+?))';
PRAGMA writable_schema=RESET;
INSERT INTO t(a) VALUES(2);
SELECT * FROM t;
.reopen
INSERT INTO t(a) VALUES(3);
SELECT * FROM t;
.file
CREATE TABLE t(a, b);
CREATE VIEW v AS SELECT a FROM t;
CREATE TRIGGER r AFTER INSERT ON t BEGIN SELECT 1; END;
INSERT INTO t VALUES(1,2);
PRAGMA writable_schema=ON;
UPDATE sqlite_schema SET sql='CREATE VIEW v AS SELECT a, ? FROM t' WHERE name='v';
UPDATE sqlite_schema SET sql='CREATE TRIGGER r AFTER INSERT ON t BEGIN UPDATE t SET b=?; END' WHERE name='r';
PRAGMA writable_schema=RESET;
SELECT * FROM v;
INSERT INTO t(a) VALUES(2);
SELECT * FROM t;
.reopen
SELECT * FROM v;
INSERT INTO t(a) VALUES(3);
SELECT * FROM t;
