package dev.tursojdbc.sql;

import static dev.tursojdbc.sql.ScriptComparison.compare;

import org.junit.jupiter.api.Test;

/** ALTER TABLE, as SQLite has it: rows, messages, and the texts in sqlite_schema to the blank. */
class AlterTableDifferentialTest {
  @Test
  void renamedTableIsRenamedWhereverItIsNamed() {
    compare(
        """
        create table t(a integer primary key autoincrement, b references t(a), c unique, check(t.b>0), check([t].c > "x"))
        create table u(x references t, y references "t"(a), foreign key(x) references [t](c))
        create index t_i on t(b) where t.b > 0
        create index t_j on 't'(c,t.b)
        create view v as select t.a, main.t.b, x.c, x."t" from t join t as x on x.a=t.b, (select "t".a as "t" from t) x
        create view w(p) as with q as (select a from t), r as (select a from t) select q.a from q where exists (select 1 from main.t where t.a=q.a)
        insert into t values(null,5,'y')
        alter table t rename to "new ""t"
        select type, name, tbl_name, sql from sqlite_schema
        select * from sqlite_sequence
        insert into "new ""t" values(null,6,'z')
        select * from "new ""t"
        pragma integrity_check
        alter table "new ""t" rename to T
        select type, name, tbl_name, sql from sqlite_schema
        """);
  }

  @Test
  void tablesThatCannotBeRenamed() {
    compare(
        """
        create table t(a unique)
        create table u(a)
        create index i on u(a)
        create view v as select * from t
        alter table nosuch rename to x
        alter table main.nosuch rename to x
        alter table t rename to u
        alter table t rename to T
        alter table t rename to i
        alter table t rename to sqlite_x
        alter table v rename to x
        alter table sqlite_schema rename to x
        create view broken as select * from missing
        alter table u rename to x
        drop view broken
        begin
        alter table t rename to x
        select sql from sqlite_schema
        rollback
        select sql from sqlite_schema
        """);
  }

  @Test
  void renamedColumnIsRenamedWhereverItIsNamed() {
    compare(
        """
        create table t(a integer primary key, b collate nocase, "c c" as (b||a), d default "b", check(t.b<>a), unique(b, a), foreign key(b) references t(a))
        create table u(x references t(a), y references t(A), foreign key(x, y) references t("b",a), a)
        create index i on t(b, "a" desc, lower(b)) where a>b or t."b" like 'b'
        create view v as select a, t.b, x.b as a, rowid, "b", [b], `b` from (select b, a from t) as x, t order by b, a
        create view w as select b from t union select a from t order by b
        create view s as select "b"from t group by b having max(b) > "none"
        alter table t rename column b to bb
        select sql from sqlite_schema
        alter table t rename a to "select"
        select sql from sqlite_schema
        alter table t rename "c c" to c
        select sql from sqlite_schema
        """);
  }

  @Test
  void columnsThatCannotBeRenamed() {
    compare(
        """
        create table t(a, b)
        create view v as select a, b from t
        create view w as select a from v
        alter table t rename x to y
        alter table t rename a to b
        alter table t rename a to c
        alter table v rename a to c
        alter table sqlite_schema rename name to c
        select sql from sqlite_schema
        drop view w
        alter table t rename a to c
        select sql from sqlite_schema
        """);
  }

  @Test
  void leastIntegerInHexadecimalIsARealWhereOlderRowsLackTheColumn() {
    compare(
        """
        create table t(a integer)
        insert into t values(1)
        alter table t add b default -0x8000000000000000
        alter table t add c text default (-0x8000000000000000)
        alter table t add d integer default -0x8000000000000000
        alter table t add e real default -0x8000000000000000
        alter table t add f default -0x7fffffffffffffff
        select *, typeof(b), typeof(c), typeof(d), typeof(e), typeof(f) from t
        insert into t(a) values(2)
        """);
  }

  @Test
  void viewThatUsesItselfInACommonTableExpressionIsCircular() {
    compare(
        """
        create table t(a)
        create view v(b) as with c as (select b from v) select * from c
        select * from v
        with c as (select b from v) select * from c
        alter table t rename to u
        drop view v
        create view v(b) as with c as (select a from t), d as (select * from c) select * from d, c
        with c as (select * from v) select * from c
        alter table t rename to u
        select sql from sqlite_schema
        """);
  }

