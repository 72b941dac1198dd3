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
}
