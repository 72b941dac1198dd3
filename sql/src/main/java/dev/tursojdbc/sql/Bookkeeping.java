package dev.tursojdbc.sql;

import dev.tursojdbc.sql.parse.Identifiers;
import dev.tursojdbc.sql.schema.Table;

/**
 * What the engine's own tables (sqlite_sequence, sqlite_stat1) say about one object of their
 * database. Who may edit the schema may have made them otherwise than the engine does: WITHOUT
 * ROWID, with constraints, or without the column; then it is done as SQLite does it always, by an
 * UPDATE or DELETE.
 */
final class Bookkeeping {
  private final Session session;
  private final SessionDatabase database;

  Bookkeeping(Session session, SessionDatabase database) {
    this.session = session;
    this.database = database;
  }

  /** Deletes the rows of a table, if there is such a table, that have a name in a column. */
  void forget(String table, String column, String name) {
    Table found = database.schema().table(table);
    if (found == null) {
      return;
    }
    int index = found.columnIndex(column);
    if (index >= 0 && isPlain(found)) {
      rows(found).delete(index, name);
    } else {
      change("DELETE FROM " + named(found) + where(column, name));
    }
  }

  /** Gives the rows that have a name in a column another one. */
  void rename(String table, String column, String name, String newName) {
    Table found = database.schema().table(table);
    if (found != null) {
      change(
          "UPDATE "
              + named(found)
              + " SET "
              + column
              + " = "
              + literal(newName)
              + where(column, name));
    }
  }

  private static boolean isPlain(Table table) {
    return table.hasRowid() && table.indexes().isEmpty();
  }

  private NamedRows rows(Table table) {
    return new NamedRows(database.pager(), table.rootPage(), database.schema().encoding());
  }

  private void change(String sql) {
    new InternalChange(session).run(sql, database.schema().encoding());
  }

  private String named(Table table) {
    return Identifiers.quote(database.name()) + "." + Identifiers.quote(table.name());
  }

  private static String where(String column, String name) {
    return " WHERE " + column + " = " + literal(name);
  }

  private static String literal(String text) {
    return "'" + text.replace("'", "''") + "'";
  }
}
