package dev.tursojdbc.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Any function over any frame of any rows is what SQLite makes of it. */
class WindowFramesPropertyTest {
  private static final String[] FUNCTIONS = {
    "sum(x)",
    "sum(r)",
    "total(x)",
    "avg(r)",
    "count(*)",
    "count(x)",
    "min(x)",
    "max(x)",
    "min(s COLLATE NOCASE)",
    "max(r)",
    "group_concat(x)",
    "group_concat(s, x)",
    "string_agg(x, s)",
    "median(k)",
    "json_group_array(x)",
    "sum(r) FILTER (WHERE k > 0)",
    "max(x) FILTER (WHERE k > 0)",
    "group_concat(s) FILTER (WHERE x)",
    "row_number()",
    "rank()",
    "dense_rank()",
    "percent_rank()",
    "cume_dist()",
    "ntile(3)",
    "lag(x)",
    "lag(id, k, 'none')",
    "lead(id, 2)",
    "lead(s, k, x)",
    "first_value(id)",
    "last_value(id)",
    "nth_value(id, 2)",
    "nth_value(s, id)"
  };

  private static final String[] ORDERS = {
    "", "k", "k DESC", "x", "x DESC", "x NULLS LAST", "r", "r DESC NULLS FIRST", "s", "k, s", "id"
  };

  private static final String[] PARTITIONS = {"", "", "p", "s", "p, s COLLATE NOCASE", "x"};

  private static final String[] STARTS = {
    "UNBOUNDED PRECEDING", "? PRECEDING", "CURRENT ROW", "? FOLLOWING"
  };

  private static final String[] ENDS = {
    "? PRECEDING", "CURRENT ROW", "? FOLLOWING", "UNBOUNDED FOLLOWING"
  };

  private static final String[] EXCLUSIONS = {
    "", "", "", " EXCLUDE NO OTHERS", " EXCLUDE CURRENT ROW", " EXCLUDE GROUP", " EXCLUDE TIES"
  };

  @Property(tries = 60)
  void framesAreThoseOfSqlite(@ForAll long seed) {
    Random random = new Random(seed);
    List<String> script = new ArrayList<>();
    script.add("CREATE TABLE t(id INTEGER PRIMARY KEY, p, k INTEGER, x, r REAL, s TEXT)");
    int rows = random.nextInt(25);
    for (int i = 0; i < rows; i++) {
      script.add(
          "INSERT INTO t(p, k, x, r, s) VALUES (%d, %d, %s, %s, %s)"
              .formatted(
                  random.nextInt(3),
                  random.nextInt(8) - 2,
                  value(random),
                  real(random),
                  text(random)));
    }
    for (int i = 0; i < 25; i++) {
      script.add(query(random));
    }
    ScriptComparison.compare(String.join("\n", script));
  }

  private static String one(Random random, String... choices) {
    return choices[random.nextInt(choices.length)];
  }

  private static String value(Random random) {
    return switch (random.nextInt(8)) {
      case 0 -> "NULL";
      case 1 -> text(random);
      case 2 -> real(random);
      default -> String.valueOf(random.nextInt(6));
    };
  }

  private static String real(Random random) {
    return one(random, "NULL", "0.1", "0.2", "-1.7", "1e15", "-1e15", "3.0", "2.5", "1e-9");
  }

  private static String text(Random random) {
    return one(random, "NULL", "''", "'a'", "'A'", "'b'", "'-'", "'cd'");
  }

  private static String query(Random random) {
    int windows = 1 + random.nextInt(2);
    StringBuilder query = new StringBuilder("SELECT id");
    for (int i = 0; i < windows; i++) {
      int calls = 1 + random.nextInt(4);
      for (int j = 0; j < calls; j++) {
        query.append(", ").append(one(random, FUNCTIONS)).append(" OVER w").append(i);
      }
    }
    query.append(" FROM t WINDOW ");
    for (int i = 0; i < windows; i++) {
      query.append(i > 0 ? ", " : "").append("w").append(i).append(" AS (");
      query.append(window(random)).append(")");
    }
    query.append(one(random, "", "", " ORDER BY id DESC", " LIMIT 5"));
    return query.toString();
  }

  private static String window(Random random) {
    String partition = one(random, PARTITIONS);
    String order = one(random, ORDERS);
    String window =
        (partition.isEmpty() ? "" : "PARTITION BY " + partition)
            + (order.isEmpty() ? "" : " ORDER BY " + order);
    if (random.nextInt(4) == 0) {
      return window;
    }
    String unit = one(random, "ROWS", "RANGE", "GROUPS");
    String start = one(random, STARTS).replace("?", distance(random, unit));
    String end = one(random, ENDS).replace("?", distance(random, unit));
    return window + (" " + unit + " BETWEEN " + start + " AND " + end + one(random, EXCLUSIONS));
  }

  private static String distance(Random random, String unit) {
    return unit.equals("RANGE")
        ? one(random, "0", "1", "2", "0.5", "1e14", "'1'")
        : String.valueOf(random.nextInt(4));
  }
}
