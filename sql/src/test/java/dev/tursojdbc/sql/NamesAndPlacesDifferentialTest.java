package dev.tursojdbc.sql;

import static dev.tursojdbc.sql.ScriptComparison.compare;

import org.junit.jupiter.api.Test;

/** What names mean, and what may stand where, as SQLite has it. */
class NamesAndPlacesDifferentialTest {
  @Test
  void aggregatesStandOnlyWhereRowsAreGrouped() {
    compare(
        """
        create table t(f1,f2)
        insert into t values(1,2),(3,4)
        select f1 from t order by min(f1)
        select f1 from t order by abs(min(f1))
        select f1 from t order by 1+count(*)
        select f1 from t where min(f1)
        select f1 from t group by min(f1)
        select f1 from t group by f2 order by min(f1)
        select f1 from t having min(f1)
        select f1 as x from t order by x+min(f1)
        select (select f1 from t order by min(f1))
        select f1 from t order by sum(min(f1))
        select sum(min(f1)) from t
        select f1 from t order by (select min(f1))
        select f1 from t order by (select min(t.f1) from t u)
        select f1 from t where (select min(t.f1) from t u)
        select f1 from t order by group_concat(f1)
        select f1 from t union select 1 order by min(f1)
        update t set f1=min(f1)
        insert into t values(min(1))
        insert into t values(count(*))
        delete from t where count(*)
        select f1 from t order by min(f1) filter(where 1)
        select distinct f1 from t order by min(f1)
        select count(*) from t order by min(f1)
        values(1) order by min(1)
        """);
  }

  @Test
  void returningKnowsTheTableByItsOwnName() {
    compare(
        """
        create table t(id integer primary key,v)
        insert into t values(1,10),(2,20)
        update t as c set v=1 returning c.id
        update t as c set v=1 returning t.id
        update t as c set v=1 where c.id=1 returning id, v
        delete from t as c where c.id=1 returning c.id
        delete from t as c where c.id=1 returning t.id
        insert into t as c values(5,6) returning c.id
        insert into t as c values(6,6) returning t.id
        insert into t as c values(6,6) on conflict(id) do update set v=c.v+1 where t.id>0 returning t.id
        insert into t as c values(6,6) on conflict(id) do update set v=c.v+1 where c.id>0 returning t.id,*
        update t set v=v+1 from (select 1 as z) as s returning t.id, s.z
        update t set v=v+1 from (select 1 as z) as s returning t.id, v
        update main.t set v=v+1 returning main.t.id
        update t as c set v=1 returning main.t.id
        update t as c set v=1 returning main.c.id
        delete from t returning t.*
        delete from t as q returning q.*
        """);
  }

  @Test
  void starNamesEachColumnByItsTable() {
    compare(
        """
        create table t(id integer primary key,v)
        insert into t values(1,10),(2,20)
        select * from t join t
        create table u(a,b)
        select * from u join u
        select * from u join u using(a)
        select * from (select 1 a) x, (select 2 a) x
        select * from u x, t x
        select * from u x, u x
        select x.* from u x, u x
        select * from u x, (select 1 a) x
        select * from u x natural join u x
        select main.x.a from u x
        select main.x.a from (select 1 a) x
        select temp.x.a from u x
        select main.x.* from u x
        select count(*) from u where 5 is likely(true)
        """);
  }

  @Test
  void truthAndOrdinalsAreReadAsSqliteReadsThem() {
    compare(
        """
        select 2 is true collate nocase, 2 is not true collate nocase, 2 is unlikely(true), 0 is likelihood(false,0.5), null is not false collate binary
        select 1 order by 6641019685895816357
        select 1 union select 2 order by 0x7fffffffff
        select 1 union select 2 order by -1
        select 1 union select 2 order by -6641019685895816357
        select 1 order by 0
        select 1 order by 70000
        select 1 order by 2147483648
        select 1 order by -2147483648
        select 1 group by 2147483648
        select 1 group by 2147483647
        select -0x8000000000000000, 0x8000000000000000, - 9223372036854775808, -0x7fffffffffffffff
        select typeof(-0x8000000000000000)
        """);
  }

  @Test
  void unknownNamesInDoubleQuotesAreStringsInSchemasToo() {
    compare(
        """
        create table u(a,b)
        create index i1 on u("nope")
        insert into u values(1,2)
        create index i2 on u(a, "nope2" collate nocase)
        create index i3 on u(a) where "nope"
        create index i4 on u([nope])
        create index i5 on u("a" || "nope")
        select name, sql from sqlite_schema where type='index'
        select * from u where a='x' order by "nope"
        create table k(a check("nope"<>a), b as (a||"zz"))
        create table k2(a check("nope"<>a))
        create table k3(a, primary key("nope"))
        create table k4(a, unique("nope"))
        pragma index_xinfo(i1)
        """);
  }

  @Test
  void commonTablesHaveDifferentNames() {
    compare(
        """
        with a as (select 1), A as (select 2) select 1
        with a as (select 1), A as (select 2) select form
        create view v as with a as (select 1), a as (select 2) select * from nowhere
        """);
  }

