package dev.tursojdbc.driver.shell;

import java.io.PrintStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
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

  /** Prints what has a name like the pattern. */
  void print(String pattern) throws SQLException {
    out.print("PRAGMA foreign_keys=OFF;\nBEGIN TRANSACTION;\n");
    List<Entry> entries = entries(pattern);
    for (Entry entry : entries) {
      if (entry.type.equals("table") && !entry.name.startsWith("sqlite_")) {
        out.print(schemaLine(entry.sql) + ";\n");
        printRows(entry.name);
      }
    }
    for (Entry entry : entries) {
      if (entry.name.equals("sqlite_sequence")) {
        out.print("DELETE FROM sqlite_sequence;\n");
        printRows(entry.name);
      }
    }
    for (Entry entry : entries) {
      if (!entry.type.equals("table")) {
        out.print(schemaLine(entry.sql) + ";\n");
      }
    }
    out.print("COMMIT;\n");
  }

  /** A definition as the shell prints it: one with a quoted name does not fail if there is one. */
  static String schemaLine(String sql) {
    String start = "CREATE TABLE ";
    return sql.startsWith(start + "\"") || sql.startsWith(start + "'")
        ? start + "IF NOT EXISTS " + sql.substring(start.length())
        : sql;
  }

  private List<Entry> entries(String pattern) throws SQLException {
    List<Entry> entries = new ArrayList<>();
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT type, name, sql FROM sqlite_schema"
                + " WHERE sql IS NOT NULL AND name LIKE ? ORDER BY rowid")) {
      statement.setString(1, pattern);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          entries.add(new Entry(rows.getString(1), rows.getString(2), rows.getString(3)));
        }
      }
    }
    return entries;
  }

  private void printRows(String table) throws SQLException {
    String start = "INSERT INTO " + SqlLiteral.name(table) + " VALUES";
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT " + columns(table) + " FROM " + SqlLiteral.quotedName(table))) {
      int count = rows.getMetaData().getColumnCount();
      StringBuilder line = new StringBuilder();
      while (rows.next()) {
        line.setLength(0);
        line.append(start);
        for (int i = 1; i <= count; i++) {
          line.append(i == 1 ? '(' : ',').append(SqlLiteral.onOneLine(rows, i));
        }
        out.print(line.append(");\n"));
      }
    }
  }

  /** Without generated columns, which take no values. */
  private String columns(String table) throws SQLException {
    List<String> columns = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet info =
            statement.executeQuery("PRAGMA table_info(" + SqlLiteral.quotedName(table) + ")")) {
      while (info.next()) {
        columns.add(SqlLiteral.quotedName(info.getString("name")));
      }
    }
    return String.join(",", columns);
  }
}
