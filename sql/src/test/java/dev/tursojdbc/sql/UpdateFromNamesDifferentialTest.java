package dev.tursojdbc.sql;

import static dev.tursojdbc.sql.ScriptComparison.compare;

import org.junit.jupiter.api.Test;

/** What the names in UPDATE … FROM mean, where the same name stands twice. */
class UpdateFromNamesDifferentialTest {
  private static final String TABLES =
      """
      create table t(id integer primary key, v)
      insert into t values(1,0),(2,0)
      create table s(id int, w int)
      insert into s values(1,10),(2,20)
      create table u(id int, z int)
      insert into u values(1,10),(2,20)
      create table t2(id int)
      insert into t2 values(1)
      create table w(k primary key, q) without rowid
      create table r(_rowid_, z)
      create view vv as select id, w from s
      create temp table tt(id,y)
      create table g(id,h as (id+1))
      """;

  @Test
  void namesakesMatterOnlyWhereAColumnOfThemIsNamed() {
    compare(
        TABLES
            + """
            update t set v=1 from t where t.id=t.id
            update t set v=1 from t
            update t set v=1 from t where v=1
            update t set v=1 from t where 1
            update t set v=1 from T where zz=1
            update t set v=zz from t
            update t set v=1 from t, s
            update t set v=1 from s, t
            update t set v=1 from s, t where t.id=1
            update t set v=1 from (t)
            update t set v=1 from (s,t)
            update t as x set v=1 from t as x
            update t as x set v=1 from t as X
            update t as x set v=1 from s as x
            select * from t
            update t as x set v=1 from s as x where x.w=20
            select * from t
            update t as x set v=w from s as x where x.w=20
            select * from t
            update t as x set v=1 from s as x where x.id=20
            update t as x set v=id from s as x where x.w=20
            update t as x set v=1 from t
            update t as x set v=1 from s as t
            select * from t
            update t set v=1 from s as t
            select * from t
            update t set v=1 from t as t
            update t as t set v=1 from t
            update t set v=1 from (select 1 as id) as t
            select * from t
            with t as (select 5 as q) update t set v=q from t
            select * from t
            with t as (select 5 as q) update t set v=t.q from t
            select * from t
            with t as (select 5 as q) update t set v=t.q from t where t.id=1
            select * from t
            update t set v=1 from s x join u x using(id) where x.id=1
            update t set v=1 from s x natural join u x where x.id=1
            update t set v=1 from s x, u x
            update t set v=1 from s x, (select 1 as z) x
            update t set v=1 from (select 1 as z) x, (select 2 as y) x
            select * from t
            update t set v=1 from (select 1 as z) x, (select 2 as z) x
            select * from t
            update t set v=y from (select 1 as z) x, (select 2 as y) x
            select * from t
            update t set v=1 from t2, t2 where t.id=1
            update t set v=1 from t2, t2, t2 where t.id=1
            update t set v=1 from t2 cross join t2 where t.id=1
            update t set v=1 from t2, T2 where t.id=1
            update t set v=1 from (t2, t2) where t.id=1
            update t set v=1 from s, (t2, t2) where t.id=1
            update t set v=1 from w, w
            update t set v=1 from s x, w x
            select * from t
            update t set v=1 from w x, s x
            select * from t
            update t set v=1 from r x, w x
            select * from t
            update t set v=1 from r x, s x
            select * from t
            update t set v=1 from vv x join u x using(id)
            update t set v=1 from vv x join (select 1 id) x using(id)
            select * from t
            update t set v=1 from tt, tt
            update t set v=1 from tt x, s x
            update t set v=1 from main.s, temp.tt as s
            with c as (select 1 a) update t set v=1 from c, c
            with c as (select 1 a), d as (select 2 b) update t set v=1 from c x, d x
            select * from t
            update t set v=1 from json_each('[1]') x, json_each('[2]') x
            update t set v=1 from json_each('[1]'), json_each('[2]')
            update t set v=1 from s x join u y on x.id=y.id, s x
            select * from t
            update t set v=1 from s x join s y using(id) join s x using(id)
            select * from t
            update t set v=1 from s x join s x using(id,w)
            select * from t
            update t set v=1 from w x join w x using(k,q)
            select * from t
            update t set v=1 from w x full join w x using(k,q)
            select * from t
            update t set v=1 from g,g
            with c(id) as (values(1)) update t set v=1 from c, c x where c.id=1
            select * from t
            """);
  }

  @Test
  void joinsInParenthesesRefuseNamesakes() {
    compare(
        TABLES
            + """
            select 1 from t2, t2
            select * from t2, t2
            select 1 from t2, (t2 , t2)
            select 1 from (t2, t2)
            select 1 from s, (t2 cross join t2)
            select 1 from s, (s x join u x using(id))
            select 1 from s, (s x natural join u x)
            select * from s x natural join u x
            select x._rowid_ from s x natural join u x
            select 1 from (s x natural join u x)
            select 1 from t, (s x, (select 1 q) x)
            select 1 from t, (vv x join u x using(id))
            select t2.* from t2, t2
            """);
  }

  @Test
  void viewsAreNotJoinedWithThemselvesUnderOneName() {
    compare(
        TABLES
            + """
            create view tv as select * from t
            create trigger tg instead of update on tv begin select 1; end
            update tv set v=1 from tv
            drop view tv
            create view tv as select * from t
            create trigger tg instead of update on tv begin update t set v=99; end
            update tv as x set v=1 from s as x
            select * from t
            """);
  }

  @Test
  void tablesAndCommonTablesAreNoFunctions() {
    compare(
        TABLES
            + """
            select * from t2(7)
            with cte1(x) as (values(1)) select * from cte1(7)
            with cte1(x) as (values(1)) select * from cte1(7) as q
            with cte1(x) as (values(1)) select * from cte1()
            with cte1(x) as (values(1)) select * from t2, cte1(7)
            with cte1(x) as (values(zz)) select * from cte1(7)
            with cte1(x) as (values(1)) select * from cte1(zz)
            with cte1(x) as (values(1)) select * from main.cte1(7)
            with t2(x) as (values(1)) select * from main.t2(7)
            with json_each(x) as (values(1)) select * from json_each(7)
            with recursive c(x) as (values(1) union all select x+1 from c(2) where x<3) select * from c
            select * from vv(1)
            select * from nosuch(1)
            with c(x) as (select 1) select * from C(1)
            with C(x) as (select 1) select * from c(1)
            with c(x) as (select 1) select (select 1 from c(1))
            update t set v=1 from t2(1)
            with c as (select 1) update t set v=1 from c(1)
            """);
  }

  @Test
  void viewsOfOneNameAreToldApartByTheirDatabases() {
    compare(
        """
        create table t(id integer primary key, v)
        create table s(id int, w int)
        create view vv as select id, w from s
        update t set v=1 from vv, vv
        select * from vv, vv
        select vv.* from vv, main.vv
        create temp view vv as select id, w from s
        insert into s values(1,10)
        select * from vv, main.vv
        select * from vv, temp.vv
        update t set v=1 from vv, main.vv
        """);
  }
}