  @Test
  void datesInSchemasDoNotDependOnTheMoment() {
    compare(
        """
        create table l(c, d)
        create index i1 on l(strftime('%Y', "c"))
        create index i2 on l(date('now'))
        create index i3 on l(date(c,'localtime'))
        create index i4 on l(current_date)
        create index i5 on l(random())
        create index i6 on l(c) where date(d) > '2020'
        create index i7 on l(c) where current_date > d
        insert into l values('2020-01-02','x')
        drop index i2
        insert into l values('2020-01-02','x')
        drop index i3
        insert into l values('2020-01-02','x')
        insert into l values('now','x')
        insert into l values('x','now')
        select * from l where strftime('%Y',c)='2020'
        create table ck(a check(a > date('now')))
        insert into ck values('2')
        create table ck2(a check(a > date(a,'utc') and current_date < 'x'))
        insert into ck2 values('2020-02-02')
        create table ck3(a check(a < current_timestamp))
        insert into ck3 values('1999')
        create table g(a, b as (date(a)), c as (unixepoch(a)) stored, d as (time()))
        insert into g values('2020-01-01')
        insert into g values('now')
        select a,b from g
        select a,d from g
        create table g2(a, b as (current_time))
        create table g3(a, b as (julianday(a,'localtime')))
        insert into g3(a) values(5)
        select * from g3
        select a from g3
        create index g3i on g3(b)
        create table dd(a default (date('now')), b default current_date)
        insert into dd default values
        select a=date('now'), b=current_date from dd
        create index bad on l(date(c, 'subsec'))
        """);
  }

  @Test
  void aliasesCountInOnAndInArgumentsOfTableFunctions() {
    compare(
        """
        create table t(a,b)
        create table u(c,d)
        insert into t values(1,2),(3,4)
        insert into u values(1,5),(3,6)
        select a as x, d from t join u on x=c
        select a as x, d from t left join u on x=c
        select a as x, d from t join u on x=c and nosuch
        select nosuch1 from t join u on nosuch2
        select a from t join u on nosuch2 where nosuch3
        select a from t join u on nosuch2 order by nosuch3
        select 5 as x, value from json_each(json_array(x,1))
        select a as x, value from t, json_each(json_array(x,b))
        select a as x, value from t left join json_each(json_array(x,b))
        select value as x from json_each(json_array(x))
        select value from json_each(json_array(nosuch2)) where nosuch3
        select count(*) as x from json_each(json_array(x))
        select count(*) as x from t join u on x=1
        select count(*) from t join u on count(*)
        select count(*) from json_each(json_array(count(*)))
        select row_number() over () as x from t join u on x=1
        select a as x from t join u on x=c group by x having x>1
        select 7 as c, d from t join u on c=a
        select 1 as x from t join (u join t as t2 on x=1)
        select 1 as x from (t join u on x=1)
        select exists(select 1 as x from t join u on x=c)
        """);
  }

  @Test
  void parenthesesAroundOneTableMeanNothing() {
    compare(
        """
        create table t(a,b)
        insert into t values(1,2),(3,4)
        select * from t, (json_each('[1,2]'))
        select * from t, ((json_each('[1,2]')))
        select value from (json_each('[1,2]'))
        select a, value from t left join (json_each('[1,2]')) on value=a
        select a, x.value from t left join (json_each('[1,2]')) as x on value=a
        select a, z from t, ((select 5 as z)) where z>a
        """);
  }

  @Test
  void conjunctionsWithZeroAreZeroWhateverElseIsInThem() {
    compare(
        """
        select 0 and nosuch
        select nosuch and 0
        select 0 and nosuch and abs(1)
        select abs(1) and 0 and nosuch
        select 0 and abs(nosuch)
        select 0 and (select nosuch from nosuch)
        select 0 and 1 and nosuch
        select 0x0 and nosuch
        select -0 and nosuch
        select 0.0 and nosuch
        select false and nosuch
        select 0 and nosuch like 'a'
        select 0 and nosuch in (select abs(1))
        select 0 and case when nosuch then 1 end
        select 0 and nosuch collate nosuch
        select (0 and nosuch) or 5
        select 0 and current_time
        select 0 and nosuch between 1 and 2
        select typeof(0 and null), null and 0
        create table t(a, b, check(0 and nosuch))
        insert into t values(1,2)
        create index i on t(a) where 0 and nosuch
        update t set b=0 and nosuch
        select * from t where 0 and nosuch
        alter table t rename column a to aa
        select sql from sqlite_schema
        """);
  }

  @Test
  void rowsStandWhereRowsAreCompared() {
    compare(
        """
        create table t(a,b)
        select (1,2) in (3,4)
        select (1,2) in ((1,2),3)
        select (1,2) in ((1,2),(3,4,5))
        select (1,2) in ((1,2),(1,2))
        select (1,2) in (nosuch,3)
        select nosuch, (1,2) in (1,2)
        select (select 1,2) in (1,2)
        select (select 1,2) in ((1,2))
        select (select 1,2) in ((1,2),3)
        select (select 1,2) in (select 1,2)
        select case (1,2) when (1,3) then 1 when (1,2) then 2 end
        select case (select 1,2) when (1,2) then 2 else 3 end
        select case (1,2) when 1 then 2 end
        select case 1 when (1,2) then 2 end
        """);
  }

  @Test
  void oneRowOfValuesMayAggregateSeveralMayNot() {
    compare(
        """
        create table t(a,b)
        values(sum(1))
        values(count(*), max(3), 7)
        select * from (values(sum(1)))
        select 5 in (values(sum(5)))
        with n(a) as (values(sum(1))) select * from n
        values(1),(sum(1))
        values(sum(1)),(2)
        values(sum(nosuch)),(2)
        select * from (values(sum(1)),(2))
        insert into t values(sum(1),4)
        insert into t values(sum(1),4),(1,2)
        insert into t values(1,2),(sum(1),4)
        insert into t values(row_number() over(),4),(3,4)
        insert into t values((select sum(1)),4),(1,2)
        select * from t
        """);
  }

  @Test
  void functionsHaveAHundredArgumentsAtMost() {
    String hundred = "1" + ",1".repeat(99);
    compare(
        "select length(json_array(%1$s))\nselect json_array(%1$s,1)\nselect \"max\"(%1$s,1)\nselect nosuch(%1$s,1) from"
            .formatted(hundred));
  }
}
