package dev.tursojdbc.tck.differential;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Small tables with all kinds of indexes, some with statistics, and queries for which there is
 * something to choose: by which index, in which order, whether to sort.
 */
final class RandomPlans {
  private static final String[] COLUMNS = {"a", "b", "c", "d"};

  private final Random random;

  /** Names of the sources of the query that is being written. */
  private List<String> sources = new ArrayList<>();

  RandomPlans(long seed) {
    random = new Random(seed * 7919);
  }

  List<String> tables() {
    List<String> statements = new ArrayList<>();
    List<String> statistics = new ArrayList<>();
    for (int number = 1; number <= 3; number++) {
      table(number, statements, statistics);
    }
    statements.add("CREATE VIEW v1 AS SELECT a, b, c, d FROM t1 WHERE b " + oneOf("> 2", "= 3"));
    statements.add(
        "CREATE VIEW v2 AS SELECT a, b, c, d FROM t2 UNION ALL SELECT d, c, b, a FROM t3");
    statements.add("CREATE VIEW v3 AS SELECT a, max(b) b, min(c) c, 1 d FROM t3 GROUP BY a");
    if (random.nextInt(3) == 0) {
      statements.add("ANALYZE sqlite_schema");
      statements.addAll(statistics);
      statements.add("ANALYZE sqlite_schema");
    }
    return statements;
  }

  private void table(int number, List<String> statements, List<String> statistics) {
    String table = "t" + number;
    String key =
        oneOf(
            "a INT", "a INT", "a INTEGER PRIMARY KEY", "a INT UNIQUE", "a TEXT", "a INT NOT NULL");
    String primaryKey = key.equals("a INT") && random.nextInt(3) == 0 ? key(", PRIMARY KEY(") : "";
    boolean keyed = !primaryKey.isEmpty() && random.nextBoolean();
    statements.add(
        "CREATE TABLE %s(%s, b %s, c %s, d%s)%s"
            .formatted(
                table,
                key,
                oneOf("INT", "TEXT", "", "INT NOT NULL", "TEXT COLLATE NOCASE"),
                oneOf("INT", "REAL", "", "TEXT"),
                primaryKey,
                keyed ? " WITHOUT ROWID" : ""));
    for (int rows = random.nextInt(40); rows > 0; rows--) {
      statements.add(
          "INSERT OR IGNORE INTO %s VALUES (%s, %s, %s, %s)"
              .formatted(table, random.nextInt(30), value(), value(), value()));
    }
    long count = 10L << random.nextInt(12);
    for (int i = 0; i < 3; i++) {
      if (random.nextInt(3) == 0) {
        continue;
      }
      String index = "i" + number + i;
      int columns = index(index, table, statements);
      StringBuilder numbers = new StringBuilder(String.valueOf(count));
      long perKey = count;
      for (int j = 0; j < columns; j++) {
        perKey = Math.max(1, perKey / (1 + random.nextInt(30)));
        numbers.append(' ').append(perKey);
      }
      statistics.add(
          "INSERT INTO sqlite_stat1 VALUES ('%s', '%s', '%s')".formatted(table, index, numbers));
    }
    if (random.nextInt(3) == 0) {
      statistics.add("INSERT INTO sqlite_stat1 VALUES ('%s', NULL, '%d')".formatted(table, count));
    }
  }

  private String key(String opening) {
    return opening + oneOf("a", "a, b", "b, a", "a DESC", "c, a") + ")";
  }

  private int index(String index, String table, List<String> statements) {
    boolean unique = random.nextInt(5) == 0;
    List<String> columns = new ArrayList<>();
    String first = column("");
    columns.add(first);
    for (int more = random.nextInt(3); more > 0; more--) {
      String column = column("");
      if (!columns.contains(column)) {
        columns.add(column);
      }
    }
    if (random.nextInt(8) == 0) {
      columns.set(0, oneOf("a + b", "abs(c)", "lower(b)"));
    }
    columns.replaceAll(
        column ->
            column
                + (random.nextInt(10) == 0 ? " COLLATE NOCASE" : "")
                + (random.nextInt(5) == 0 ? " DESC" : ""));
    if (unique) {
      // All columns, so that no row is in the way.
      statements.add(
          "DELETE FROM %1$s WHERE EXISTS (SELECT 1 FROM %1$s AS o WHERE o.a = %1$s.a AND o.b < %1$s.b)"
              .formatted(table));
    }
    String where =
        random.nextInt(7) == 0
            ? " WHERE " + oneOf("b IS NOT NULL", "c > 2", "d = 1", "a < 20")
            : "";
    statements.add(
        "CREATE %sINDEX %s ON %s(%s)%s"
            .formatted(unique ? "UNIQUE " : "", index, table, String.join(", ", columns), where));
    return columns.size();
  }

