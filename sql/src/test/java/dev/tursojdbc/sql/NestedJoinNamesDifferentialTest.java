package dev.tursojdbc.sql;

import static dev.tursojdbc.sql.ScriptComparison.compare;

import org.junit.jupiter.api.Test;

/** Names of columns of joins in parentheses. */
class NestedJoinNamesDifferentialTest {
  @Test
  void aliasesMeanTheColumnsOfTheJoin() {
    compare(
        """
        CREATE TABLE t0(a, b)
        CREATE TABLE t2(a, b)
        CREATE TABLE t3(a, c)
        INSERT INTO t0 VALUES(1,2)
        INSERT INTO t2 VALUES(1,3)
        INSERT INTO t3 VALUES(1,4)
        SELECT t0.* FROM (t0 JOIN t2 ON t0.a=t2.a) AS x
        SELECT * FROM (t0 JOIN t2 ON t0.a=t2.a) AS x
        SELECT x.* FROM (t0 JOIN t2 ON t0.a=t2.a) AS x
        SELECT x.* FROM (t0 JOIN t2 USING(a,b)) AS x
        SELECT t2.* FROM (t0 JOIN t2 USING(a,b)) AS x
        SELECT t0.* FROM (t0 JOIN t2 USING(a,b)) AS x
        SELECT x.a, x.b FROM (t0 JOIN t2 ON t0.a=t2.a) AS x
        SELECT x.a, x.b, a, b FROM (t0 JOIN t2 USING(a,b)) AS x
        SELECT t0.a, t2.a, t2.b FROM (t0 JOIN t2 ON t0.a=t2.a) AS x
        SELECT t0.*, t3.* FROM (t0 JOIN t2 ON t0.a=t2.a) AS x JOIN t3
        SELECT t0.* FROM t3, (t0 JOIN t2 ON t0.a=t2.a) AS x
        SELECT x.* FROM t3, (t0 JOIN t2 ON t0.a=t2.a) AS x
        SELECT * FROM t3, (t0 JOIN t2 ON t0.a=t2.a) AS x
        SELECT * FROM t3, (t0 JOIN t2 ON t0.a=t2.a)
        SELECT t0.* FROM t3, (t0 JOIN t2 ON t0.a=t2.a)
        SELECT t0.* FROM t3 LEFT JOIN (t0 JOIN t2 ON t0.a=t2.a)
        SELECT * FROM ((t0 JOIN t2 ON t0.a=t2.a) AS x JOIN t3 ON x.b=t3.c) AS y
        SELECT t3.* FROM ((t0 JOIN t2 ON t0.a=t2.a) AS x JOIN t3 ON x.b=t3.c) AS y
        SELECT t3.c, x.b FROM ((t0 JOIN t2 ON t0.a=t2.a) AS x JOIN t3 ON x.b=t3.c-2) AS y
        SELECT t3.c, y.b, y.a, y.c FROM ((t0 JOIN t2 ON t0.a=t2.a) AS x JOIN t3 ON x.b=t3.c-2) AS y
        SELECT t3.c, t2.b FROM ((t0 JOIN t2 ON t0.a=t2.a) AS x JOIN t3 ON x.b=t3.c-2) AS y
        SELECT x."a:1", x."b:1" FROM (t0 JOIN t2 ON t0.a=t2.a) AS x
        SELECT "a:1", "b:1" FROM (t0 JOIN t2 ON t0.a=t2.a) AS x
        SELECT x.rowid FROM (t0 JOIN t2 ON t0.a=t2.a) AS x
        SELECT t0.rowid, t2.oid FROM (t0 JOIN t2 ON t0.a=t2.a) AS x
        SELECT t0.rowid FROM (t0 JOIN t2 ON t0.a=t2.a)
        SELECT t0.a FROM (t0, t0 v, t0, t0 w) AS x
        SELECT t0.a FROM t0, t0 v, t0
        SELECT v.a FROM t0, t0 v, t0
        SELECT * FROM t0, t0
        SELECT t0.* FROM t0, t0
        SELECT v.* FROM t0, t0 v, t0
        SELECT * FROM (t0, t0 v, t0, t0 w) AS x
        SELECT v.* FROM (t0, t0 v, t0, t0 w) AS x
        SELECT v.a FROM (t0, t0 v, t0, t0 w) AS x
        SELECT t0.a FROM (((t0 JOIN t2 ON t0.a<t2.a) AS t0 JOIN t2 ON t0.a<t2.a) AS x JOIN t3 ON x.b=t3.c) as00
        SELECT main.t0.a FROM (t0 JOIN t2 ON t0.a=t2.a) AS x
        SELECT x.a FROM (t0) AS x
        SELECT t0.a FROM (t0) AS x
        SELECT x.a FROM (t0 AS z) AS x
        SELECT z.a FROM (t0 AS z) AS x
        SELECT x.a FROM (t0 AS z) AS x JOIN t2
        SELECT t0.a FROM ((t0 JOIN t2 ON t0.a=t2.a) AS x JOIN t3 ON x.a=t3.a) as00
        SELECT a FROM (t0 JOIN t2 USING(a)) AS x
        SELECT x.a, t0.a, t2.a, x.b FROM (t0 LEFT JOIN t2 USING(a)) AS x
        SELECT x.a, t0.a, t2.a, x.b FROM (t0 RIGHT JOIN t2 USING(a)) AS x
        SELECT x.a, t0.a, t2.a, x.b FROM t3 LEFT JOIN (t0 FULL JOIN t2 USING(a)) AS x
        SELECT * FROM t3 LEFT JOIN (t0 FULL JOIN t2 USING(a)) AS x
        SELECT x.* FROM t3 LEFT JOIN (t0 FULL JOIN t2 USING(a)) AS x
        SELECT * FROM t3 JOIN (t0 JOIN t2 USING(a)) AS x USING(a)
        SELECT z.a FROM t2 JOIN (t0 AS z)
        SELECT t0.a FROM t2 JOIN (t0 AS z)
        SELECT t0.a FROM t2 JOIN (t0)
        SELECT z.a FROM (t0 AS z)
        SELECT z.a FROM (t0 AS z) JOIN t2
        SELECT z.a FROM t2 JOIN ((t0 AS z))
        SELECT q.a FROM t2 JOIN ((t0 AS z) AS q)
        SELECT z.a FROM t2 JOIN (SELECT * FROM t0) AS z
        SELECT z.a FROM t2 JOIN ((SELECT * FROM t0) AS z)
        """);
  }

