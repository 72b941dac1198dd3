package dev.tursojdbc.tck.differential;

import java.util.ArrayList;
import java.util.List;

/**
 * Random statements of all kinds on the edge of what has a meaning, as short scripts: what defines
 * something is followed by what uses it.
 */
final class NearlyValidStatements extends NearlyValidQueries {
  static final List<String> SCHEMA =
      List.of(
          "CREATE TABLE t1(a INTEGER PRIMARY KEY, b INT, c TEXT COLLATE NOCASE)",
          "CREATE INDEX t1b ON t1(b)",
          "CREATE TABLE t2(a INT UNIQUE, x, y TEXT DEFAULT 'd', CHECK (a <> 77))",
          "CREATE UNIQUE INDEX t2x ON t2(x) WHERE y IS NOT NULL",
          "CREATE TABLE t3(b, d NOT NULL, UNIQUE (b, d))",
          "CREATE TABLE g1(n INT, p AS (n + 1), q TEXT AS (n || 'q') STORED)",
          "CREATE TABLE w1(k TEXT, n INT, d, PRIMARY KEY (k, n)) WITHOUT ROWID",
          "CREATE TABLE s1(a INTEGER, b TEXT, c ANY) STRICT",
          "CREATE VIEW v1 AS SELECT a, b AS x, count(*) AS n FROM t1 GROUP BY b",
          "CREATE TABLE log(m)",
          "CREATE TRIGGER tr1 AFTER DELETE ON t3 BEGIN INSERT INTO log VALUES (old.b); END",
          "INSERT INTO t1 VALUES (1, 2, 'a'), (2, 2, 'B'), (3, NULL, 'A'), (4, 1, NULL)",
          "INSERT INTO t2 VALUES (1, 'a', 'y'), (2, 'B', NULL), (NULL, 2, 'd')",
          "INSERT INTO t3 VALUES (1, 1), (2, 'a'), (NULL, 3)",
          "INSERT INTO g1(n) VALUES (1), (2)",
          "INSERT INTO w1 VALUES ('a', 1, 2), ('B', 2, NULL)",
          "INSERT INTO s1 VALUES (1, 'b', 2.5), (2, NULL, 'x')");

  NearlyValidStatements(long seed) {
    super(seed);
  }

  List<String> script() {
    List<String> script = new ArrayList<>();
    switch (random.nextInt(20)) {
      case 0, 1 -> script.add(insert());
      case 2 -> script.add(update());
      case 3 -> script.add(delete());
      case 4, 5 -> {
        script.add(createTable());
        script.add("INSERT INTO new1 DEFAULT VALUES");
        script.add("INSERT INTO new1(a) VALUES (1), (2) RETURNING *");
        script.add("SELECT * FROM new1");
      }
      case 6 -> {
        script.add(createIndex());
        script.add("INSERT INTO t1(b, c) VALUES (5, 'n')");
        script.add("SELECT * FROM t1 WHERE b = 5");
      }
      case 7 -> {
        script.add(createView());
        script.add("SELECT * FROM new1");
        script.add("SELECT a FROM new1 WHERE b IS NOT NULL");
      }
      case 8 -> {
        script.add(createTrigger());
        script.add("INSERT INTO t1(b, c) VALUES (7, 'n')");
        script.add("UPDATE t1 SET b = 9 WHERE a = 1");
        script.add("DELETE FROM t1 WHERE a = 2");
      }
      case 9 -> {
        script.add(alter());
        script.add("SELECT * FROM t1, v1");
      }
      default -> script.add(query(1 + random.nextInt(3), 3));
    }
    return script;
  }

  private String identifier(String usual) {
    return mistake()
        ? oneOf("\"" + usual + "\"", "[" + usual + "]", "'" + usual + "'", "sqlite_x", "\"\"", "t1")
        : usual;
  }

  private String returning() {
    return chance(4) ? " RETURNING " + (chance(3) ? "*" : list(2, () -> expression(2))) : "";
  }

  private String conflict() {
    return chance(6) ? oneOf(" OR IGNORE", " OR REPLACE", " OR FAIL", " OR ABORT") : "";
  }

  private String insert() {
    String table = table();
    return within(table, () -> insert(table));
  }

