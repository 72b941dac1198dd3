package dev.tursojdbc.driver.shell;

import java.io.PrintStream;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** The database as SQL text that makes it anew: {@code .dump}. */
final class Dump {
  private final Connection connection;
  private final PrintStream out;

  Dump(Connection connection, PrintStream out) {
    this.connection = connection;
    this.out = out;
  }

  private record Entry(String type, String name, String sql) {}

  void print() throws SQLException {
    out.println("PRAGMA foreign_keys=OFF;");
    out.println("BEGIN TRANSACTION;");
    List<Entry> entries = entries();
    for (Entry entry : entries) {
      if (entry.type.equals("table")) {
        printTable(entry);
      }
    }
    for (Entry entry : entries) {
      if (!entry.type.equals("table")) {
        out.println(entry.sql + ";");
      }
    }
    out.println("COMMIT;");
  }

  private List<Entry> entries() throws SQLException {
    List<Entry> entries = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY rowid")) {
      while (rows.next()) {
        entries.add(new Entry(rows.getString(1), rows.getString(2), rows.getString(3)));
      }
    }
    return entries;
  }

  private void printTable(Entry table) throws SQLException {
    if (table.name.equals("sqlite_sequence")) {
      out.println("DELETE FROM sqlite_sequence;");
    } else if (table.name.startsWith("sqlite_")) {
      return;
    } else {
      out.println(table.sql + ";");
    }
    String name = identifier(table.name);
    StringBuilder columns = new StringBuilder();
    try (Statement statement = connection.createStatement();
        ResultSet info = statement.executeQuery("PRAGMA table_info(" + quoted(table.name) + ")")) {
      while (info.next()) {
        columns.append(columns.length() == 0 ? "" : " || ',' || ");
        columns.append("quote(").append(quoted(info.getString(2))).append(')');
      }
    }
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery("SELECT " + columns + " FROM " + quoted(table.name))) {
      while (rows.next()) {
        out.println("INSERT INTO " + name + " VALUES(" + rows.getString(1) + ");");
      }
    }
  }

  private static String identifier(String name) {
    return name.matches("[A-Za-z_][A-Za-z0-9_]*") ? name : quoted(name);
  }

  private static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }
}
