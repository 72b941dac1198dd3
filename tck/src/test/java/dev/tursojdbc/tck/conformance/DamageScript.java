package dev.tursojdbc.tck.conformance;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * What is asked of a damaged database: a script that reads, and scripts that write, each of which
 * gets a copy of its own.
 */
final class DamageScript {
  /** More tables than this say nothing new. */
  private static final int MAX_TABLES = 6;

  /**
   * A statement.
   *
   * @param kind what differences of it are grouped by
   */
  record Step(String kind, String sql) {}

  static final List<Step> HEADER =
      List.of(
          step("PRAGMA user_version"),
          step("PRAGMA page_count"),
          step("PRAGMA freelist_count"),
          step("SELECT * FROM sqlite_schema"),
          step("PRAGMA integrity_check"),
          step("PRAGMA quick_check"),
          step("PRAGMA integrity_check(3)"));

  /** So that both engines can write; files in the older mode are not what is asked about. */
  static final Step PREPARATION = step("PRAGMA journal_mode=WAL");

  private final List<String> tables = new ArrayList<>();
  private final List<String[]> indexes = new ArrayList<>();

  private static Step step(String sql) {
    return new Step(sql, sql);
  }

  /** Looks at what the reference can see of the schema. */
  DamageScript(Statement reference) {
    collect(reference);
  }

  private void collect(Statement reference) {
    try {
      try (ResultSet rows = reference.executeQuery("PRAGMA main.table_list")) {
        while (rows.next() && tables.size() < MAX_TABLES) {
          String name = rows.getString("name");
          boolean main = "main".equals(rows.getString("schema"));
          if (main && !name.startsWith("sqlite_schema") && name.indexOf('\0') < 0) {
            tables.add(name);
          }
        }
      }
      for (String table : tables) {
        collectIndexes(reference, table);
      }
    } catch (SQLException e) {
      // Without a schema there is nothing to ask but what everybody is asked.
      tables.clear();
    }
  }

  private void collectIndexes(Statement reference, String table) throws SQLException {
    String sql =
        "SELECT l.name, i.name FROM pragma_index_list("
            + literal(table)
            + ") l, pragma_index_info(l.name) i WHERE i.seqno=0 AND l.origin='c'";
    try (ResultSet rows = reference.executeQuery(sql)) {
      while (rows.next()) {
        if (rows.getString(2) != null) {
          indexes.add(new String[] {table, rows.getString(1), rows.getString(2)});
        }
      }
    }
  }

  List<Step> reading() {
    List<Step> steps = new ArrayList<>(HEADER);
    for (String name : tables) {
      String table = quoted(name);
      steps.add(new Step("SELECT *", "SELECT * FROM " + table));
      steps.add(new Step("SELECT count(*)", "SELECT count(*) FROM " + table));
      steps.add(
          new Step("ORDER BY rowid", "SELECT rowid, * FROM " + table + " ORDER BY rowid DESC"));
      steps.add(new Step("rowid =", "SELECT * FROM " + table + " WHERE rowid=2"));
    }
    for (String[] index : indexes) {
      String indexed = quoted(index[0]) + " INDEXED BY " + quoted(index[1]);
      String column = quoted(index[2]);
      steps.add(
          new Step("index only", "SELECT " + column + " FROM " + indexed + " ORDER BY " + column));
      steps.add(new Step("by index", "SELECT * FROM " + indexed + " WHERE " + column + ">='a'"));
    }
    return steps;
  }

  /** Each is followed by a look at what it made of the file. */
  List<List<Step>> writing() {
    List<List<Step>> scripts = new ArrayList<>();
    scripts.add(List.of(step("VACUUM")));
    scripts.add(List.of(step("REINDEX")));
    scripts.add(
        List.of(
            new Step("CREATE TABLE", "CREATE TABLE new1(a INTEGER PRIMARY KEY, b UNIQUE)"),
            new Step("fill new", "INSERT INTO new1 VALUES(1, zeroblob(3000)), (2, 'x')")));
    for (String name : tables) {
      String table = quoted(name);
      scripts.add(
          List.of(
              new Step("DELETE rowid", "DELETE FROM " + table + " WHERE rowid%2"),
              new Step(
                  "INSERT SELECT", "INSERT OR IGNORE INTO " + table + " SELECT * FROM " + table),
              new Step("DELETE all", "DELETE FROM " + table)));
      scripts.add(List.of(new Step("DROP TABLE", "DROP TABLE " + table)));
      scripts.add(
          List.of(
              new Step("CREATE INDEX", "CREATE INDEX new2 ON " + table + "(rowid)"),
              new Step("ALTER TABLE", "ALTER TABLE " + table + " ADD COLUMN new3 DEFAULT 5"),
              new Step("UPDATE", "UPDATE " + table + " SET new3=randomblob(20)||rowid")));
    }
    for (String[] index : indexes) {
      scripts.add(
          List.of(
              new Step(
                  "UPDATE indexed",
                  "UPDATE "
                      + quoted(index[0])
                      + " SET "
                      + quoted(index[2])
                      + "="
                      + quoted(index[2])
                      + "||'x'"),
              new Step("DROP INDEX", "DROP INDEX " + quoted(index[1]))));
    }
    return scripts;
  }

  private static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  private static String literal(String text) {
    return "'" + text.replace("'", "''") + "'";
  }
}
