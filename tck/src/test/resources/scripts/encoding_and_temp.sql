-- When the encoding is settled, and when the temp database is made.
.file
PRAGMA database_list;
SELECT * FROM sqlite_temp_master;
PRAGMA database_list;
SELECT type, name, tbl_name, sql FROM sqlite_schema;
.file
CREATE TABLE t(a);
PRAGMA database_list;
ALTER TABLE t RENAME TO u;
PRAGMA database_list;
SELECT type, name, tbl_name, sql FROM sqlite_schema;
.file
CREATE TABLE t(a,b);
ALTER TABLE t RENAME COLUMN a TO c;
PRAGMA database_list;
SELECT type, name, tbl_name, sql FROM sqlite_schema;
.file
CREATE TABLE t(a,b);
ALTER TABLE t ADD COLUMN c;
PRAGMA database_list;
SELECT type, name, tbl_name, sql FROM sqlite_schema;
.file
CREATE TABLE t(a,b);
ALTER TABLE t DROP COLUMN b;
PRAGMA database_list;
SELECT type, name, tbl_name, sql FROM sqlite_schema;
.file
CREATE TEMP TABLE x(a);
PRAGMA database_list;
DROP TABLE x;
PRAGMA database_list;
SELECT type, name, tbl_name, sql FROM sqlite_schema;
.file
PRAGMA temp.table_list;
PRAGMA database_list;
SELECT type, name, tbl_name, sql FROM sqlite_schema;
.file
CREATE TABLE t(a);
CREATE TRIGGER tr AFTER INSERT ON t BEGIN SELECT 1; END;
DROP TRIGGER tr;
DROP TABLE t;
ANALYZE;
REINDEX;
VACUUM;
PRAGMA integrity_check;
PRAGMA database_list;
SELECT type, name, tbl_name, sql FROM sqlite_schema;
.file
PRAGMA temp_store=2;
PRAGMA database_list;
SELECT type, name, tbl_name, sql FROM sqlite_schema;
.file
BEGIN;
SELECT * FROM sqlite_schema;
DROP TABLE IF EXISTS temp.x;
CREATE VIEW v AS SELECT 1;
DROP VIEW v;
COMMIT;
PRAGMA database_list;
SELECT type, name, tbl_name, sql FROM sqlite_schema;
.file
PRAGMA encoding=UTF8;
CREATE TEMP TABLE t1(x);
INSERT INTO t1 VALUES('this is a test');
PRAGMA encoding=UTF16;
SELECT * FROM t1;
PRAGMA encoding;
SELECT type, name, tbl_name, sql FROM sqlite_schema;
.file
PRAGMA encoding=UTF16;
PRAGMA encoding;
CREATE TEMP TABLE t1(x);
PRAGMA encoding=UTF8;
PRAGMA encoding;
CREATE TABLE t(a);
PRAGMA encoding;
SELECT type, name, tbl_name, sql FROM sqlite_schema;
.file
SELECT * FROM sqlite_temp_master;
PRAGMA encoding=UTF16;
PRAGMA encoding;
SELECT type, name, tbl_name, sql FROM sqlite_schema;
.file
SELECT * FROM sqlite_master;
PRAGMA encoding=UTF16;
PRAGMA encoding;
PRAGMA encoding=UTF16be;
PRAGMA encoding;
PRAGMA encoding=foo;
CREATE TABLE t(a);
PRAGMA encoding=UTF8;
PRAGMA encoding;
SELECT type, name, tbl_name, sql FROM sqlite_schema;
.file
BEGIN;
SELECT * FROM sqlite_master;
PRAGMA encoding=UTF16;
COMMIT;
PRAGMA encoding;
SELECT type, name, tbl_name, sql FROM sqlite_schema;
.file
PRAGMA encoding=UTF16;
ATTACH '{dir}/x.db' AS x;
PRAGMA encoding;
PRAGMA x.encoding;
CREATE TABLE x.t(a);
PRAGMA encoding=UTF8;
PRAGMA encoding;
SELECT type, name, tbl_name, sql FROM sqlite_schema;
.file
PRAGMA encoding=UTF16;
ATTACH '{dir}/x.db' AS x;
CREATE TABLE x.t(a);
INSERT INTO x.t VALUES('abc');
CREATE TABLE t(a);
INSERT INTO t VALUES('abc');
SELECT * FROM t JOIN x.t b USING(a);
DETACH x;
ATTACH '{dir}/x.db' AS x;
SELECT * FROM t JOIN x.t b USING(a);
SELECT type, name, tbl_name, sql FROM sqlite_schema;
.file
ATTACH '{dir}/x.db' AS x;
PRAGMA encoding=UTF16;
CREATE TABLE x.t(a);
INSERT INTO x.t VALUES('abc');
CREATE TABLE t(a);
PRAGMA encoding;
INSERT INTO t VALUES('abc');
SELECT * FROM t JOIN x.t b USING(a);
SELECT type, name, tbl_name, sql FROM sqlite_schema;
.file
CREATE TABLE t(a);
ATTACH '{dir}/x.db' AS x;
PRAGMA x.encoding=UTF16;
PRAGMA x.encoding;
CREATE TABLE x.t(a);
PRAGMA x.encoding;
DETACH x;
ATTACH '{dir}/x.db' AS x;
SELECT type, name, tbl_name, sql FROM sqlite_schema;
.new
PRAGMA encoding=UTF16be;
SELECT * FROM sqlite_temp_master;
CREATE TEMP TABLE t(a);
INSERT INTO t VALUES('hello');
SELECT * FROM t;
CREATE TABLE u(a);
INSERT INTO u SELECT * FROM t;
SELECT * FROM u, t WHERE u.a=t.a;
PRAGMA encoding;
SELECT type, name, tbl_name, sql FROM sqlite_schema;
.file
PRAGMA encoding=UTF16;
ATTACH ':memory:' AS x;
CREATE TABLE x.t(a);
INSERT INTO x.t VALUES('abc');
CREATE TEMP TABLE t(a);
INSERT INTO t VALUES('abc');
SELECT * FROM t JOIN x.t b USING(a);
CREATE TABLE main.t(a);
INSERT INTO main.t VALUES('abc');
SELECT * FROM temp.t JOIN x.t b USING(a) JOIN main.t USING(a);
SELECT type, name, tbl_name, sql FROM sqlite_schema;
