package dev.tursojdbc.tck.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Makes random queries over {@link #SCHEMA} whose answer does not depend on the plan: rows may come
 * in any order, but which rows and values come is settled.
 *
 * <p>So a query with groups shows its keys and aggregates only, values that are equal are the same
 * to the letter, sums are exact whatever their order, and LIMIT stands behind an order that leaves
 * no ties.
 */
final class RandomSelect {
  static final List<String> SCHEMA =
      List.of(
          "CREATE TABLE t1(a INTEGER PRIMARY KEY, b INT, c TEXT, d)",
          "CREATE INDEX t1b ON t1(b, c)",
          "CREATE TABLE t2(b INT, y TEXT COLLATE NOCASE, z REAL)",
          "CREATE INDEX t2y ON t2(y)",
          "CREATE INDEX t2z ON t2(z DESC, b) WHERE z IS NOT NULL",
          "CREATE TABLE t3(k TEXT, n INT, v, PRIMARY KEY(k, n)) WITHOUT ROWID",
          "CREATE TABLE t4(e UNIQUE, f INT NOT NULL DEFAULT 3)",
          "CREATE VIEW v1 AS SELECT b, count(*) AS n, max(c) AS m FROM t1 GROUP BY b",
          "CREATE VIEW v2 AS SELECT t1.a AS a, t2.y AS y FROM t1 LEFT JOIN t2 ON t1.b = t2.b",
          "INSERT INTO t1 VALUES (1, 3, 'alpha', NULL), (2, 5, 'beta', 7), (3, NULL, 'gamma', 'x'),"
              + " (4, 3, NULL, -2), (5, 0, '', 'beta'), (7, 5, '12', 12), (9, -4, 'alpha', x'0102'),"
              + " (12, 3, 'delta', 100), (15, 8, '3', '3'), (20, 5, 'zeta', NULL)",
          "INSERT INTO t2 VALUES (3, 'alpha', 0.5), (5, 'beta', -1.5), (5, NULL, 2.0), (NULL, 'eta', 4.5),"
              + " (0, 'alpha', NULL), (8, '12', 12.0), (3, 'beta', 0.5), (-4, '', 100.25)",
          "INSERT INTO t3 VALUES ('alpha', 1, 5), ('alpha', 2, NULL), ('beta', 3, 'beta'), ('', 0, 12),"
              + " ('12', 5, -2), ('zeta', 3, x'61'), ('omega', 8, 'alpha')",
          "INSERT INTO t4 VALUES (1, 3), ('alpha', 5), (NULL, 0), (NULL, 3), (12, -4), ('12', 8)");

  /** A source by its name in the query, and its columns. */
  private record Table(String name, List<String> columns) {}

  private static final List<Table> TABLES =
      List.of(
          new Table("t1", List.of("a", "b", "c", "d")),
          new Table("t2", List.of("b", "y", "z")),
          new Table("t3", List.of("k", "n", "v")),
          new Table("t4", List.of("e", "f")),
          new Table("v1", List.of("b", "n", "m")),
          new Table("v2", List.of("a", "y")));

  private final Random random;
  private int names;

  RandomSelect(long seed) {
    this.random = new Random(seed);
  }

  String query() {
    return query(new ArrayList<>(), 1 + random.nextInt(4), 2);
  }

  private boolean chance(int oneIn) {
    return random.nextInt(oneIn) == 0;
  }

  private <T> T pick(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }

  private String newName() {
    return "s" + names++;
  }

  /**
   * @param outer columns of queries around this one, with their tables' names
   * @param depth how far queries may nest still
   */
  private String query(List<String> outer, int columns, int depth) {
    if (depth > 0 && chance(9)) {
      String operator = pick(List.of(" UNION ", " UNION ALL ", " INTERSECT ", " EXCEPT "));
      return select(outer, columns, depth - 1) + operator + select(outer, columns, depth - 1);
    }
    if (depth > 0 && chance(12)) {
      return limited(outer, columns, depth);
    }
    if (depth > 1 && chance(12)) {
      String name = newName();
      // Not a compound: the reference moves conditions into its parts and compares differently
      // there.
      String inner = select(new ArrayList<>(), 2, depth - 1);
      return "WITH %s(p, q) AS (%s) SELECT %s FROM %s WHERE %s"
          .formatted(
              name,
              inner,
              list(columns, () -> expression(List.of(name + ".p", name + ".q"), 1, 0)),
              name,
              expression(List.of(name + ".p", name + ".q"), 2, 0));
    }
    return select(outer, columns, depth);
  }

  private String limited(List<String> outer, int columns, int depth) {
    String name = newName();
    List<String> items = new ArrayList<>();
    List<String> order = new ArrayList<>();
    String inner = select(outer, columns, depth - 1);
    StringBuilder labels = new StringBuilder();
    for (int i = 0; i < columns; i++) {
      labels.append(i == 0 ? "" : ", ").append("l").append(i);
      items.add(name + ".l" + i);
      order.add("quote(" + name + ".l" + i + ")" + (chance(2) ? " DESC" : ""));
    }
    return "WITH %s(%s) AS (%s) SELECT %s FROM %s ORDER BY %s LIMIT %d OFFSET %d"
        .formatted(
            name,
            labels,
            inner,
            String.join(", ", items),
            name,
            String.join(", ", order),
            random.nextInt(8),
            random.nextInt(4));
  }

  private String select(List<String> outer, int columns, int depth) {
    List<String> own = new ArrayList<>();
    StringBuilder from = new StringBuilder();
    int sources = 1 + (chance(2) ? 1 + random.nextInt(2) : 0);
    for (int i = 0; i < sources; i++) {
      addSource(from, own, i == 0, depth);
    }
    List<String> scope = new ArrayList<>(own);
    scope.addAll(outer);
    String where = chance(3) ? "" : " WHERE " + expression(scope, 3, depth);
    if (chance(4)) {
      return grouped(from, own, where, columns);
    }
    String distinct = chance(5) ? "DISTINCT " : "";
    String order = chance(4) ? " ORDER BY " + (1 + random.nextInt(columns)) : "";
    boolean mayOrder = depth == 2;
    return "SELECT "
        + distinct
        + list(columns, () -> expression(scope, 2, depth))
        + " FROM "
        + from
        + where
        + (mayOrder ? order : "");
  }

  private void addSource(StringBuilder from, List<String> own, boolean first, int depth) {
    String name = newName();
    List<String> added = new ArrayList<>();
    String source;
    if (depth > 0 && chance(6)) {
      source = "(SELECT %s) AS ".formatted(derived(depth)) + name;
      added.add(name + ".u");
      added.add(name + ".w");
    } else {
      Table table = pick(TABLES);
      source = table.name() + " AS " + name;
      table.columns().forEach(column -> added.add(name + "." + column));
    }
    if (first) {
      from.append(source);
      own.addAll(added);
      return;
    }
    String join =
        pick(List.of(", ", " JOIN ", " LEFT JOIN ", " LEFT JOIN ", " CROSS JOIN ", " RIGHT JOIN "));
    from.append(join).append(source);
    List<String> before = List.copyOf(own);
    own.addAll(added);
    if (join.equals(", ")) {
      return;
    }
    String on =
        chance(2) ? pick(before) + " = " + pick(added) : expression(new ArrayList<>(own), 2, 0);
    from.append(" ON ").append(on);
  }

  private String derived(int depth) {
    Table table = pick(TABLES);
    String name = newName();
    List<String> columns = table.columns().stream().map(c -> name + "." + c).toList();
    return "%s AS u, %s AS w FROM %s AS %s WHERE %s"
        .formatted(
            pick(columns),
            expression(columns, 1, 0),
            table.name(),
            name,
            expression(columns, 2, depth - 1));
  }

  private String grouped(StringBuilder from, List<String> own, String where, int columns) {
    List<String> keys = new ArrayList<>();
    int count = random.nextInt(3);
    for (int i = 0; i < count; i++) {
      keys.add(chance(3) ? "coalesce(" + pick(own) + ", 3)" : pick(own));
    }
    String items = list(columns, () -> !keys.isEmpty() && chance(2) ? pick(keys) : aggregate(own));
    StringBuilder sql = new StringBuilder("SELECT ").append(items).append(" FROM ").append(from);
    sql.append(where);
    if (!keys.isEmpty()) {
      sql.append(" GROUP BY ").append(String.join(", ", keys));
      if (chance(3)) {
        sql.append(" HAVING ").append(aggregate(own)).append(comparison()).append(literal());
      }
    }
    return sql.toString();
  }

  /** Of this query: one of columns around it alone would be the outer query's. */
  private String aggregate(List<String> own) {
    String argument = expression(own, 1, 0);
    return switch (random.nextInt(8)) {
      case 0 -> "count(*)";
      case 1 -> "count(DISTINCT " + argument + ")";
      case 2 -> "sum(length(" + argument + "))";
      case 3 -> "min(" + argument + ")";
      case 4 -> "max(" + argument + ")";
      case 5 -> "count(" + argument + ") FILTER (WHERE " + expression(own, 1, 0) + ")";
      case 6 -> "total(length(" + argument + ")) + 1";
      default -> "count(" + argument + ")";
    };
  }

  private interface Item {
    String make();
  }

  private static String list(int count, Item item) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < count; i++) {
      text.append(i == 0 ? "" : ", ").append(item.make());
    }
    return text.toString();
  }

  private String comparison() {
    return pick(List.of(" = ", " <> ", " < ", " <= ", " > ", " >= ", " IS ", " IS NOT "));
  }

  private String literal() {
    return pick(
        List.of(
            "0", "1", "3", "5", "-4", "12", "NULL", "'alpha'", "'BETA'", "'12'", "''", "2.5", "0.5",
            "x'61'", "100"));
  }

  private String expression(List<String> scope, int depth, int queries) {
    if (depth == 0 || chance(5)) {
      return chance(4) ? literal() : pick(scope);
    }
    int next = depth - 1;
    if (queries > 0 && chance(7)) {
      return subquery(scope, queries - 1);
    }
    String first = expression(scope, next, queries);
    return switch (random.nextInt(16)) {
      case 0, 1, 2 -> "(" + first + comparison() + expression(scope, next, queries) + ")";
      case 3 -> "(" + first + " AND " + expression(scope, next, queries) + ")";
      case 4 -> "(" + first + " OR " + expression(scope, next, queries) + ")";
      case 5 -> "(NOT " + first + ")";
      case 6 -> "(" + first + (chance(2) ? " IS NULL)" : " NOTNULL)");
      case 7 -> "(" + first + (chance(2) ? " IN (" : " NOT IN (") + list(3, this::literal) + "))";
      case 8 -> "(" + first + " BETWEEN " + literal() + " AND " + literal() + ")";
      case 9 ->
          "(" + first + pick(List.of(" + ", " - ", " * ", " / ", " % ", " || ")) + literal() + ")";
      case 10 -> "CASE WHEN " + first + " THEN " + pick(scope) + " ELSE " + literal() + " END";
      case 11 -> "coalesce(" + first + ", " + pick(scope) + ")";
      case 12 ->
          pick(List.of("abs", "length", "typeof", "upper", "quote", "hex")) + "(" + first + ")";
      case 13 ->
          "("
              + first
              + pick(List.of(" LIKE ", " GLOB "))
              + pick(List.of("'%a'", "'a*'", "'_2'"))
              + ")";
      case 14 -> "CAST(" + first + " AS " + pick(List.of("TEXT", "INT", "NUMERIC")) + ")";
      default -> "(" + pick(scope) + comparison() + literal() + ")";
    };
  }

  private String subquery(List<String> scope, int queries) {
    return switch (random.nextInt(4)) {
      case 0 -> "EXISTS (" + query(scope, 1, queries) + ")";
      case 1 -> "(" + pick(scope) + " IN (" + query(scope, 1, queries) + "))";
      case 2 -> "(" + pick(scope) + " NOT IN (" + query(scope, 1, queries) + "))";
      default -> {
        Table table = pick(TABLES);
        String name = newName();
        List<String> all = new ArrayList<>(scope);
        table.columns().forEach(column -> all.add(name + "." + column));
        yield "(SELECT %s FROM %s AS %s WHERE %s)"
            .formatted(
                pick(
                    List.of(
                        "count(*)",
                        "max(" + name + "." + pick(table.columns()) + ")",
                        "min(" + name + "." + pick(table.columns()) + ")")),
                table.name(),
                name,
                expression(all, 2, 0));
      }
    };
  }
}
