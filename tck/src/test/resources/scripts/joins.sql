-- Names of joined columns, joins in parentheses, right joins behind inner ones.
CREATE TABLE x(q);
CREATE TABLE t1(a, b);
CREATE TABLE t2(a, c);
CREATE TABLE t3(a, d);
INSERT INTO x VALUES (1);
INSERT INTO t1 VALUES (1, 2), (2, 20);
INSERT INTO t2 VALUES (1, 3), (3, 30);
INSERT INTO t3 VALUES (1, 4), (4, 40);

-- A column that USING joined is one for * and each table's own after the table's name.
SELECT * FROM x JOIN (t1 JOIN t2 USING (a) JOIN t3 USING (a));
SELECT * FROM x JOIN (t1 FULL JOIN t2 USING (a) FULL JOIN t3 USING (a)) ORDER BY a;
SELECT a, t1.a AS a1, t2.a AS a2, t3.a AS a3 FROM x JOIN (t1 FULL JOIN t2 USING (a) FULL JOIN t3 USING (a)) ORDER BY 1;
SELECT a FROM x JOIN (t1 JOIN t2 USING (a) JOIN t3 USING (a)) AS y;
SELECT y.a, y.b, y.d FROM x JOIN (t1 JOIN t2 USING (a) JOIN t3 USING (a)) AS y;
SELECT t1.*, d FROM x JOIN (t3 JOIN t2 USING (a) JOIN t1 USING (c)) AS y;
SELECT * FROM t1 NATURAL JOIN (t2 NATURAL FULL JOIN t3);
SELECT * FROM t1 LEFT JOIN (t2 LEFT JOIN t3 USING (a)) USING (a);
SELECT a, t1.a AS a1, t2.a AS a2, t3.a AS a3 FROM t1 RIGHT JOIN (t2 LEFT JOIN t3 USING (a)) USING (a) ORDER BY 1;
SELECT a FROM x JOIN (x AS z JOIN (t1 JOIN t2 USING (a)));
SELECT * FROM x JOIN (x AS z JOIN (t1 JOIN t2 USING (a)));
SELECT t1.rowid AS r1, t2.rowid AS r2 FROM x JOIN (t1 JOIN t2 ON t1.a = t2.a);
SELECT rowid FROM x JOIN (t1 JOIN t2 USING (a));
SELECT main.t1.a AS a FROM x JOIN (t1 JOIN t2 USING (a));

-- ON of an inner join may look to its right.
SELECT * FROM t1 JOIN t2 ON t3.a = t1.a JOIN t3;
SELECT * FROM t1 LEFT JOIN t2 ON t3.a = t1.a JOIN t3;
SELECT * FROM t1 JOIN t2 ON t3.a = t1.a RIGHT JOIN t3;
SELECT * FROM t1 RIGHT JOIN t2 ON t1.a = t2.a JOIN t3 ON t3.a = t1.a;
SELECT * FROM t1 JOIN t2 ON d = t1.a + 3 LEFT JOIN t3 USING (a);
SELECT * FROM t1 JOIN t2 ON a = t1.a + 3 JOIN t3 USING (a);

-- All tables before a right join are NULL for the rows it adds.
SELECT * FROM t1 JOIN t2 ON true JOIN t3 ON t2.c IS NOT NULL RIGHT JOIN x ON false;
SELECT * FROM t1 JOIN t2 ON true RIGHT JOIN t3 ON t2.c = t3.d * 7 + 2 JOIN x ON true ORDER BY t3.a, t1.a, t2.a;
SELECT * FROM t1 JOIN t2 ON t1.a = t2.a RIGHT JOIN t3 ON t2.a = t3.a LEFT JOIN x ON x.q = t1.a ORDER BY t3.a;

-- Sides of an OR may need other tables than the one that is searched.
CREATE TABLE o1(v, w);
CREATE TABLE o2(x, y);
CREATE TABLE o3(z);
INSERT INTO o1 VALUES (111, 222), (333, 444);
INSERT INTO o2 VALUES (222, 333), (444, 555);
INSERT INTO o3 VALUES (888), (999);
CREATE INDEX o1v ON o1(v);
CREATE INDEX o2x ON o2(x);
SELECT * FROM o1, o2, o3 WHERE (v = 111 AND x = w AND z != 999) OR (v = 333 AND x = 444) ORDER BY v, w, x, y, z;
SELECT * FROM o1, o2, o3 WHERE (v = 111 AND z = 999) OR (v = 333 AND x = 222 AND z > 888) ORDER BY v, w, x, y, z;