  @Test
  void windowThatNobodyUsesIsRenamedAndCheckedToo() {
    compare(
        """
        create table t(a, b)
        create view v as select a as x, sum(b) over w1 from t window w1 as (partition by a), w2 as (partition by a, b order by x, rowid), w3 as (order by (select max(a) from t))
        create view u as select 1 from t window w as (order by max(b)), w2 as (order by row_number() over ())
        create trigger r after insert on t begin select a from t window w as (partition by a order by exists(select 1 from t)); end
        alter table t rename a to c
        alter table t rename to t2
        select sql from sqlite_schema
        create view broken as select 1 from t2 window w as (order by nosuch)
        select * from broken
        alter table t2 rename c to d
        alter table t2 rename to t3
        drop view broken
        create trigger broken after insert on t2 begin select 1 from t2 window w as (order by exists(select 1 from nosuch)); end
        alter table t2 rename to t3
        """);
  }

  @Test
  void windowFunctionThatDoesNotExistOrIsMisusedStopsNoRenaming() {
    compare(
        """
        create table t(a, b)
        create trigger r after insert on t begin select nosuch(a) over (partition by b order by (select max(a) from t)) from t; end
        create trigger s after insert on t begin select a, rank() over nowhere from t where row_number() over (order by a) > 1; end
        create view v as select sum(count(a)) filter (where b > 1) over (partition by b order by max(a)), a from t group by b, a
        alter table t rename a to c
        alter table t rename to u
        select sql from sqlite_schema
        drop trigger r
        create trigger r after insert on u begin select nosuch(1) over (order by nocolumn) from u; end
        alter table u rename c to d
        alter table u rename to w
        """);
  }

  @Test
  void columnOfATemporaryTableIsNotRenamedWhereTriggersOrViewsNameIt() {
    compare(
        """
        create temp table t(a, b)
        create table m(x)
        create trigger r after insert on temp.t begin insert into m values(new.b); end
        create temp view v as select a from t
        alter table t rename a to c
        alter table t rename b to d
        select sql from sqlite_temp_schema
        drop view v
        alter table t rename a to c
        alter table t rename b to d
        drop trigger r
        alter table t rename b to d
        create trigger r after update of d on temp.t begin update t set d = old.c; insert into t(d) values(1); end
        alter table t rename d to e
        select sql from sqlite_temp_schema
        """);
  }

  @Test
  void addedColumnReadsAsItsDefault() {
    compare(
        """
        create table t(a int , b text )
        insert into t values(1, 2), (3, 4)
        alter table t add c
        alter table t add column d integer default '12' not null
        alter table t add e real default -5 collate nocase
        alter table t add column f as (a+d) check(f>0)
        alter table t add column g default ( cast('7' as int) )
        alter table t add column h default true constraint x
        alter table t add column "i j" blob default x'01' -- comment
        alter table t add column k references t(a)   ;
        select * from t
        insert into t(a,b) values(8,9)
        select * from t where d=12 and e=-5
        update t set b=a where g=7
        select * from t
        select sql from sqlite_schema
        create table w(a primary key, b, check(a<>b)) without rowid
        insert into w values(1,2)
        alter table w add c default 7
        select * from w
        select sql from sqlite_schema where name='w'
        pragma integrity_check
        """);
  }

  @Test
  void columnsThatCannotBeAdded() {
    compare(
        """
        create table t(a int, b text)
        create view v as select 1
        alter table v add a
        alter table sqlite_schema add a
        insert into t values(1,2)
        alter table t add A
        alter table t add f unique
        alter table t add f primary key
        alter table t add f not null
        alter table t add f not null default null
        alter table t add f default (abs(1))
        alter table t add f default current_time
        alter table t add f default (1+1)
        alter table t add f as (a) stored
        alter table t add f as (null) not null
        alter table t add f check(f is not null)
        alter table t add f collate nosuch
        alter table t add f check(nosuch)
        alter table t add f references t(a,b)
        pragma foreign_keys=on
        alter table t add f references t(a) default 3
        alter table t add f references t(a) default null
        create table s(a int) strict
        insert into s values(1)
        alter table s add b
        alter table s add b foo
        alter table s add b int default 'x'
        alter table s add b text default 'x'
        select * from s
        select sql from sqlite_schema
        """);
  }

