package dev.tursojdbc.sql;

import static dev.tursojdbc.sql.ScriptComparison.compare;

import org.junit.jupiter.api.Test;

/** CREATE and DROP, as SQLite has them. */
class SchemaStatementsDifferentialTest {
  @Test
  void definitionsThatMakeNoSenseAreRefused() {
    compare(
        """
        create table t(a, primary key(x))
        create table t(a, unique(x))
        create table t(a, unique(a+1))
        create table t(a, a)
        create table t(a primary key, b primary key)
        create table t(a int primary key autoincrement)
        create table t(a integer primary key desc autoincrement)
        create table t(a integer primary key autoincrement) without rowid
        create table t(a) without rowid
        create table t(a) strict
        create table t(a foo) strict
        create table t(a default (b))
        create table t(a, b as (a) primary key)
        create table t(a, b as (a) default 3)
        create table t(a, b default 3 as (a))
        create table t(a as (1))
        create table t(a, foreign key(x) references p(y))
        create table t(a, foreign key(a) references p(y,z))
        create table t(a references p(y,z))
        create table t(a check (x>1))
        create table t(a check ((select 1)))
        create table t(a check (a>?))
        create table t(a collate foo)
        create table t(a as (b+1), b as (a))
        """);
  }

  @Test
  void schemaTableKeepsTheTextAsWritten() {
    compare(
        """
        create table sqlite_x(a)
        create table t2(a integer, b VarChar ( 10 ) , c ANY, d text default (1 + 2), e default -5, f default +5, g default 'x', h default x'00', i default current_timestamp, j default true, k default "hi", l default hi, m double  precision default( 'q' ) )
        pragma table_info(t2)
        select sql from sqlite_schema where name='t2'
        create unique index i2 on t2(a,b)
        create table  if not exists  main . "t3" ( a , b )
        create temp view v as select 1
        create view main.v2 as select 1
        create table t4(a unique on conflict ignore, unique(a) on conflict replace)
        create table t5(a int primary key, b, unique(b), unique(a), unique(b, a))
        pragma index_list(t5)
        create table t6(a integer primary key, b, c, unique(b), primary key(b))
        create table t6(a integer primary key, b unique) without rowid
        pragma index_list(t6)
        pragma index_xinfo(sqlite_autoindex_t6_1)
        pragma index_xinfo(sqlite_autoindex_t6_2)
        select * from sqlite_schema
        create index i on t2(nope)
        create index i on nope(a)
        create index i2 on t2(a)
        create index t2 on t2(a)
        create table i2(a)
        create table t2(a)
        create table v2(a)
        create view t2 as select 1
        create index if not exists t2 on t2(a)
        drop table nope
        drop index nope
        drop view t2
        drop table v2
        drop index sqlite_autoindex_t6_1
        drop table sqlite_schema
        drop table if exists v2
        create index i on v2(a)
        create index i on sqlite_schema(name)
        create index i9 on t2((select 1))
        create index i9 on t2(random())
        create index i9 on t2(a) where x=1
        create index i9 on t2(a) where random()>1
        create index i9 on t2(a, 'b', "c")
        create index i11 on t2('nope')
        create index sqlite_i on t2(a)
        """);
  }

  @Test
  void autoincrementRemembersTheLargestRowid() {
    compare(
        """
        create table t(a, b)
        create temp table t(x)
        create temp table main.z(a)
        create table zz.t(a)
        create index i on t(x)
        select name,tbl_name from sqlite_temp_schema
        create index main.j on t(a)
        create view zz.v as select 1
        drop table zz.t
        drop index zz.i
        drop view zz.v
        drop table if exists zz.t
        create index zz.i on t(a)
        drop table t
        drop table t
        create table k(id integer primary key autoincrement, x unique)
        insert into k(x) values(5)
        select * from sqlite_sequence
        select * from sqlite_schema
        drop table sqlite_sequence
        delete from sqlite_sequence
        insert into k(x) values(6)
        select * from sqlite_sequence
        update sqlite_sequence set seq=100
        insert into k(x) values(7)
        select * from k
        drop table k
        select * from sqlite_sequence
        """);
  }

  @Test
  void uniqueIndexesAndTablesFromQueries() {
    compare(
        """
        create table q(a)
        insert into q values(1),(2),(1)
        create unique index qi on q(a)
        create unique index qi on q(a+1)
        create index if not exists qi on q(a)
        create index if not exists qi on nope(a)
        create table q2 as select a, a+1, a||'x' as "my col", 1.5 as r, x'00' as b from q
        select sql from sqlite_schema where name='q2'
        pragma table_info(q2)
        create table q3 as select * from q2, q
        select sql from sqlite_schema where name='q3'
        create table if not exists q(b)
        create table q2(x)
        """);
  }
}
