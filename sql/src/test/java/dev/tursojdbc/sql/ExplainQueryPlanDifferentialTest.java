package dev.tursojdbc.sql;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Plans, in SQLite's words, are those that SQLite chooses. */
class ExplainQueryPlanDifferentialTest {
  private static final String SCHEMA =
      """
      create table t(a,b,c)
      create index ta on t(a)
      create index tbc on t(b,c)
      create table u(x integer primary key, y, z)
      create index uy on u(y)
      create table p(r int, s int, v, primary key(r,s)) without rowid
      create table e(a,b)
      create index ea on e(a+b)
      create table l(a text, b, c text collate nocase)
      create index la on l(a)
      create index lan on l(a collate nocase)
      create index lbn on l(b collate nocase)
      create index lc on l(c desc)
      create view v as select a, (select max(y) from u) m from t
      create view w as select a p, c q from t union all select y, z from u
      create view g as select b, max(a) m from t group by b
      """;

  @Test
  void scansAndSearches() {
    comparePlans(
        """
        select 1
        select * from t
        select * from t as q where q.a=?
        select * from t where a=1
        select * from t where a=1 and b>2
        select * from t where b=1 and c between 2 and 3
        select * from t where b=1 and c>2
        select * from t where a is null
        select * from t where a isnull and rowid>5
        select * from t where a is 5
        select * from t not indexed where a=1
        select * from t indexed by ta where a>1
        select * from u where x=5
        select * from u where x>5 and x<9
        select * from u where x in (1,2,3)
        select * from t where a in (1,2,3)
        select * from t where a=1 or b=2
        select * from t where (a=1 and c=2) or (b=2 and c=3)
        select * from p
        select * from p where r=1
        select * from p where r=1 and s>5 order by s desc
        select * from p where (r,s)=(1,2)
        select * from t where (a,b)>(1,2)
        select a from t
        select count(*) from t
        select * from e where a+b=3
        select * from t where a>1 limit 2 offset 1
        """);
  }

  @Test
  void joins() {
    comparePlans(
        """
        select * from t, u where t.a=u.x
        select * from t, u where t.a=u.y and u.z=5
        select * from t left join u on t.a=u.y
        select * from t left join u on t.a=u.y where t.b=2
        select * from t right join u on t.a=u.y
        select * from t full join u on t.a=u.z
        select * from t cross join u
        select * from t t1, t t2 where t1.c=t2.c
        select * from t, u, p where t.a=u.x and p.r=u.y
        """);
  }

  @Test
  void ordersGroupsAndDuplicates() {
    comparePlans(
        """
        select a from t order by a
        select * from t order by c
        select * from u order by x desc
        select a from t where b=1 order by c
        select a from t where b=1 order by c desc limit 5
        select distinct c from t
        select distinct a from t
        select distinct c from t order by b
        select c, count(*) from t group by c
        select b, count(*) from t group by b
        select c, count(distinct b), group_concat(a order by b) from t group by c order by 2
        select count(distinct c), sum(distinct b) from t
        """);
  }

  @Test
  void extremesAreSought() {
    comparePlans(
        """
        select min(a) from t
        select max(b), a from t
        select min(x) from u
        select min(c) from t where b=2
        select min(distinct a) from t
        select a from t order by a nulls last
        """);
  }

  @Test
  void queriesInside() {
    comparePlans(
        """
        select * from t where a in (select y from u where z=5)
        select * from t where a in (select y from u where z=t.c)
        select (select z from u where x=t.a) from t
        select exists(select 1 from t where a=u.x) from u
        select * from t where a=(select 1)
        select * from (select a,b from t limit 5) x, u where x.a=u.x
        select * from (select a,b from t limit 5), u where a=x
        select * from u, (select a,b from t limit 5) where a=x
        with q as (select c,count(*) n from t group by c) select * from q
        with recursive n(i) as (values(1) union all select i+1 from n where i<10) select * from n
        select a from t union all select y from u
        values(1)
        values(1),(2),(3)
        """);
  }

  @Test
  void queriesInFromAreFlattened() {
    comparePlans(
        """
        select * from v
        select * from v where a=5
        select * from t natural join (select a, x from t, u)
        select * from (select a x from t where b=1) s, u where s.x=u.x
        select * from u left join (select a from t where b=1) s on s.a=u.y
        select * from u left join (select a+1 n from t) s on s.n=u.y
        select * from (select a from t order by c) where a>3
        select * from (select a,c from t order by c) s, u where u.x=s.a
        select * from w where p=5
        select * from (values(1),(2))
        select * from (select * from t limit 3)
        """);
  }

  @Test
  void conditionsArePushedIntoQueriesInFrom() {
    comparePlans(
        """
        select * from g where b=5
        select * from g where m=5
        select b, count(*) from t group by b having b>3
        select * from (select distinct a, c from t) where a=1
        """);
  }

