-- Columns named twice: of a value the first counts, of the rowid the last.
CREATE TABLE t(a INTEGER PRIMARY KEY, b, c);
INSERT INTO t(a, b, a, c, b) VALUES (1, 2, 3, 4, 5);
INSERT INTO t(a, rowid) VALUES (7, 8), (9, 'x');
INSERT INTO t(rowid, a) VALUES ('x', 10);
SELECT * FROM t;
UPDATE t SET a = 'x', a = a;
UPDATE t SET a = 'x', a = a, b = 6 FROM (SELECT 1) AS f WHERE a < 5;
UPDATE t SET a = a, a = 'x' FROM (SELECT 1) AS f;
SELECT * FROM t;

-- DO UPDATE fires the triggers of its own columns.
CREATE TABLE log(e, x, y);
CREATE TABLE k(a INTEGER PRIMARY KEY, b UNIQUE, c);
CREATE TRIGGER kb BEFORE UPDATE OF b ON k BEGIN INSERT INTO log VALUES ('b', old.b, new.b); END;
CREATE TRIGGER kc AFTER UPDATE OF c ON k BEGIN INSERT INTO log VALUES ('c', old.c, new.c); END;
INSERT INTO k VALUES (1, 1, 1), (2, 2, 2);
INSERT INTO k VALUES (1, 9, 9) ON CONFLICT(a) DO UPDATE SET c = 5 ON CONFLICT(b) DO UPDATE SET b = 6;
INSERT INTO k VALUES (3, 2, 9) ON CONFLICT(a) DO UPDATE SET c = 5 ON CONFLICT(b) DO UPDATE SET b = 6;
INSERT INTO k VALUES (3, 6, 9) ON CONFLICT(a) DO UPDATE SET c = 5 ON CONFLICT DO NOTHING;
SELECT * FROM log;
SELECT * FROM k;

-- What a constraint says about conflicts does not count in DO UPDATE.
CREATE TABLE f(a INTEGER PRIMARY KEY, b UNIQUE ON CONFLICT FAIL, c UNIQUE ON CONFLICT REPLACE, d NOT NULL ON CONFLICT IGNORE);
INSERT INTO f VALUES (1, 1, 1, 1), (2, 2, 2, 2);
INSERT INTO f VALUES (5, 5, 5, 5), (1, 6, 6, 6) ON CONFLICT(a) DO UPDATE SET b = 2;
SELECT * FROM f;
INSERT INTO f VALUES (5, 5, 5, 5), (1, 6, 6, 6) ON CONFLICT(a) DO UPDATE SET c = 2;
SELECT * FROM f;
INSERT OR FAIL INTO f VALUES (5, 5, 5, 5), (1, 6, 6, 6) ON CONFLICT(a) DO UPDATE SET d = NULL;
SELECT * FROM f;

-- NEW, OLD and excluded have no affinity.
CREATE TABLE s(a INTEGER PRIMARY KEY, b TEXT, c INT, d REAL);
CREATE TRIGGER si AFTER INSERT ON s WHEN new.b > 1 BEGIN INSERT INTO log VALUES ('si', new.b, new.c = '7'); END;
CREATE TRIGGER su AFTER UPDATE ON s BEGIN INSERT INTO log SELECT 'su', a, new.b = c FROM s WHERE b = new.c OR new.d = '1'; END;
INSERT INTO s VALUES (1, 1, 7, 1), (2, 0, 0, 0);
INSERT INTO s VALUES (1, 1, 7, 1) ON CONFLICT(a) DO UPDATE SET c = 8 WHERE excluded.b > 5;
INSERT INTO s VALUES (1, 1, 7, 1) ON CONFLICT(a) DO UPDATE SET c = 9 WHERE s.b > 5;
INSERT INTO s VALUES (1, '7', 7, 1) ON CONFLICT(a) DO UPDATE SET c = 10 WHERE excluded.b = excluded.c;
INSERT INTO s VALUES (2, '0', 7, 1) ON CONFLICT(a) DO UPDATE SET c = 10 WHERE excluded.b = s.c;
SELECT * FROM log;
SELECT * FROM s;

