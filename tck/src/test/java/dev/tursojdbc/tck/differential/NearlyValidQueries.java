package dev.tursojdbc.tck.differential;

import java.util.ArrayList;
import java.util.List;

/** Random queries with a mistake now and then: in the joins, in GROUP BY, in compounds, in WITH. */
class NearlyValidQueries extends NearlyValidExpressions {
  private int sources;

  NearlyValidQueries(long seed) {
    super(seed);
  }

  @Override
  final String query(int columns, int depth) {
    List<String> around = scope;
    scope = new ArrayList<>(around);
    String made = queryHere(columns, depth);
    scope = around;
    return made;
  }

  private String queryHere(int columns, int depth) {
    String core = chance(9) ? values(columns, depth) : select(columns, depth);
    if (chance(8)) {
      int other = mistake() ? columns + 1 : columns;
      core += oneOf(" UNION ", " UNION ALL ", " INTERSECT ", " EXCEPT ") + select(other, depth);
    }
    StringBuilder sql = new StringBuilder(chance(12) ? with(depth) : "").append(core);
    if (chance(5)) {
      sql.append(" ORDER BY ").append(list(1 + random.nextInt(2), () -> orderTerm(columns, depth)));
    }
    if (chance(15)) {
      sql.append(" LIMIT ").append(chance(6) ? expression(depth - 1) : "9");
    }
    return sql.toString();
  }

  private String values(int columns, int depth) {
    int rows = 1 + random.nextInt(3);
    return "VALUES "
        + list(
            rows,
            () -> "(" + list(mistake() ? columns + 1 : columns, () -> expression(depth - 1)) + ")");
  }

  final String with(int depth) {
    String name = oneOf("z", "r", "t1");
    String names = chance(2) ? "" : "(" + list(mistake() ? 2 : 1, this::alias) + ")";
    if (chance(3)) {
      return "WITH RECURSIVE "
          + name
          + "(n) AS (SELECT 1 "
          + (mistake() ? "UNION " : "UNION ALL ")
          + "SELECT "
          + (mistake() ? "count(*)" : "n + 1")
          + (mistake() ? ", 2" : "")
          + " FROM "
          + name
          + (mistake() ? ", " + name + " AS again" : "")
          + " WHERE n < 4"
          + (mistake() ? " AND n IN (SELECT n FROM " + name + ")" : "")
          + (mistake() ? oneOf(" GROUP BY n", " ORDER BY nope", " ORDER BY 1 LIMIT 2") : "")
          + ") ";
    }
    return "WITH "
        + name
        + names
        + oneOf(" AS (", " AS (", " AS MATERIALIZED (", " AS NOT MATERIALIZED (")
        + select(1, depth - 1)
        + ")"
        + (mistake() ? ", " + oneOf("z", "y") + " AS (SELECT * FROM y)" : "")
        + " ";
  }

  private String orderTerm(int columns, int depth) {
    String term =
        switch (random.nextInt(4)) {
          case 0 -> String.valueOf(mistake() ? columns + 1 : 1 + random.nextInt(columns));
          case 1 -> alias();
          default -> expression(depth - 1);
        };
    return term + oneOf("", "", " DESC", " COLLATE NOCASE", " NULLS LAST");
  }

  final String select(int columns, int depth) {
    StringBuilder sql = new StringBuilder("SELECT ");
    sql.append(chance(9) ? "DISTINCT " : "");
    boolean groups = chance(4);
    String from = chance(10) ? "" : " FROM " + from(depth);
    sql.append(list(columns, () -> resultColumn(groups, depth))).append(from);
    if (chance(2)) {
      sql.append(" WHERE ").append(expression(depth - 1));
    }
    if (groups && chance(2)) {
      String key = chance(4) ? String.valueOf(1 + random.nextInt(columns)) : expression(depth - 1);
      sql.append(" GROUP BY ").append(chance(3) ? alias() : key);
    }
    if ((groups && chance(2)) || mistake()) {
      sql.append(" HAVING ").append(chance(2) ? aggregate(1) + " > 0" : expression(depth - 1));
    }
    if (chance(25)) {
      sql.append(" WINDOW win AS (").append(windowDefinition(depth - 1)).append(")");
    }
    return sql.toString();
  }

  private String resultColumn(boolean groups, int depth) {
    if (chance(14)) {
      return chance(3) ? oneOf("t1.*", "r.*", "z.*", "v1.*", "nope.*") : "*";
    }
    String value = groups && chance(2) ? aggregate(depth - 1) : expression(depth - 1);
    return value + (chance(3) ? oneOf(" AS ", " ") + alias() : "");
  }

  final String from(int depth) {
    StringBuilder sql = new StringBuilder(source(depth));
    int more = chance(3) ? 1 + random.nextInt(2) : 0;
    for (int i = 0; i < more; i++) {
      boolean natural = chance(6);
      String join = oneOf(" JOIN ", " LEFT JOIN ", " CROSS JOIN ", " RIGHT JOIN ", " FULL JOIN ");
      boolean comma = !natural && chance(4);
      sql.append(natural ? " NATURAL" : "").append(comma ? ", " : join).append(source(depth));
      if (natural ? mistake() : !comma && !chance(4)) {
        sql.append(
            chance(3)
                ? " USING (" + list(mistake() ? 2 : 1, this::name) + ")"
                : " ON " + expression(depth - 1));
      }
    }
    return sql.toString();
  }

  private String source(int depth) {
    String name = mistake() ? "t1" : "r" + ++sources;
    String as = oneOf(" AS ", " ") + name;
    if (depth > 0 && chance(6)) {
      int columns = 1 + random.nextInt(2);
      List<String> around = scope;
      scope = mistake() ? new ArrayList<>(around) : new ArrayList<>();
      String names = columns == 1 ? "m1" : "m1, m2";
      String inner =
          chance(3)
              ? "WITH n1(%s) AS (%s) SELECT * FROM n1".formatted(names, query(columns, depth - 1))
              : query(columns, depth - 1);
      scope = around;
      if (inner.startsWith("WITH n1")) {
        offer(name, List.of(names.split(", ", -1)));
      }
      return "(" + inner + ")" + as;
    }
    if (depth > 0 && chance(12)) {
      return "(" + from(depth - 1) + ")" + (mistake() ? as : "");
    }
    if (chance(25)) {
      return oneOf("json_each('[1,2]')", "pragma_table_info('t1')", "json_each(1, 2, 3)", "abs(1)")
          + as;
    }
    String hint = mistake() ? oneOf(" INDEXED BY t1b", " INDEXED BY nope", " NOT INDEXED") : "";
    String table = mistake() ? oneOf("z", "r") : table();
    boolean named = chance(2) || scope.stream().anyMatch(c -> c.startsWith(table + "."));
    offerTable(table, named ? name : table);
    return table + (named ? as : "") + hint;
  }
}
