package dev.tursojdbc.sql;

import static dev.tursojdbc.sql.ScriptComparison.compare;

import org.junit.jupiter.api.Test;

/** Queries in FROM and in expressions, as SQLite runs them. */
class SubqueriesDifferentialTest {
  @Test
  void commonTablesThatStandThereTwiceHaveTheSameRows() {
    compare(
        """
        with t as materialized (select random() as r) select (select r from t)=(select r from t)
        with t as (select random() as r) select (select r from t)=(select r from t)
        with t as not materialized (select random() as r) select (select r from t)=(select r from t)
        with t as (select random() as r) select a.r=b.r from t a, t b
        with t as (select random() as r) select a.r=(select r from t) from t a
        with t as (select random() as r), u as (select r from t) select a.r=b.r from u a, t b
        """);
  }

  @Test
  void commonTablesOfACopyReadTheRowsOfTheCopy() {
    compare(
        """
        create table t(x)
        insert into t values(1),(2)
        with c as (select (with d as materialized (select x as y) select d1.y + d2.y from d d1, d d2) as s from t) select c1.s, c2.s from c c1, c c2
        with c as (select (with d as (select distinct x as y) select d1.y + d2.y from d d1, d d2) as s from t) select c1.s, c2.s from c c1, c c2
        with c as (with t(x) as (select 1) select (with d as (select distinct x as y) select d1.y from d d1 natural join d d2) as s from t) select c1.s, c2.s from c c1 natural join c c2
        with c as (select (with d as materialized (select x as y), e as materialized (select y+1 as z from d) select e1.z + d2.y from e e1, d d2) as s from t) select c1.s, c2.s from c c1, c c2
        """);
  }

  @Test
  void limitKnowsNoColumns() {
    compare(
        """
        create table t(x)
        insert into t values(1),(2),(3)
        select x, (select y from (select x as y from t) limit 1 offset x) from t
        select x, (select 1 union all select 2 limit x) from t
        select x from t limit x
        select x from t limit (select max(x) from t) - 1
        select x from t where x in (select x from t limit t.x)
        create table log(n)
        create trigger tr after insert on t begin insert into log select x from t limit new.x; end
        insert into t values(2)
        select * from log
        """);
  }

  @Test
  void existsNeitherSortsNorFailsInOrderBy() {
    compare(
        """
        create table t(x)
        insert into t values(1),(1),(1)
        SELECT 1 IN (SELECT x FROM t ORDER BY ABS(-9223372036854775807 - 1))
        SELECT ABS(-9223372036854775807 - 1)
        SELECT EXISTS (SELECT x FROM t ORDER BY ABS(-9223372036854775807 - 1))
        SELECT EXISTS (SELECT DISTINCT x FROM t ORDER BY x LIMIT 5 OFFSET 2)
        SELECT EXISTS (SELECT x FROM t union select 2 ORDER BY 1 LIMIT 5 OFFSET 1)
        select abs(-9223372036854775808), 1 from t
        with recursive n(i) as (select 1 union all select i+1 from n where i<5), m as (select i*2 as j from n) select * from n a, m b, n c where a.i=b.j and c.i=a.i order by 1
        with n(i) as (select x from t union select 7), m as (select i from n union all select i+1 from n) select (select count(*) from m), (select sum(i) from m where i<>(select min(i) from n))
        with a as (select random() as r), b as (select r from a) select (select r from b)=(select r from a), (select r from b)=(select r from b)
        with a as (values(1),(2)) select * from a left join a as b on a.column1=b.column1+1 right join a as c on c.column1=b.column1
        create view v as with q as (select x from t) select q.x, p.x as y from q, q as p
        select count(*) from v, v as w
        update t set x=(with z as (select max(x) m from t) select a.m+b.m from z a, z b)
        select * from t
        select exists(select 1 from t group by x order by count(*)), exists(select sum(x) from t having sum(x)>100)
        """);
  }

