-- ATTACH by path and by URI, beside files and beside a database in memory.
.file
ATTACH 'file:{dir}/u.db' AS u;
CREATE TABLE u.t(a);
ATTACH 'file:{dir}/nosuch.db?mode=rw' AS v;
ATTACH 'file:{dir}/u2.db?mode=rwc' AS v;
ATTACH 'file:{dir}/u.db?mode=ro' AS w;
INSERT INTO w.t VALUES(1);
ATTACH 'file:{dir}/u.db?mode=foo' AS x;
ATTACH 'file::memory:' AS z;
ATTACH '{dir}/nosuchdir/x.db' AS q;
SELECT type, name, tbl_name, sql FROM sqlite_schema;
.new
ATTACH 'file:{dir}/u.db' AS u;
CREATE TABLE u.t(a);
INSERT INTO u.t VALUES(1);
DETACH u;
ATTACH 'file:{dir}/u.db?mode=ro' AS u;
SELECT * FROM u.t;
INSERT INTO u.t VALUES(1);
SELECT type, name, tbl_name, sql FROM sqlite_schema;
.file
CREATE TABLE t(a);
ATTACH '{dir}/main.db' AS m2;
SELECT * FROM m2.t;
INSERT INTO t VALUES(1);
SELECT * FROM m2.t;
INSERT INTO m2.t VALUES(2);
SELECT * FROM t;
BEGIN;
INSERT INTO t VALUES(3);
INSERT INTO m2.t VALUES(4);
COMMIT;
SELECT * FROM t;
SELECT type, name, tbl_name, sql FROM sqlite_schema;
.new
ATTACH '{dir}/a.db' AS a;
CREATE TABLE a.t(x);
INSERT INTO a.t VALUES(5);
PRAGMA database_list;
DETACH a;
ATTACH '{dir}/a.db' AS a;
SELECT * FROM a.t;
VACUUM a INTO '{dir}/b.db';
ATTACH '{dir}/b.db' AS b;
SELECT * FROM b.t;
INSERT INTO a.t SELECT x+1 FROM a.t;
VACUUM a;
SELECT * FROM a.t;
PRAGMA a.integrity_check;
VACUUM a INTO 'file:{dir}/c.db?mode=rwc';
ATTACH 'file:{dir}/c%2edb' AS c;
SELECT * FROM c.t;
SELECT type, name, tbl_name, sql FROM sqlite_schema;