-- RETURNING of a DELETE has what was there before BEFORE triggers.
CREATE TABLE r(a INTEGER PRIMARY KEY, b);
CREATE TRIGGER rd BEFORE DELETE ON r BEGIN UPDATE r SET b = b + 1 WHERE a = old.a; END;
CREATE TRIGGER ra AFTER DELETE ON r BEGIN INSERT INTO log VALUES ('r', old.a, old.b); END;
INSERT INTO r VALUES (1, 10), (2, 20);
DELETE FROM r RETURNING rowid, a, b, typeof(b);
SELECT * FROM log WHERE e = 'r';

-- Generated columns follow the default that REPLACE puts in.
CREATE TABLE g(a INTEGER PRIMARY KEY, d NOT NULL DEFAULT 9, g AS (d) STORED, h AS (d + 1) NOT NULL);
INSERT INTO g(a, d) VALUES (1, 1), (2, 2);
UPDATE OR REPLACE g SET d = NULL WHERE a = 1;
INSERT OR REPLACE INTO g(a, d) VALUES (3, NULL);
SELECT * FROM g;

-- REPLACE of columns in no key deletes nothing, so that no foreign key is asked.
CREATE TABLE p(a, b, c, PRIMARY KEY(a, b));
CREATE TABLE ch(x REFERENCES p(a));
PRAGMA foreign_keys = 1;
INSERT INTO p VALUES (1, 2, 3);
UPDATE OR REPLACE p SET c = 4;
UPDATE OR REPLACE p SET b = 4;
INSERT INTO p VALUES (2, 2, 3);
INSERT INTO p VALUES (3, 2, 3) RETURNING c;
SELECT * FROM p;

-- excluded is converted already where a constraint or an index has been looked at before.
CREATE TABLE e1(a INTEGER PRIMARY KEY, b TEXT, c INT, d REAL, e);
CREATE TABLE e2(a INTEGER PRIMARY KEY, b TEXT, c INT, d REAL, e CHECK (e > 0));
CREATE TABLE e3(a INTEGER PRIMARY KEY, b TEXT UNIQUE, c INT, d REAL, e);
CREATE TABLE e4(a INT PRIMARY KEY, b TEXT, c INT, d REAL, e) WITHOUT ROWID;
CREATE TABLE e5(a INTEGER PRIMARY KEY, b TEXT, c INT, d REAL, e, f AS (c));
INSERT INTO e1 VALUES (1, 'x', 1, 1, 1);
INSERT INTO e2 VALUES (1, 'x', 1, 1, 1);
INSERT INTO e3 VALUES (1, 'x', 1, 1, 1);
INSERT INTO e4 VALUES (1, 'x', 1, 1, 1);
INSERT INTO e5 VALUES (1, 'x', 1, 1, 1);
INSERT INTO e1 VALUES ('1', 2, '3', 4, 5) ON CONFLICT(a) DO UPDATE SET e = typeof(excluded.a) || typeof(excluded.b) || typeof(excluded.c) || typeof(excluded.d);
INSERT INTO e2 VALUES ('1', 2, '3', 4, 5) ON CONFLICT(a) DO UPDATE SET e = typeof(excluded.a) || typeof(excluded.b) || typeof(excluded.c) || typeof(excluded.d);
INSERT INTO e3 VALUES ('1', 2, '3', 4, 5) ON CONFLICT(b) DO NOTHING ON CONFLICT(a) DO UPDATE SET e = typeof(excluded.a) || typeof(excluded.b) || typeof(excluded.c) || typeof(excluded.d);
INSERT INTO e4 VALUES ('1', 2, '3', 4, 5) ON CONFLICT(a) DO UPDATE SET e = typeof(excluded.a) || typeof(excluded.b) || typeof(excluded.c) || typeof(excluded.d);
INSERT INTO e5 VALUES ('1', 2, '3', 4, 5) ON CONFLICT(a) DO UPDATE SET e = typeof(excluded.a) || typeof(excluded.b) || typeof(excluded.c) || typeof(excluded.d);
INSERT INTO e1 SELECT '1', 2, max(c, '7'), 4, 5 FROM e1 WHERE true ON CONFLICT DO UPDATE SET c = max(e1.c, excluded.c), b = excluded.b;
SELECT * FROM e1 UNION ALL SELECT * FROM e2 UNION ALL SELECT * FROM e3 UNION ALL SELECT * FROM e4 UNION ALL SELECT a, b, c, d, e FROM e5;