  private String value() {
    return switch (random.nextInt(12)) {
      case 0 -> "NULL";
      case 1 -> "'" + oneOf("x", "Xy", "xyz", "ab") + "'";
      case 2 -> random.nextInt(5) + ".5";
      default -> String.valueOf(random.nextInt(8));
    };
  }

  /** A query; may come in any order. */
  String query() {
    return switch (random.nextInt(12)) {
      case 0 -> compound();
      case 1 -> withClause() + select(1 + random.nextInt(2), true);
      default -> select(sourceCount(), false);
    };
  }

  private int sourceCount() {
    int number = random.nextInt(10);
    return number < 5 ? 1 : number < 8 ? 2 : number < 9 ? 3 : 4;
  }

  private String withClause() {
    return "WITH w AS %s(SELECT a, b, c, d FROM %s WHERE %s) "
        .formatted(
            oneOf("", "", "MATERIALIZED ", "NOT MATERIALIZED "),
            oneOf("t1", "t2", "t3"),
            oneOf("a > 3", "b = 2", "c IS NULL", "1"));
  }

  private String compound() {
    StringBuilder query = new StringBuilder();
    for (int arms = 2 + random.nextInt(2); arms > 0; arms--) {
      sources = new ArrayList<>();
      query.append("SELECT ");
      String from = from(1, false);
      query.append(column(source())).append(", ").append(column(source()));
      query.append(" FROM ").append(from).append(where());
      if (arms > 1) {
        query.append(oneOf(" UNION ALL ", " UNION ALL ", " UNION ", " EXCEPT ", " INTERSECT "));
      }
    }
    query.append(
        oneOf("", " ORDER BY 1", " ORDER BY 2 DESC", " ORDER BY 1, 2", " ORDER BY 2, 1 DESC"));
    return query.append(oneOf("", "", " LIMIT 3")).toString();
  }

  private String select(int count, boolean with) {
    sources = new ArrayList<>();
    String from = from(count, with);
    String tail = " FROM " + from + where();
    String first = column(source());
    String second = column(source());
    return switch (random.nextInt(10)) {
      case 0 ->
          "SELECT %s, count(*), max(%s)".formatted(first, second)
              + tail
              + " GROUP BY "
              + oneOf(first, first + ", " + second)
              + order(first, second);
      case 1 ->
          "SELECT DISTINCT "
              + oneOf(first, first + ", " + second)
              + tail
              + oneOf("", " ORDER BY 1");
      case 2 -> "SELECT " + oneOf("max(", "min(", "count(") + first + ")" + tail;
      case 3 -> "SELECT " + first + ", " + second + tail;
      default ->
          "SELECT "
              + oneOf("*", first + ", " + second, first)
              + tail
              + order(first, second)
              + oneOf("", "", " LIMIT 4", " LIMIT 2 OFFSET 1");
    };
  }

  private String order(String first, String second) {
    return switch (random.nextInt(6)) {
      case 0 -> " ORDER BY " + first + direction();
      case 1 -> " ORDER BY " + first + direction() + ", " + second + direction();
      case 2 -> " ORDER BY " + column(source()) + direction() + ", " + first + direction();
      default -> "";
    };
  }

  private String direction() {
    return oneOf("", "", " DESC", " ASC", " DESC NULLS LAST");
  }

  private String from(int count, boolean with) {
    StringBuilder from = new StringBuilder();
    for (int i = 0; i < count; i++) {
      String kind =
          oneOf(
              " JOIN ",
              ", ",
              ", ",
              " JOIN ",
              " LEFT JOIN ",
              " LEFT JOIN ",
              " CROSS JOIN ",
              " RIGHT JOIN ",
              " FULL JOIN ");
      if (i > 0) {
        from.append(kind);
      }
      from.append(table(with && i == 0));
      if (i > 0 && !kind.equals(", ") && !kind.startsWith(" CROSS")) {
        if (random.nextInt(5) == 0) {
          from.append(" USING (").append(oneOf("a", "b", "c, d")).append(')');
        } else {
          from.append(" ON ").append(join());
        }
      }
    }
    return from.toString();
  }