  @Test
  void groupKeysComeFromTheIndexOnTheirExpression() {
    compare(
        """
        CREATE TABLE ea(id INTEGER PRIMARY KEY, title TEXT, status TEXT, score INT)
        INSERT INTO ea VALUES(1,'Ab','active',1),(2,'AB','active',5),(3,'c','x',9),(4,'C','active',2)
        CREATE INDEX eai ON ea(status, lower(title), score)
        SELECT lower(title), COUNT(*), MAX(score) FROM ea WHERE status = 'active' GROUP BY lower(title) ORDER BY lower(title)
        SELECT lower(title)||'x', COUNT(*), MAX(score) FROM ea WHERE status = 'active' GROUP BY lower(title) HAVING lower(title)<>'q' ORDER BY lower(title) desc
        SELECT lower(title), title, COUNT(*), MAX(score) FROM ea WHERE status = 'active' GROUP BY lower(title) ORDER BY lower(title)
        """);
  }

  @Test
  void columnsOfCompoundsTakeTheFirstAffinity() {
    compare(
        """
        create table ti(a integer)
        insert into ti values(5)
        SELECT typeof(x), x = '5' FROM (SELECT 5.0 AS x UNION ALL SELECT a FROM ti)
        SELECT typeof(x), x = '5' FROM (SELECT a as x FROM ti UNION ALL SELECT 5.0)
        SELECT typeof(x), x = '5' FROM (SELECT '5' AS x UNION ALL SELECT a FROM ti)
        SELECT typeof(x), x = '5' FROM (SELECT a as x FROM ti UNION ALL SELECT '5')
        SELECT typeof(x), x = 5 FROM (SELECT '5' as x UNION SELECT 5 union select a from ti)
        create view vv as SELECT null as x union all select '5' union all select 5 union all select a from ti
        select typeof(x), x='5', x=5 from vv
        with c(x) as (select 5.0 union all select a from ti) select typeof(x), x='5' from c
        select x = '5' from (select cast('5' as text) as x union all select a from ti)
        create table tt(t text, n numeric, r real, b blob)
        insert into tt values('5',5,5,5)
        select x = '5', x = 5 from (select t as x from tt union all select n from tt)
        select x = '5', x = 5 from (select n as x from tt union all select t from tt)
        select x = '5', x = 5 from (select b as x from tt union all select t from tt)
        select x = '5', x = 5 from (select b as x from tt union all select r from tt)
        select x = '5', x = 5 from (select 1+1 as x from tt union all select r from tt)
        select x = '5', x = 5 from (select t as x from tt union all select 5)
        select x = '5', x = 5 from (select n as x from tt union all select '5')
        select x = '5', x = 5 from (values(5),('5')), (select 5 as x union values('5'))
        select column1='5', column1=5 from (values(5),('5'))
        create table cc as select a as x from ti union all select '5'
        select sql from sqlite_schema where name='cc'
        create table c2 as select 5.0 as x union all select a from ti union all select t from tt
        select sql from sqlite_schema where name='c2'
        SELECT log2(3.0) = 1.584962500721156, log2(8), log2(10), log10(1000), log(2,8), log(3), ln(10), log(10,2)
        """);
  }

  @Test
  void heightsOfNestedExpressionsAddUp() {
    StringBuilder script = new StringBuilder();
    for (int depth = 42; depth < 46; depth++) {
      script.append("select ").append("(select ".repeat(depth)).append(1);
      script.append(")".repeat(depth)).append('\n');
      script.append("select ").append("exists(select 1 where ".repeat(depth)).append(1);
      script.append(")".repeat(depth)).append('\n');
    }
    for (int height = 497; height < 501; height++) {
      script.append("select (select ").append("1+".repeat(height)).append("1) as a\n");
      script.append("select (select a from (select ").append("1+".repeat(height));
      script.append("1 as a)) as b\n");
    }
    compare(script.toString());
  }
}
