package dev.tursojdbc.sql;

import static dev.tursojdbc.sql.ScriptComparison.compare;

import org.junit.jupiter.api.Test;

/** The table dbstat tells how pages are filled, as SQLite's does. */
class DbStatDifferentialTest {
  private static final String TABLES =
      """
      create table t(a, b)
      create index ta on t(a, b)
      create table w(k primary key, v) without rowid
      create view v as select 1
      create table "e""x"(x)
      with recursive n(i) as (values(1) union all select i + 1 from n where i < 900) insert into t select i, hex(zeroblob(i % 70)) from n
      insert into t values(-1, zeroblob(30000)), (-2, hex(zeroblob(5000)))
      with recursive n(i) as (values(1) union all select i + 1 from n where i < 300) insert into w select i || 'x', hex(zeroblob(i)) from n
      delete from t where a % 3 = 0
      delete from t where a between 300 and 600
      """;

  @Test
  void pagesAndTreesAreThoseOfSqlite() {
    compare(
        TABLES
            + """
            select * from dbstat
            select * from dbstat where aggregate = 1
            select * from dbstat where aggregate = true order by name
            select * from dbstat('main') order by name, path
            select * from dbstat('main', 1)
            select * from dbstat('MAIN', 0.1) where name = 't'
            select * from dbstat('nosuch')
            select * from dbstat(null)
            select * from dbstat(null, null)
            select * from dbstat where schema = 'main' and name = 'ta' and pagetype = 'internal'
            select *, schema, aggregate, rowid from dbstat where name = 'w' order by path desc
            select name, pageno, schema, aggregate from dbstat where aggregate = 2
            select name, sum(pgsize), sum(unused) from dbstat group by name
            select name, count(*) from main.dbstat group by name order by 2 desc, 1
            select count(*) from dbstat, (select 'main' s) where schema = s
            select * from dbstat('temp')
            attach ':memory:' as aux
            select * from dbstat('aux')
            create table aux.x(y)
            select * from dbstat('aux')
            create temp table tt(x unique)
            select * from dbstat('temp')
            select * from temp.dbstat
            select * from aux.dbstat
            pragma table_xinfo(dbstat)
            insert into dbstat values(1)
            drop table dbstat
            delete from dbstat
            """);
  }

  @Test
  void sizesOfPagesAndReservedBytesDoNotMatter() {
    compare("pragma page_size = 512\n" + TABLES + "select * from dbstat");
    compare("pragma page_size = 65536\n" + TABLES + "select * from dbstat");
  }

  @Test
  void anEmptyDatabaseHasNoPages() {
    compare(
        """
        select * from dbstat
        select * from dbstat(null, 1)
        select * from dbstat where aggregate
        """);
  }
}