-- A trigger that is running is not fired again; the other triggers see OLD nevertheless.
CREATE TABLE w(a INTEGER PRIMARY KEY, b);
CREATE TRIGGER wb BEFORE UPDATE ON w BEGIN UPDATE w SET b = b + 1 WHERE a = new.a; END;
CREATE TRIGGER wa AFTER UPDATE ON w BEGIN INSERT INTO log VALUES ('w', old.b, new.b); END;
CREATE TRIGGER wd BEFORE DELETE ON w BEGIN DELETE FROM w WHERE a = old.a + 1; END;
CREATE TRIGGER we AFTER DELETE ON w BEGIN INSERT INTO log VALUES ('d', old.a, old.b); END;
INSERT INTO w VALUES (1, 10), (2, 20), (3, 30);
UPDATE w SET b = 5 WHERE a < 3;
DELETE FROM w WHERE a = 1;
SELECT * FROM log WHERE e IN ('w', 'd');
SELECT * FROM w;

-- A target without COLLATE means the first index on its column, whatever the collation.
CREATE TABLE c(a, b COLLATE NOCASE UNIQUE, c UNIQUE);
CREATE UNIQUE INDEX cn ON c(c COLLATE NOCASE);
INSERT INTO c VALUES (1, 'a', 'a'), (2, 'b', 'b');
INSERT INTO c VALUES (3, 'x', 'A') ON CONFLICT(c) DO UPDATE SET a = a + 10;
INSERT INTO c VALUES (3, 'x', 'A') ON CONFLICT(c COLLATE binary) DO UPDATE SET a = a + 10;
INSERT INTO c VALUES (3, 'x', 'A') ON CONFLICT(c COLLATE nocase) DO UPDATE SET a = a + 10;
INSERT INTO c VALUES (3, 'x', 'a') ON CONFLICT(c) DO UPDATE SET a = a + 10;
INSERT INTO c VALUES (3, 'A', 'z') ON CONFLICT(b) DO UPDATE SET a = a + 10;
INSERT INTO c VALUES (3, 'A', 'z') ON CONFLICT(b COLLATE binary) DO UPDATE SET a = a + 10;
INSERT INTO c VALUES (3, 'A', 'z') ON CONFLICT(b COLLATE nocase) DO UPDATE SET a = a + 10;
SELECT * FROM c;

-- What the statement says about conflicts goes before what the constraints say.
CREATE TABLE o(a INTEGER PRIMARY KEY, b UNIQUE, c UNIQUE ON CONFLICT REPLACE) WITHOUT ROWID;
INSERT INTO o VALUES (1, 'b', NULL), (2, 'B', NULL), (3, 'A', NULL);
UPDATE OR FAIL o SET c = 4 WHERE b >= 'A';
SELECT * FROM o;
UPDATE o SET c = 5 WHERE b >= 'A';
SELECT * FROM o;
.new
-- A clause without a target is the last one.
create table t(a integer primary key, b unique);
insert into t values(1,1) on conflict do nothing on conflict(b) do update set b=96;
insert into t values(1,1) on conflict do update set b=2 on conflict do nothing;
insert into t values(1,1) on conflict do update set b=2 where b<3 on conflict(a) do nothing returning a;
insert into t values(1,1) on conflict(a) do nothing on conflict do update set b=2 returning a;
insert into t values(1,1) on conflict(a) do nothing on conflict(b) do nothing on conflict do nothing returning a;
create trigger tr after insert on t begin insert into t values(1,1) on conflict do nothing on conflict(a) do nothing; end;
select count(*) from t;