-- An empty innermost table ends long loops around it.
CREATE TABLE many(a);
CREATE TABLE none(x);
WITH RECURSIVE c(x) AS (VALUES (1) UNION ALL SELECT x + 1 FROM c WHERE x < 100) INSERT INTO many SELECT x FROM c;
SELECT count(*) FROM many, many, many, many, many, many, none;
SELECT count(*) FROM many, many LEFT JOIN none;

-- Rows whose key in a unique index is NULL make several groups come apart no further.
CREATE TABLE g(a INT, b INT);
INSERT INTO g VALUES (1, NULL), (NULL, NULL), (1, NULL);
CREATE UNIQUE INDEX gb ON g(abs(b));
SELECT a, b, count(*) FROM g GROUP BY a, abs(b);

-- An indexed expression is not NULL where an outer join makes its columns NULL.
CREATE TABLE e1(x);
CREATE TABLE e2(y, z);
INSERT INTO e1 VALUES ('key'), ('other');
INSERT INTO e2 VALUES ('key', -1);
CREATE INDEX e2i ON e2(y, ifnull(z, 0));
SELECT count(*) FROM e1 LEFT JOIN e2 ON (x = y) WHERE ifnull(z, 0) >= 0;
SELECT x, ifnull(z, 0) FROM e1 LEFT JOIN e2 ON (x = y) ORDER BY 1;
CREATE TABLE e3(a, b, c, d, PRIMARY KEY (a, b)) WITHOUT ROWID;
CREATE INDEX e3i ON e3((d IS NULL), d);
SELECT (d IS NULL) FROM e3 RIGHT JOIN e1 ON (x = 33);
CREATE TABLE e4(a INT, b INT);
CREATE UNIQUE INDEX e4x ON e4(a, a + b);
INSERT INTO e4(a, b) VALUES (1, 2), (4, 8), (16, 32), (4, 80), (1, -300);
CREATE TABLE e5(x INT, y INT);
INSERT INTO e5(x, y) SELECT a, b FROM e4;
INSERT INTO e5(x, y) VALUES (99, 99);
SELECT a1.a, sum(a1.a + a1.b) FROM e4 AS a1 RIGHT JOIN e5 ON a = x GROUP BY a1.a ORDER BY 1;
SELECT a1.a FROM e4 AS a1 RIGHT JOIN e5 ON a = x ORDER BY a1.a;
SELECT DISTINCT a1.a FROM e4 AS a1 FULL JOIN e5 ON a = x ORDER BY a1.a;
SELECT a1.a, x FROM e5 LEFT JOIN e4 AS a1 ON a = x ORDER BY a1.a, x, b;

-- With a right join in FROM, USING takes the first column that is not NULL, if all are joined by it.
SELECT * FROM t1 RIGHT JOIN t2 ON t1.a > 1 JOIN t3 USING (a);
SELECT * FROM t1 JOIN t2 ON true RIGHT JOIN t3 USING (a);
SELECT count(*) FROM t1 JOIN t2 USING (a) RIGHT JOIN t3 USING (a) LEFT JOIN t1 AS x1 USING (a);
SELECT a, t1.b, x1.b AS xb FROM t1 FULL JOIN t2 USING (a) FULL JOIN t3 USING (a) LEFT JOIN t1 AS x1 USING (a) ORDER BY a;
SELECT * FROM t1 JOIN t2 USING (a) FULL JOIN t3 ON t3.a = t1.a;
SELECT count(*), max(a) FROM t1 NATURAL JOIN (t2 FULL JOIN t3 ON t2.a = t3.a);

-- ON of an inner join between two right joins is tested between them.
CREATE TABLE y1(a, b);
CREATE TABLE y2(a, b);
CREATE TABLE y3(a, b);
INSERT INTO y1 VALUES (1, 0), (5, 3);
INSERT INTO y2 VALUES (4, 2), (0, 2), (3, 3);
INSERT INTO y3 VALUES (4, 2), (2, 2);
SELECT y1.a AS a1, y2.a AS a2, x.a AS ax, y3.a AS a3 FROM y1 FULL JOIN y2 ON y1.b = y2.b JOIN y1 AS x ON y1.a > 3 FULL JOIN y3 ON y2.a = y3.a ORDER BY 1, 2, 3, 4;
SELECT count(*) FROM y1 RIGHT JOIN y2 ON y1.b > 3 JOIN y3 ON y1.a IS NOT NULL RIGHT JOIN y1 AS z ON true;