  @Test
  void droppedColumnGoesFromTextAndRows() {
    compare(
        """
        create table p(a integer primary key, b, c unique, d, e as (d) stored, f as (b) virtual, g real default 3, check(a>0))
        insert into p(a,b,c,d) values(1,2,3,4),(7,'b','c','d')
        alter table p add column h real default 5
        alter table p drop column a
        alter table p drop c
        alter table p drop column d
        alter table p drop column nosuch
        alter table p drop column b
        alter table p drop column f
        select * from p
        alter table p drop column b
        alter table p drop column e
        select * from p
        select sql from sqlite_master
        alter table p drop column h
        select * from p
        select sql from sqlite_master
        create table s(a, /* one */ b /* two */ , /* three */ c /* four */ )
        alter table s drop column b
        select sql from sqlite_master where name='s'
        alter table s drop column c
        select sql from sqlite_master where name='s'
        create table w(a, b, c, d, primary key(c, a)) without rowid
        insert into w values(1,2,3,4),(5,6,7,8)
        alter table w drop column b
        select * from w
        alter table w drop column a
        create index wi on w(d)
        alter table w drop column d
        drop index wi
        create index wi on w(a) where d>1
        alter table w drop column d
        drop index wi
        alter table w add column e default 8
        alter table w drop column d
        select * from w
        select sql from sqlite_master
        pragma integrity_check
        create table x(a, b, check(b>a))
        alter table x drop column b
        create table y(a, b references x(a), foreign key(b) references x(b))
        alter table y drop column b
        create table y2(a, b references x(a))
        alter table y2 drop column b
        create view v as select a, b from x
        alter table x drop column b
        drop view v
        create table z(a, b default "foo", c check(b<>"foo"))
        insert into z values(1,2,3)
        alter table z drop a
        select sql from sqlite_master where name='z'
        alter table z alter b set not null
        select sql from sqlite_master where name='z'
        alter table z add constraint foo check (b<>"bar")
        alter table z add constraint foo2 check (b<>"bar") on conflict ignore
        select sql from sqlite_master where name='z'
        insert into z values(null,3)
        insert into z values("bar",3)
        alter table z drop constraint FOO
        select sql from sqlite_master where name='z'
        alter table z drop constraint foo2
        select sql from sqlite_master where name='z'
        """);
  }

  @Test
  void constraintsComeAndGo() {
    compare(
        """
        create table c1(a integer not null, b text not null unique, c not null primary key, d)
        alter table c1 alter a drop not null
        alter table c1 alter b drop not null
        alter table c1 alter c drop not null
        alter table c1 alter d drop not null
        select sql from sqlite_master where name='c1'
        alter table c1 alter a set not null on conflict replace
        alter table c1 alter b set not null
        alter table c1 alter c set not null
        alter table c1 alter d set not null
        select sql from sqlite_master where name='c1'
        create table c2(a constraint x not null constraint y check(a>1) constraint z default 3, b constraint q check(b>1) constraint q not null, constraint q check(a<>b), constraint  r  check(b>0)   ,constraint s check(a), unique(a), foreign key(a) references c1(a), constraint t check(1))
        alter table c2 drop constraint q
        select sql from sqlite_master where name='c2'
        alter table c2 drop constraint q
        select sql from sqlite_master where name='c2'
        alter table c2 drop constraint q
        select sql from sqlite_master where name='c2'
        alter table c2 drop constraint s
        select sql from sqlite_master where name='c2'
        alter table c2 drop constraint r
        select sql from sqlite_master where name='c2'
        alter table c2 drop constraint t
        select sql from sqlite_master where name='c2'
        alter table c2 drop constraint x
        select sql from sqlite_master where name='c2'
        alter table c2 drop constraint z
        select sql from sqlite_master where name='c2'
        alter table c2 drop constraint y
        select sql from sqlite_master where name='c2'
        create table c3(a, b, constraint only check(a>b))
        alter table c3 drop constraint only
        select sql from sqlite_master where name='c3'
        alter table c4 drop constraint one
        select sql from sqlite_master where name='c4'
        alter table c4 drop constraint two
        select sql from sqlite_master where name='c4'
        alter table c4 drop constraint three
        alter table c5 alter a drop not null
        alter table c5 alter b drop not null
        alter table c5 alter c drop not null
        alter table c5 alter d drop not null
        select sql from sqlite_master where name='c5'
        alter table c5 alter a set not null
        alter table c5 alter c set not null
        select sql from sqlite_master where name='c5'
        create table c6(a int not null, constraint k unique(a) constraint k check(a>1))
        alter table c6 drop constraint k
        create table c7(a int constraint k primary key constraint k check(a>1))
        alter table c7 drop constraint k
        create view vv as select nosuch from c7
        alter table c7 alter a set not null
        alter table c7 add constraint zz check(a>3)
        alter table c7 drop constraint zz
        alter table c7 add check((select 1))
        alter table c7 add check(c7.a>0)
        alter table c7 add check(max(a)>0)
        alter table c7 add check(?)
        alter table c7 add constraint k check(a)
        alter table c7 add constraint K check(a)
        alter table c7 add check(a>0)
        select sql from sqlite_master where name='c7'
        create table st(a int, b text) strict
        insert into st values(1,null)
        alter table st alter b set not null
        alter table st alter a set not null
        alter table st add constraint x check(typeof(b)='null')
        select sql from sqlite_master where name='st'
        create table wr(a primary key, b) without rowid
        alter table wr alter a drop not null
        alter table wr alter a set not null
        alter table wr drop constraint a
        select sql from sqlite_master where name='wr'
        insert into wr values(1,null)
        alter table wr alter b set not null
        """);
  }

