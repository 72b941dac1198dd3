package dev.tursojdbc.sql;

import static dev.tursojdbc.sql.ScriptComparison.compare;

import org.junit.jupiter.api.Test;

/** PRAGMA optimize analyses the tables that SQLite analyses, as far as SQLite does. */
class OptimizeDifferentialTest {
  private static final String TABLES =
      """
      create table t(a, b, c)
      create index ta on t(a)
      create table u(a, b)
      create unique index ub on u(b)
      create table n(x)
      create table w(a, b, primary key(a, b)) without rowid
      create table empty(a unique)
      create view v as select 1
      insert into t with recursive n(i) as (values(1) union all select i + 1 from n where i < 3000) select i / 7, i, 'x' from n
      insert into u with recursive n(i) as (values(1) union all select i + 1 from n where i < 30) select i / 7, i from n
      insert into w with recursive n(i) as (values(1) union all select i + 1 from n where i < 50) select i / 7, i from n
      insert into n select i from (select a i from t)
      """;

  private static final String SHOW =
      """
      select * from sqlite_stat1
      select tbl, idx, neq, nlt, ndlt, sample from sqlite_stat4
      """;

  @Test
  void tablesWithoutStatisticsAreAnalysed() {
    compare(
        TABLES
            + """
            pragma optimize(-1)
            pragma optimize(0)
            pragma optimize(1)
            pragma optimize(4)
            select name from sqlite_schema where name like 'sqlite_stat%'
            pragma optimize(3)
            pragma main.optimize(0x10003)
            pragma temp.optimize(-1)
            pragma optimize
            """
            + SHOW
            + """
            pragma optimize(-1)
            pragma optimize(0x10003)
            create index tb on t(b)
            pragma optimize(3)
            pragma optimize(2)
            """
            + SHOW);
  }

  @Test
  void tablesThatAreSearchedAreAnalysedAgainWhenTheirSizeChanges() {
    compare(
        TABLES
            + """
            analyze
            pragma optimize(3)
            delete from t where a > 5
            delete from u where b > 2
            delete from w where b > 2
            pragma optimize(3)
            pragma optimize(0x10003)
            select * from u where b = 3
            pragma optimize(3)
            select * from u where b > 3
            pragma optimize(3)
            select * from t, w where t.a = w.a
            pragma optimize(3)
            select * from (select * from t where a = 3 limit 1)
            pragma optimize(3)
            pragma optimize
            """
            + SHOW
            + """
            pragma optimize(3)
            delete from t
            delete from u
            pragma optimize(3)
            pragma optimize
            """
            + SHOW);
  }

  @Test
  void manyTreesAndTheOwnLimitLowerTheLimit() {
    StringBuilder script = new StringBuilder(TABLES);
    for (int i = 0; i < 120; i++) {
      script.append("create table m").append(i).append("(a unique)\n");
    }
    script.append("insert into m7 values(1), (2)\n");
    script.append("insert into t select a % 2, 1, 1 from t\n");
    script.append("insert into t select 7, 1, 1 from t\n");
    script.append("pragma optimize\n").append(SHOW);
    script.append("create index tc on t(c)\npragma analysis_limit = 150\npragma optimize\n");
    script.append(SHOW).append("pragma analysis_limit\n");
    compare(script.toString());
  }

  @Test
  void attachedDatabasesAndTransactionsAreNoHindrance() {
    compare(
        """
        create table t(a unique)
        insert into t values(1)
        attach ':memory:' as "a""b"
        create table "a""b"."c""d"(a primary key)
        insert into "c""d" values(1), (2)
        create temp table x(a unique)
        insert into x values(1)
        pragma optimize(3)
        begin
        pragma optimize
        select * from main.sqlite_stat1
        select * from "a""b".sqlite_stat1
        rollback
        select * from "a""b".sqlite_stat1
        pragma "a""b".optimize
        select * from "a""b".sqlite_stat1
        select name from sqlite_schema
        """);
  }
}