  @Test
  void patternsThatBeginWithTextAreSought() {
    comparePlans(
        """
        select * from l where a like 'ab%'
        select * from l where a glob 'ab*'
        select * from l where a like '%b'
        select * from l where b like 'ab%'
        select * from l where b like '1%'
        select * from l where c like 'a%' order by c
        select * from l where a like 'ab%' or c like 'b%'
        select * from l where b like 'ab%' escape '!'
        select * from l where a not like 'ab%'
        """);
  }

  @Test
  void windowsAreComputedOverInnerQueries() {
    comparePlans(
        """
        select row_number() over () from t
        select row_number() over (order by a) from t
        select row_number() over (order by x), sum(x) over (partition by z) from u where x > 3 order by x
        select a, rank() over (order by b) from t order by c
        select distinct a, rank() over (order by b) from t group by a
        select * from (select a, rank() over (order by b) from t) where a = 3
        select a, sum(c) over (partition by b order by c) from t
        select a, sum(c) over (partition by a), sum(c) over (partition by b) from t order by a
        select (select sum(y) over (order by z) from u) from t
        select * from (select x, z, rank() over (partition by z order by x) r from u) where z = 3
        select * from (select x, z, rank() over (partition by z order by x) r from u) where z = 3 and r = 1
        select * from (select x, z, rank() over (partition by z order by x) r from u) where x = 3
        select * from (select a, c, rank() over (partition by c order by a) r from t) where c = 3
        select * from (select a, b, rank() over (partition by a, b) r, sum(c) over (partition by a) from t) where a = 3
        select * from (select x, z, rank() over (partition by z, x) r, sum(y) over (partition by z, x order by y) from u) where z = 3 and x > 1
        select * from (select a, count(*), sum(count(*)) over (partition by a) from t group by a, b) where a = 3
        select * from (select x, y, sum(z) over (partition by y) from u) where y in (1, 2) and x = 3
        select * from (select b, rank() over (partition by b) from l) where b = 'x'
        select * from (select c, rank() over (partition by c) from l) where c = 'x'
        select * from u join (select a, rank() over (partition by a) r from t) as w on w.a = u.y where w.a > 4
        """);
  }

  @Test
  void joinsThatChangeNothingAreLeftOut() {
    comparePlans(
        """
        select t.a from t left join u on u.x=t.b
        select distinct t.a from t left join u on u.y=t.b
        select t.a from t left join u on u.x=t.b left join p on p.r=u.y and p.s=1 where t.c=1
        select t.a from t left join u on u.x=t.b where u.y is null
        select t.a from t left join u on u.y=t.b
        select t.a from t left join u on u.x=t.b order by u.y
        """);
  }

  @Test
  void whatHoldsForOneColumnHoldsForItsEqual() {
    comparePlans(
        """
        select * from u cross join p on u.x=p.r where p.r>1
        select * from u cross join p on u.x=p.r where p.r between 2 and 4
        select * from u, p where u.x=p.r and p.r=5
        """);
  }

  @Test
  void existsIsAJoinOfItsFirstPartner() {
    comparePlans(
        """
        select * from u where exists(select 1 from t where a=u.x)
        select * from u where exists(select 1 from t where t.c=u.x)
        select * from u where exists(select 1 from t where t.a=u.x or t.b=u.y)
        select * from u where not exists(select 1 from t where a=u.x)
        select * from u where exists(select 1 from t where a=u.x) or y=3
        """);
  }

  @Test
  void tablesAreCalledAsWritten() {
    comparePlans(
        """
        select * from sqlite_schema
        select * from main.t
        select * from main.t as z
        select * from temp.sqlite_master
        select * from T
        """);
  }

  @Test
  void outerJoinsBecomeInnerOnes() {
    comparePlans(
        """
        select * from t left join u on t.a=u.y where u.z=5
        select * from t left join u on t.a=u.y where u.z is null
        select * from t left join u on t.a=u.x join p on p.r=u.y
        select * from t full join u on t.a=u.y where t.b=1
        """);
  }

  @Test
  void changes() {
    comparePlans(
        """
        insert into t values(1,2,3)
        insert into t values(1,2,3),(2,3,4)
        insert into t select * from u
        insert into t values((select x from u where y=5),2,3)
        update t set a=u.y from u where u.x=t.b
        delete from t
        delete from t where a=1 or b=2
        delete from u where x=5
        update u set y=1 where x>5
        update t set a=1
        update t set a=1 where b=1
        update t set a=(select y from u where x=t.b) where c=1
        delete from t where a=1
        delete from t where a<5 returning b
        update t set c=c+1 where a>1 returning a
        """);
  }

  @Test
  void statementsWithoutPlanHaveNoRows() {
    comparePlans(
        """
        create table n(a)
        drop table t
        begin
        """);
  }

  private static void comparePlans(String statements) {
    List<String> queries = statements.lines().toList();
    PlanComparison.compare(SCHEMA.lines().toList(), queries);
  }
}