  private String insert(String table) {
    int columns = 1 + random.nextInt(3);
    String sql = (chance(10) ? with(2) : "") + "INSERT" + conflict() + " INTO " + table;
    sql += chance(8) ? " AS r" : "";
    sql += chance(2) ? "" : "(" + list(columns, this::name) + ")";
    sql +=
        switch (random.nextInt(6)) {
          case 0 -> " DEFAULT VALUES";
          case 1, 2 -> " " + rows(columns);
          default ->
              " VALUES "
                  + list(
                      1 + random.nextInt(2),
                      () -> "(" + list(mistake() ? 4 : columns, this::literal) + ")");
        };
    for (int i = chance(3) ? 1 + random.nextInt(2) : 0; i > 0; i--) {
      sql += " ON CONFLICT" + (chance(4) ? "" : " (" + list(1, () -> conflictTarget()) + ")");
      sql += chance(6) ? " WHERE " + expression(1) : "";
      sql +=
          chance(3)
              ? " DO NOTHING"
              : " DO UPDATE SET " + assignments() + (chance(4) ? " WHERE " + expression(2) : "");
    }
    return sql + returning();
  }

  private String rows(int columns) {
    List<String> around = scope;
    scope = mistake() ? around : new ArrayList<>();
    String rows = query(columns, 2);
    scope = around;
    return rows;
  }

  private String conflictTarget() {
    return switch (random.nextInt(5)) {
      case 0 -> "k, n";
      case 1 -> "b, d";
      case 2 -> name();
      case 3 -> "x) WHERE (y IS NOT NULL";
      default -> "a" + oneOf("", "", " DESC", " COLLATE NOCASE", " + 1");
    };
  }

  private String assignments() {
    return list(
        1 + random.nextInt(2),
        () ->
            chance(6)
                ? "(" + list(2, this::name) + ") = (" + list(mistake() ? 3 : 2, this::column) + ")"
                : chance(9)
                    ? "(" + list(2, this::name) + ") = (" + query(mistake() ? 1 : 2, 2) + ")"
                    : name() + " = " + expression(2));
  }

  private String update() {
    String table = table();
    return within(table, () -> update(table));
  }

  private String update(String table) {
    return (chance(10) ? with(2) : "")
        + "UPDATE"
        + conflict()
        + " "
        + table
        + (mistake() ? " AS r" : "")
        + (chance(4) ? updateFrom() : " SET " + assignments())
        + (chance(2) ? " WHERE " + expression(2) : "")
        + returning()
        + (mistake() ? " ORDER BY a LIMIT 1" : "");
  }

  private String updateFrom() {
    String from = " FROM " + from(1);
    return " SET " + assignments() + from;
  }

  private String delete() {
    String table = table();
    return within(table, () -> delete(table));
  }

  private String delete(String table) {
    return (chance(10) ? with(2) : "")
        + "DELETE FROM "
        + table
        + (mistake() ? " AS r" : "")
        + (chance(6) ? "" : " WHERE " + expression(2))
        + returning();
  }

  private String createTable() {
    String sql = "CREATE" + (chance(9) ? " TEMP" : "") + " TABLE ";
    sql += (chance(9) ? "IF NOT EXISTS " : "") + (mistake() ? "nope." : "") + identifier("new1");
    if (chance(9)) {
      return sql + " AS " + query(2, 2);
    }
    int columns = 1 + random.nextInt(3);
    scope = new ArrayList<>(List.of("a", "b", "c").subList(0, columns));
    StringBuilder definitions = new StringBuilder("a" + oneOf(" INTEGER", " INT", " TEXT", ""));
    definitions.append(columnConstraints());
    for (int i = 1; i < columns; i++) {
      definitions.append(", ").append(mistake() ? "a" : identifier(i == 1 ? "b" : "c"));
      definitions.append(oneOf(" INT", " TEXT", " REAL", "", " ANY", " BLOB", " nope(1,2)"));
      definitions.append(columnConstraints());
    }
    for (int i = random.nextInt(3); i > 0 && chance(2); i--) {
      definitions.append(", ").append(tableConstraint());
    }
    return sql
        + "("
        + definitions
        + ")"
        + (chance(5) ? oneOf(" WITHOUT ROWID", " STRICT", " STRICT, WITHOUT ROWID") : "");
  }

