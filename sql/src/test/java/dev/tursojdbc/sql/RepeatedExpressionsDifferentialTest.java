package dev.tursojdbc.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tursojdbc.storage.file.MemoryFileSystem;
import dev.tursojdbc.storage.pager.OpenOptions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Queries in FROM whose columns are used twice, level upon level. */
class RepeatedExpressionsDifferentialTest {
  private static final List<String> SETUP =
      List.of("create table t(a)", "insert into t values(1),(2)");

  @Test
  void aFewLevelsAreOnePlanAsInTheReference() {
    PlanComparison.compare(
        SETUP,
        List.of(
            nested(10, "select a + a as a from (%s)", "select a from t"),
            nested(10, "select a + a as a from (%s)", "select 1 as a"),
            nested(8, "select a + a as a from (%s) where a + a > 0", "select a from t")));
  }

  @Test
  void aFewLevelsHaveTheRowsOfTheReference() {
    ScriptComparison.compare(
        String.join("\n", SETUP)
            + "\n"
            + nested(10, "select a + a as a from (%s)", "select a from t")
            + "\n"
            + nested(6, "select distinct a + a as a from (%s) where a + a > 4", "select a from t"));
  }

  @Test
  @Timeout(60)
  void fortyLevelsAreNoMoreThanFortyTimesTheWork() {
    assertThat(rows(nested(40, "select a + a as a from (%s)", "select a from t")))
        .containsExactly(1L << 40, 1L << 41);
    assertThat(
            rows(
                nested(
                    40, "select distinct a + a as a from (%s)", "select a from t where a + a > 2")))
        .containsExactly(1L << 41);
    assertThat(
            rows(
                "select a from ("
                    + nested(40, "select distinct a + a as a from (%s)", "select a from t")
                    + ") where a + a > "
                    + (1L << 41)))
        .containsExactly(1L << 41);
    assertThat(rows(nested(40, "select (select a + a) as a from (%s)", "select 1 as a")))
        .containsExactly(1L << 40);
    assertThat(
            rows(nested(40, "select a + a as a from (%s)", "select a from t union all select 1")))
        .containsExactly(1L << 40, 1L << 41, 1L << 40);
  }

  @Test
  @Timeout(60)
  void soAreFortyViewsAndFortyCommonTables() {
    StringBuilder with = new StringBuilder("with v0 as (select a from t)");
    List<String> views = new ArrayList<>(SETUP);
    views.add("create view v0 as select a from t");
    for (int i = 1; i <= 40; i++) {
      String query = "select a + a as a from v" + (i - 1);
      with.append(", v").append(i).append(" as (").append(query).append(')');
      views.add("create view v" + i + " as " + query);
    }
    assertThat(rows(SETUP, with + " select * from v40")).containsExactly(1L << 40, 1L << 41);
    assertThat(rows(views, "select * from v40")).containsExactly(1L << 40, 1L << 41);
  }

  private static String nested(int levels, String level, String innermost) {
    String query = innermost;
    for (int i = 0; i < levels; i++) {
      query = level.formatted(query);
    }
    return query;
  }

  private static List<Long> rows(String query) {
    return rows(SETUP, query);
  }

  private static List<Long> rows(List<String> setup, String query) {
    List<Long> rows = new ArrayList<>();
    try (Session session = Session.open(new MemoryFileSystem(), ":memory:", OpenOptions.DEFAULT)) {
      for (String sql : setup) {
        try (Query statement = session.prepare(sql, 0)) {
          statement.step();
        }
      }
      try (Query statement = session.prepare(query, 0)) {
        while (statement.step()) {
          rows.add(statement.columnLong(0));
        }
      }
    }
    return rows;
  }
}