  @Test
  void whatIsNamedAndNoConstraintLosesItsName() {
    compare(
        """
        create table a1(a int constraint foo not null constraint bar not null not null, b collate nocase constraint c1 collate nocase constraint c2 null constraint c3 default 3 constraint c4, c constraint c5 as (a), d constraint c6 generated always as (a) stored )
        select sql from sqlite_master
        alter table a1 alter a drop not null
        select sql from sqlite_master
        alter table a1 drop constraint c1
        select sql from sqlite_master
        alter table a1 drop constraint c2
        select sql from sqlite_master
        alter table a1 drop constraint c3
        select sql from sqlite_master
        alter table a1 drop constraint c4
        select sql from sqlite_master
        alter table a1 drop constraint c5
        select sql from sqlite_master
        alter table a1 drop constraint c6
        select sql from sqlite_master
        alter table a1 drop constraint c7
        select sql from sqlite_master
        alter table a1 drop constraint foo
        select sql from sqlite_master
        """);
  }

  @Test
  void constraintsOfGeneratedColumnsAndTemporaryTables() {
    compare(
        """
        create table f(a, b as (a) not null, c generated always as (a) not null)
        alter table f alter b drop not null
        alter table f alter c drop not null
        select sql from sqlite_master where name='f'
        alter table f alter b set not null
        select sql from sqlite_master where name='f'
        insert into f values(null)
        create table g(a, b as (a))
        insert into g values(null)
        alter table g alter b set not null
        create table h(rowid, a, constraint "a b" check(a>1), constraint [c d] check(a>2), constraint 'e f' check(a>3), constraint `g h` check(a>4))
        alter table h drop constraint "a b"
        alter table h drop constraint "c d"
        alter table h drop constraint "e f"
        alter table h drop constraint "g h"
        select sql from sqlite_master where name='h'
        alter table h drop constraint "nosuch x"
        begin
        alter table h add check(a)
        rollback
        select sql from sqlite_master where name='h'
        create temp table tt(a)
        alter table tt alter a set not null
        alter table tt add constraint x check(a<>3)
        select sql from sqlite_temp_master
        create table i(a check(a>0), constraint x check(a>1) check(a>2), check(a>3) check(a>4) constraint y)
        alter table i drop constraint x
        select sql from sqlite_master where name='i'
        alter table i drop constraint y
        select sql from sqlite_master where name='i'
        alter table i add constraint x check("a">9)
        insert into i values(5)
        alter table i add constraint y check("zz">9)
        alter table i add constraint y check("zz">9)
        select sql from sqlite_master where name='i'
        alter table main.i add constraint z check(a) on conflict replace
        select sql from sqlite_master where name='i'
        """);
  }

  @Test
  void triggersAndTemporaryViewsFollow() {
    compare(
        """
        create table t(a integer primary key, b, c)
        create table log(x, y)
        create view v as select a, b from t
        create trigger t1 after update of b, c on t when new.b <> old.b begin insert into log(x, y) values(new.b, (select b from t where t.a = old.a)); update t set b = c, c = 'b' where t.b = new.b; end
        create trigger t2 before insert on t begin insert into t(a, b) values(1, 2) on conflict(a) do update set b = excluded.b, c = b where t.b > 1; delete from t where b = new.b; select raise(ignore) from t as x where x.b = "b" and new.b; end
        create trigger t3 instead of update on v begin update t set b = new.b from (select b as z from t) as q where q.z = t.b and a = old.a; update log set x = t.b from t where t.a = log.y; end
        create temp trigger t4 after delete on t begin insert into log select old.b, b from t; end
        create temp view w as select b from t where b in (select main.t.b from main.t)
        alter table t rename b to "b b"
        alter table t rename "b b" to "B"
        alter table t rename b to b
        select type, name, tbl_name, sql from sqlite_schema union all select type, name, tbl_name, sql from sqlite_temp_schema
        drop trigger t2
        create trigger t2 before insert on t begin insert into t(a, b) values(1, 2) on conflict(a) do update set b = c where t.b > 1; delete from t where b = new.b; end
        select type, name, tbl_name, sql from sqlite_schema union all select type, name, tbl_name, sql from sqlite_temp_schema
        alter table t rename to u
        select type, name, tbl_name, sql from sqlite_schema union all select type, name, tbl_name, sql from sqlite_temp_schema
        alter table u drop column c
        alter table log rename column x to xx
        alter table log rename to log2
        select type, name, tbl_name, sql from sqlite_schema union all select type, name, tbl_name, sql from sqlite_temp_schema
        alter table v rename to x
        pragma legacy_alter_table=on
        alter table u rename to t
        select type, name, tbl_name, sql from sqlite_schema union all select type, name, tbl_name, sql from sqlite_temp_schema
        """);
  }
}