  private String columnConstraints() {
    StringBuilder constraints = new StringBuilder();
    for (int i = random.nextInt(3); i > 0; i--) {
      constraints.append(chance(9) ? " CONSTRAINT " + identifier("k1") : "");
      constraints.append(
          switch (random.nextInt(9)) {
            case 0 -> " PRIMARY KEY" + oneOf("", "", " DESC", " AUTOINCREMENT");
            case 1 -> " NOT NULL";
            case 2 -> " UNIQUE";
            case 3 -> " CHECK (" + expression(2) + ")";
            case 4 -> " DEFAULT " + oneOf("1", "-1", "a", "'x'", "(1 + 2)", "(a)", "(abs(1))");
            case 5 -> " COLLATE " + (mistake() ? "nope" : "NOCASE");
            case 6 -> " REFERENCES t1" + oneOf("", "(a)", "(a, b)", "(nope)");
            default -> " AS (" + expression(2) + ")" + oneOf("", " STORED", " VIRTUAL");
          });
    }
    return constraints.toString();
  }

  private String tableConstraint() {
    return switch (random.nextInt(5)) {
      case 0 -> "PRIMARY KEY (" + keys() + ")";
      case 1 -> "UNIQUE (" + keys() + ")";
      case 2 -> "CHECK (" + expression(2) + ")";
      case 3 -> "FOREIGN KEY (" + keys() + ") REFERENCES t1" + oneOf("", "(a)", "(a, b)");
      default -> "CONSTRAINT k2 UNIQUE (a, b)";
    };
  }

  private String keys() {
    return list(1 + random.nextInt(2), () -> mistake() ? expression(1) : oneOf("a", "b", "c"));
  }

  private String createIndex() {
    String table = chance(3) ? table() : "t1";
    return within(table, () -> createIndex(table));
  }

  private String createIndex(String table) {
    scope.replaceAll(column -> column.substring(column.indexOf('.') + 1));
    return "CREATE"
        + (chance(3) ? " UNIQUE" : "")
        + " INDEX "
        + (mistake() ? "temp." : "")
        + (mistake() ? "t1b" : identifier("new1"))
        + " ON "
        + table
        + "("
        + list(1 + random.nextInt(2), () -> (chance(2) ? name() : expression(2)) + direction())
        + ")"
        + (chance(3) ? " WHERE " + expression(2) : "");
  }

  private String direction() {
    return oneOf("", "", " DESC", " COLLATE NOCASE", " ASC") + (mistake() ? " NULLS FIRST" : "");
  }

  private String createView() {
    return "CREATE"
        + (chance(9) ? " TEMP" : "")
        + " VIEW "
        + identifier("new1")
        + (chance(3) ? "(" + list(mistake() ? 3 : 2, this::alias) + ")" : "")
        + " AS "
        + query(2, 2);
  }

  private String createTrigger() {
    String event = oneOf("INSERT", "UPDATE", "DELETE", "UPDATE OF b", "UPDATE OF c, a");
    String row = event.equals("DELETE") != mistake() ? "old" : "new";
    scope = new ArrayList<>(List.of(row + ".a", row + ".b", row + ".c"));
    return "CREATE TRIGGER "
        + identifier("new1")
        + oneOf(" BEFORE ", " AFTER ", " ", mistake() ? " INSTEAD OF " : " AFTER ")
        + event
        + " ON "
        + (mistake() ? table() : "t1")
        + (chance(4) ? " WHEN " + expression(2) : "")
        + " BEGIN "
        + triggerStatement()
        + "; "
        + (chance(4) ? triggerStatement() + "; " : "")
        + "END";
  }

  private String triggerStatement() {
    return switch (random.nextInt(6)) {
      case 0 -> "INSERT INTO log VALUES (" + oneOf("new.b", "old.b", "new.a", "b", "1") + ")";
      case 1 -> "INSERT INTO log SELECT " + expression(2) + " FROM " + from(1);
      case 2 -> "UPDATE t2 SET x = " + expression(2) + (chance(2) ? " WHERE a = new.a" : "");
      case 3 -> "DELETE FROM t3 WHERE " + expression(2);
      case 4 -> "SELECT RAISE(" + oneOf("IGNORE", "ABORT, 'no'", "FAIL, 'f'", "ABORT, new.c") + ")";
      default -> query(1, 2);
    };
  }

  private String alter() {
    String table = chance(2) ? "t1" : table();
    return within(table, () -> alter(table));
  }

  private String alter(String table) {
    scope.replaceAll(column -> column.substring(column.indexOf('.') + 1));
    return "ALTER TABLE "
        + table
        + switch (random.nextInt(5)) {
          case 0 -> " RENAME TO " + identifier("other");
          case 1 -> " RENAME" + oneOf(" COLUMN ", " ") + name() + " TO " + identifier("other");
          case 2 -> " DROP" + oneOf(" COLUMN ", " ") + name();
          default -> " ADD" + oneOf(" COLUMN ", " ") + identifier("e") + columnConstraints();
        };
  }
}
