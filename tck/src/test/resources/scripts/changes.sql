-- What changes() and PRAGMA count_changes count, sources of UPDATE … FROM, names in RETURNING.
CREATE TABLE t1(a UNIQUE, b);
INSERT INTO t1 VALUES (0, 0), (1, 1), (2, 2);
SELECT changes();
INSERT INTO t1 VALUES ('a', 0), ('b', 0), (0, 11);
SELECT changes(), total_changes();
INSERT OR FAIL INTO t1 VALUES ('c', 0), ('d', 0), (0, 11);
SELECT changes(), total_changes();
BEGIN;
UPDATE t1 SET a = 'c' WHERE a < 2;
SELECT changes(), total_changes();
ROLLBACK;
SELECT changes(), total_changes();

PRAGMA count_changes = on;
INSERT INTO t1 VALUES (7, 7), (8, 8);
UPDATE OR IGNORE t1 SET a = 1000 WHERE b > 0;
DELETE FROM t1 WHERE b = 0;
DELETE FROM t1;
INSERT INTO t1 VALUES (7, 7) RETURNING a;
CREATE TABLE u(a UNIQUE, b DEFAULT 0);
INSERT INTO u(a) VALUES (1), (2);
INSERT OR IGNORE INTO u(a) VALUES (1), (3);
INSERT INTO u(a) VALUES (1), (5) ON CONFLICT DO UPDATE SET b = b + 1;
SELECT changes();
REPLACE INTO u(a) VALUES (1), (6);
PRAGMA count_changes = off;

-- The joins of UPDATE … FROM do not know the table that is changed.
CREATE TABLE t5(a INTEGER PRIMARY KEY, b TEXT, c TEXT);
CREATE TABLE m1(x INTEGER PRIMARY KEY, y TEXT);
CREATE TABLE m2(u INTEGER PRIMARY KEY, v TEXT);
INSERT INTO t5 VALUES (1, 'one', 'ONE'), (2, 'two', 'TWO'), (3, 'three', 'THREE'), (4, 'four', 'FOUR');
INSERT INTO m1 VALUES (1, 'i'), (2, 'ii'), (3, 'iii');
INSERT INTO m2 VALUES (1, 'I'), (3, 'II'), (4, 'III');
UPDATE t5 SET b = y, c = v FROM m2 RIGHT JOIN m1 ON (x = u) WHERE x = a;
SELECT * FROM t5;
UPDATE t5 SET b = y, c = v FROM m2 FULL JOIN m1 ON (x = u) WHERE u = a;
SELECT * FROM t5;
CREATE TABLE n1(a, b);
CREATE TABLE n2(a, c);
INSERT INTO n1 VALUES (1, 10), (2, 20);
INSERT INTO n2 VALUES (1, 11), (2, 22);
UPDATE t5 SET b = n1.b, c = n2.c FROM n1 NATURAL JOIN n2 WHERE t5.a = n1.a + 1;
SELECT * FROM t5;

-- RETURNING knows the table by its own name only.
INSERT INTO n1 AS x VALUES (1, 2) RETURNING x.a;
INSERT INTO n1 AS x VALUES (1, 2) RETURNING n1.a;
UPDATE n1 AS x SET b = x.b + 1 RETURNING n1.b;
UPDATE n1 AS x SET b = x.b + 1 RETURNING x.b;
DELETE FROM n1 AS x WHERE a = 1 RETURNING n1.b;

-- A table called excluded comes before the row of the upsert.
CREATE TABLE excluded(a INT, b INT, c INT DEFAULT 0);
CREATE UNIQUE INDEX excludedab ON excluded(a, b);
INSERT INTO excluded(a, b) VALUES (1, 2), (1, 2), (3, 4), (1, 2), (5, 6), (3, 4) ON CONFLICT (b, a) DO UPDATE SET c = excluded.c + 1;
SELECT * FROM excluded ORDER BY a;
INSERT INTO excluded AS base(a, b, c) VALUES (1, 2, 8), (1, 2, 3) ON CONFLICT (b, a) DO UPDATE SET c = excluded.c + 1 WHERE base.c < excluded.c;
SELECT * FROM excluded ORDER BY a;

-- Names are looked at before modules.
CREATE VIRTUAL TABLE sqlite_x USING nothing;
CREATE VIRTUAL TABLE t5 USING nothing;
CREATE VIRTUAL TABLE IF NOT EXISTS t5 USING nothing;
CREATE VIRTUAL TABLE fresh USING nothing;

SELECT -0x08000000000000000;
SELECT -0x8000000000000000;
SELECT -0x7fffffffffffffff, 0x8000000000000000;

CREATE TABLE k(x CHECK (x > 0));
PRAGMA ignore_check_constraints = on;
INSERT INTO k VALUES (-1);
PRAGMA integrity_check;
PRAGMA ignore_check_constraints = off;
PRAGMA integrity_check;

ATTACH ':memory:' AS aux;
BEGIN;
DETACH aux;
COMMIT;