  private String table(boolean with) {
    String name = "x" + sources.size();
    sources.add(name);
    if (with) {
      return "w AS " + name;
    }
    return switch (random.nextInt(12)) {
          case 0 -> oneOf("v1", "v2", "v3");
          case 1 ->
              "(SELECT a, b, c, d FROM "
                  + oneOf("t1", "t2", "t3")
                  + oneOf(
                      "",
                      " WHERE c = 2",
                      " ORDER BY b",
                      " ORDER BY b LIMIT 5",
                      " WHERE a > 4 LIMIT 7")
                  + ")";
          default -> oneOf("t1", "t2", "t3");
        }
        + " AS "
        + name;
  }

  private String join() {
    String right = sources.get(sources.size() - 1);
    String left = sources.get(random.nextInt(sources.size() - 1));
    String condition =
        column(left) + oneOf(" = ", " = ", " = ", " = ", " > ", " IS ") + column(right);
    return random.nextInt(4) == 0 ? condition + " AND " + term(1) : condition;
  }

  private String where() {
    List<String> terms = new ArrayList<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      terms.add(term(1));
    }
    if (sources.size() > 1 && random.nextInt(3) > 0) {
      terms.add(join());
    }
    return terms.isEmpty() ? "" : " WHERE " + String.join(" AND ", terms);
  }

  private String term(int depth) {
    String column = column(source());
    return switch (random.nextInt(20)) {
      case 0 -> column + " IS NULL";
      case 1 -> column + " IS NOT NULL";
      case 2, 3 -> column + oneOf(" > ", " < ", " >= ", " <= ") + constant();
      case 4, 5, 6 -> column + oneOf(" = ", " IS ", " = ") + constant();
      case 7 -> column + " IN (1, 3, " + constant() + ")";
      case 8 -> column + " BETWEEN 1 AND " + constant();
      case 9 -> column + oneOf(" LIKE 'x%'", " GLOB 'x*'", " LIKE 'Xy'");
      case 10 ->
          column
              + " IN (SELECT "
              + column("")
              + " FROM "
              + oneOf("t1", "t2", "t3")
              + oneOf("", " WHERE a > 3", " WHERE c = 2")
              + ")";
      case 11 ->
          oneOf("", "NOT ")
              + "EXISTS (SELECT 1 FROM "
              + oneOf("t1", "t2", "t3")
              + " AS y WHERE y."
              + column("")
              + " = "
              + column
              + oneOf("", " AND y.b > 2")
              + ")";
      case 12 -> {
        String other = sibling(column);
        yield "("
            + column
            + ", "
            + other
            + ")"
            + oneOf(
                " = (2, 3)",
                " > (2, 3)",
                " <= (3, 1)",
                " IN (SELECT b, c FROM t3)",
                " IN (VALUES (1, 2), (3, 4))");
      }
      case 13 -> "abs(" + column + ") = " + constant();
      case 14 -> column + " = (SELECT max(" + column("") + ") FROM " + oneOf("t1", "t2") + ")";
      case 15 -> "(SELECT count(*) FROM t2 AS z WHERE z." + column("") + " = " + column + ") > 1";
      case 16, 17 -> depth == 0 ? column + " = 1" : "(" + term(0) + " OR " + term(0) + ")";
      case 18 ->
          depth == 0 ? column + " > 4" : "(" + term(0) + " AND " + term(0) + " OR " + term(0) + ")";
      default -> column + oneOf(" = ", " < ", " >= ") + column(source());
    };
  }

  private String sibling(String column) {
    return column.substring(0, column.length() - 1) + oneOf(COLUMNS);
  }

  private String constant() {
    return oneOf("1", "2", "3", "5", "7", "0", "2.5", "'x'", "9", "12");
  }

  private String source() {
    return sources.get(random.nextInt(sources.size()));
  }

  private String column(String source) {
    return (source.isEmpty() ? "" : source + ".") + oneOf(COLUMNS);
  }

  private String oneOf(String... choices) {
    return choices[random.nextInt(choices.length)];
  }
}