  @Test
  void queriesWithoutANameAreToldApartByTheirPlace() {
    compare(
        """
        create table t(a,b)
        create table u(a,b)
        insert into t values(1,2)
        insert into u values(1,3)
        select * from (select 1 as a) join ((select 2 as a) join (select 3 as a))
        select * from (select 1 as a), ((select 2 as a), (select 3 as a)), (select 4 as a)
        select * from ((select 1 as a) join (select 2 as a)) join ((select 3 as a) join (select 4 as a))
        select * from (select 1 as a) join ((select 2 as a) join ((select 3 as a) join (select 4 as a)))
        select * from (select 1 as a) left join ((select 2 as a) join (select 3 as a)) on 1
        select * from (select 1 as a) join ((select 2 as a) full join (select 3 as a) on 0)
        select * from (select 1 as a, 2 as a) join ((select 2 as a, 3 as a) join (select 3 as a))
        select a from (select 1 as a) join ((select 2 as a) join (select 3 as a))
        select a from (select 1 as b) join ((select 2 as a) join (select 3 as a))
        select * from (select 1 as a) s join ((select 2 as a) join (select 3 as a) s)
        select * from (select 1 as a) join ((select 2 as a) s join (select 3 as a) s)
        select * from (select 1 as a) join ((select 2 as a) s join (select 3 as a) r)
        select * from (select * from t) join ((select * from u) join (select * from t))
        select * from (select * from t) natural join ((select * from u) join (select * from t))
        select * from (select * from t) join ((select * from u) join (select * from t)) using (a)
        select * from (select * from t) join ((select * from u) join (select * from t) using(a)) using (a)
        """);
  }
}
