package dev.tursojdbc.tck.differential;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Small tables with keys, indexes and NULLs, and queries that join them in every way: kinds of
 * joins, USING, NATURAL, ON that looks anywhere, parentheses, subqueries with LIMIT.
 *
 * <p>What the rows of a query are does not depend on their order: a LIMIT stands behind an ORDER BY
 * of all columns only.
 */
final class RandomJoins {
  private static final int MAX_SOURCES = 5;

  private final Random random;

  /** Names of the sources of the query that is being written. */
  private final List<String> sources = new ArrayList<>();

  RandomJoins(long seed) {
    random = new Random(seed);
  }

  List<String> tables() {
    List<String> statements = new ArrayList<>();
    for (int number = 1; number <= 4; number++) {
      String table = "t" + number;
      String key = oneOf("a INT", "a INTEGER PRIMARY KEY", "a INT UNIQUE", "a INT PRIMARY KEY");
      boolean keyed = key.equals("a INT PRIMARY KEY") && random.nextBoolean();
      statements.add(
          "CREATE TABLE %s(%s, b %s, c %s)%s"
              .formatted(
                  table,
                  key,
                  oneOf("INT", "TEXT", "", "INT NOT NULL"),
                  oneOf("INT", "REAL", ""),
                  keyed ? " WITHOUT ROWID" : ""));
      for (int rows = random.nextInt(7); rows > 0; rows--) {
        String first = keyed ? String.valueOf(random.nextInt(5)) : value();
        statements.add(
            "INSERT OR IGNORE INTO %s VALUES (%s, %s, %s)"
                .formatted(table, first, value(), value()));
      }
      if (random.nextBoolean()) {
        statements.add(
            "CREATE INDEX i%d ON %s(%s)%s"
                .formatted(
                    number,
                    table,
                    oneOf("b", "c", "b, c", "c, a DESC", "coalesce(b, 0)", "b DESC"),
                    oneOf("", "", "", " WHERE b IS NOT NULL")));
      }
    }
    return statements;
  }

  private String value() {
    return random.nextInt(6) == 0 ? "NULL" : String.valueOf(random.nextInt(5));
  }

  /** A query; its rows count as a multiset. */
  String query() {
    String from;
    do {
      sources.clear();
      from = joins(0);
    } while (sources.size() > MAX_SOURCES);
    String tail = " FROM " + from + (random.nextInt(3) > 0 ? " WHERE " + condition(2) : "");
    String first = column();
    String second = column();
    return switch (random.nextInt(6)) {
      case 0 -> "SELECT *" + tail;
      case 1 ->
          "SELECT %s, %s, count(*), sum(%s)".formatted(first, second, column())
              + tail
              + " GROUP BY 1, 2";
      case 2 -> "SELECT DISTINCT " + first + ", " + second + tail;
      case 3 ->
          "SELECT %s, %s".formatted(first, second)
              + tail
              + " ORDER BY %s%s, %s".formatted(first, oneOf("", " DESC"), second);
      case 4 ->
          "SELECT %s, count(*), max(%s)".formatted(first, second) + tail + " GROUP BY " + first;
      default -> "SELECT count(*), " + oneOf("max(a)", "min(b)", "1") + tail;
    };
  }

  private String joins(int depth) {
    StringBuilder from = new StringBuilder(source(depth));
    for (int joins = random.nextInt(3) + 1; joins > 0; joins--) {
      String kind = oneOf("JOIN", "LEFT JOIN", "RIGHT JOIN", "FULL JOIN", "CROSS JOIN", ",");
      int constraint = random.nextInt(10);
      boolean natural = constraint == 0 && kind.length() > 1 && !kind.startsWith("CROSS");
      from.append(natural ? " NATURAL " : " ").append(kind).append(' ').append(source(depth));
      if (natural || kind.equals(",")) {
        continue;
      }
      if (constraint < 4) {
        from.append(" USING (").append(oneOf("a", "b", "a, b")).append(')');
      } else if (constraint < 9) {
        from.append(" ON ").append(condition(2));
      }
    }
    return from.toString();
  }

  private String source(int depth) {
    String table = oneOf("t1", "t2", "t3", "t4");
    int kind = random.nextInt(12);
    if (kind == 0 && depth < 2) {
      return "(" + joins(depth + 1) + ")";
    }
    String name = "x" + sources.size();
    sources.add(name);
    if (kind == 1) {
      String where = oneOf("a > 1", "b IS NOT NULL", "c < 3", "1");
      String limit = oneOf("", " ORDER BY b, a, c LIMIT 2");
      return "(SELECT a, b, c FROM " + table + " WHERE " + where + limit + ") AS " + name;
    }
    return table + " AS " + name;
  }

  private String column() {
    return sources.get(random.nextInt(sources.size())) + "." + oneOf("a", "b", "c");
  }

  private String condition(int depth) {
    if (depth == 0 || random.nextInt(3) > 0) {
      return term();
    }
    String both =
        "(" + condition(depth - 1) + oneOf(" AND ", " AND ", " OR ") + condition(depth - 1) + ")";
    return random.nextInt(8) == 0 ? "NOT " + both : both;
  }

  private String term() {
    return switch (random.nextInt(9)) {
      case 0 -> column() + " IS NULL";
      case 1 -> column() + " IS NOT NULL";
      case 2 -> column() + oneOf(" > ", " < ", " = ", " <> ", " >= ") + random.nextInt(5);
      case 3 -> column() + " IN (1, 3, NULL)";
      case 4 -> column() + " BETWEEN 1 AND 3";
      case 5 -> "coalesce(" + column() + ", " + column() + ", 9) > " + random.nextInt(4);
      case 6 ->
          column() + " IN (SELECT b FROM " + oneOf("t1", "t2") + " WHERE c = " + column() + ")";
      default -> column() + oneOf(" = ", " = ", " < ", " IS ") + column();
    };
  }

  private String oneOf(String... choices) {
    return choices[random.nextInt(choices.length)];
  }
}
