package dev.tursojdbc.sql;

import static dev.tursojdbc.sql.ScriptComparison.compare;

import org.junit.jupiter.api.Test;

/** ANALYZE and REINDEX, as SQLite has them. */
class AnalyzeReindexDifferentialTest {
  @Test
  void statisticsAndIndexesAreMadeAnew() {
    compare(
        """
        create table t(a,b)
        create index i on t(a)
        create index j on t(b desc, a+1) where a>3
        insert into t values(1,2),(5,6),(7,8)
        reindex
        reindex t
        reindex i
        reindex main.j
        reindex nocase
        reindex nosuch
        reindex main.nosuch
        reindex nosuch.t
        reindex expressions
        reindex "expressions"
        reindex binary
        reindex main.nocase
        create view v as select 1
        reindex v
        pragma schema_version
        create table w(a primary key) without rowid
        reindex sqlite_autoindex_w_1
        reindex sqlite_master
        pragma integrity_check
        begin
        reindex
        commit
        create table s1(a,b,c)
        analyze
        select * from sqlite_stat1
        pragma schema_version
        select name,rootpage,sql from sqlite_master
        insert into s1 values(1,1,1),(1,1,2),(1,2,null),(2,2,null),(2,2,null)
        create index s1a on s1(a,b,c)
        create unique index s1u on s1(c)
        create index s1p on s1(b) where a=1
        create table s2(a primary key,b,c,unique(b,c)) without rowid
        insert into s2 values(1,2,3),(2,2,4)
        analyze
        select * from sqlite_stat1
        analyze s1
        select * from sqlite_stat1
        analyze s1a
        select * from sqlite_stat1
        analyze main
        select * from sqlite_stat1
        analyze main.s2
        select * from sqlite_stat1
        analyze nosuch
        analyze nosuch.t
        analyze main.nosuch
        analyze v
        analyze sqlite_master
        analyze temp
        pragma schema_version
        delete from s1
        analyze
        select * from sqlite_stat1
        select tbl,idx,neq,nlt,ndlt,hex(sample) from sqlite_stat4
        begin
        analyze
        rollback
        select count(*) from sqlite_stat1
        pragma optimize
        pragma analysis_limit
        pragma analysis_limit=100
        """);
  }

  @Test
  void tablesComeInTheOrderOfTheHashTable() {
    compare(
        """
        create table talpha(a, b, c)
        create table tBeta(a, b, c)
        create table tgamma(a, b, c)
        create table tdelta(a, b, c)
        create table tx(a, b, c)
        create table ty(a, b, c)
        create table tz(a, b, c)
        create table tzz(a, b, c)
        create table ttable_9(a, b, c)
        create table ttable_10(a, b, c)
        create table tlambda(a, b, c)
        create table tmu(a, b, c)
        create table tnu(a, b, c)
        create table tomega(a, b, c)
        create table ta1(a, b, c)
        create table ta2(a, b, c)
        create table ta3(a, b, c)
        create index ialpha on talpha(a, b)
        create index imu on tmu(a, b)
        create index ia2 on ta2(a, b)
        insert into talpha values(1,2,3),(1,3,null),(2,3,4)
        insert into tBeta values(1,2,3),(1,3,null),(2,3,4)
        insert into tgamma values(1,2,3),(1,3,null),(2,3,4)
        insert into tdelta values(1,2,3),(1,3,null),(2,3,4)
        insert into tx values(1,2,3),(1,3,null),(2,3,4)
        insert into ty values(1,2,3),(1,3,null),(2,3,4)
        insert into tz values(1,2,3),(1,3,null),(2,3,4)
        insert into tzz values(1,2,3),(1,3,null),(2,3,4)
        insert into ttable_9 values(1,2,3),(1,3,null),(2,3,4)
        insert into ttable_10 values(1,2,3),(1,3,null),(2,3,4)
        insert into tlambda values(1,2,3),(1,3,null),(2,3,4)
        insert into tmu values(1,2,3),(1,3,null),(2,3,4)
        insert into tnu values(1,2,3),(1,3,null),(2,3,4)
        insert into tomega values(1,2,3),(1,3,null),(2,3,4)
        insert into ta1 values(1,2,3),(1,3,null),(2,3,4)
        insert into ta2 values(1,2,3),(1,3,null),(2,3,4)
        insert into ta3 values(1,2,3),(1,3,null),(2,3,4)
        analyze
        select * from sqlite_stat1
        drop table tx
        drop table tz
        analyze
        select * from sqlite_stat1
        """);
  }
}
