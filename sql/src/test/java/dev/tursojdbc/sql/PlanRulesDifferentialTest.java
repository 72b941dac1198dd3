package dev.tursojdbc.sql;

import static dev.tursojdbc.sql.ScriptComparison.compare;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tursojdbc.storage.file.MemoryFileSystem;
import dev.tursojdbc.storage.pager.OpenOptions;
import org.junit.jupiter.api.Test;

/** Pragmas that change plans, and so the order of rows, as SQLite has them. */
class PlanRulesDifferentialTest {
  private static final String TABLES =
      """
      create table t(a integer primary key, b, c)
      create index t_b on t(b)
      create table u(x, y)
      create table w(k primary key, v) without rowid
      insert into t values(1,5,'a'),(2,4,'b'),(3,5,'c'),(4,null,'d')
      insert into u values(5,'p'),(4,'q'),(5,'r')
      insert into w values('k1',1),('k2',2),('k3',1)
      """;

  @Test
  void loopsRunBackwardsWhereNoOrderIsAskedFor() {
    compare(
        TABLES
            + """
            pragma reverse_unordered_selects=on
            pragma reverse_unordered_selects
            select * from t
            select a from t where b=5
            select a, b from t where b>1
            select a from t where a in (1,3,2)
            select a from t where b in (5,4)
            select * from t, u where t.b=u.x
            select * from u, u as v limit 4
            select * from w
            select * from w where k>'k1'
            select * from t where a<3 or b=5
            select * from t order by b
            select * from t order by a
            select b, group_concat(c) from t group by b
            select distinct b from t
            select min(a), max(b) from t
            select group_concat(c) from t
            select * from (select * from t limit 2)
            select a from t union all select k from w
            with recursive r(n) as (select 1 union all select n+1 from r where n<3) select n from r
            select value from json_each('[1,2,3]')
            update t set c=c||'!' returning a
            delete from u returning y
            pragma reverse_unordered_selects=off
            select * from t
            """);
  }

  @Test
  void withoutAutomaticIndexesNoHashTableIsMade() {
    compare(
        TABLES
            + """
            pragma automatic_index=off
            pragma automatic_index
            select * from t join u on t.c=u.y
            select * from u join u as v on u.x=v.x
            """);
    assertThat(plan("pragma automatic_index=on")).contains("AUTOMATIC");
    assertThat(plan("pragma automatic_index=off")).doesNotContain("AUTOMATIC").contains("SCAN u");
  }

  private static String plan(String setting) {
    StringBuilder plan = new StringBuilder();
    try (Session session = Session.open(new MemoryFileSystem(), ":memory:", OpenOptions.DEFAULT)) {
      TABLES.lines().forEach(line -> run(session, line, 0, plan));
      run(session, setting, 0, plan);
      plan.setLength(0);
      run(session, "explain query plan select * from t join u on t.c=u.y", 3, plan);
    }
    return plan.toString();
  }

  private static void run(Session session, String sql, int column, StringBuilder values) {
    try (Query query = session.prepare(sql, 0)) {
      while (query.step()) {
        values.append(query.columnText(column)).append('\n');
      }
    }
  }
}
