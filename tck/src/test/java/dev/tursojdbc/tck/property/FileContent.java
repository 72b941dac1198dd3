package dev.tursojdbc.tck.property;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All that a database holds, as one engine reads it, in lines that can be compared. */
final class FileContent {
  /** Longer values are shown by their length, a hash and their beginning. */
  private static final int SHOWN = 60;

  private FileContent() {}

  /** Opens a database and reads it, with the verdict of the engine's integrity check first. */
  static List<String> of(String url) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url)) {
      return of(connection);
    }
  }

  static List<String> of(Connection connection) throws SQLException {
    List<String> lines = new ArrayList<>(rows(connection, "PRAGMA integrity_check"));
    lines.addAll(rows(connection, "SELECT type, name, tbl_name, sql FROM sqlite_schema"));
    for (String table : tables(connection)) {
      for (String row : rows(connection, "SELECT * FROM \"" + table + "\"")) {
        lines.add(table + ": " + row);
      }
    }
    return lines;
  }

  private static List<String> tables(Connection connection) throws SQLException {
    List<String> names = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")) {
      while (rows.next()) {
        names.add(rows.getString(1));
      }
    }
    return names;
  }

  /** The rows of a query, sorted. */
  static List<String> rows(Connection connection, String sql) throws SQLException {
    List<String> lines = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      int columns = rows.getMetaData().getColumnCount();
      while (rows.next()) {
        StringBuilder line = new StringBuilder();
        for (int i = 1; i <= columns; i++) {
          line.append(i == 1 ? "" : " | ").append(text(rows.getObject(i)));
        }
        lines.add(line.toString());
      }
    }
    Collections.sort(lines);
    return lines;
  }

  private static String text(@Nullable Object value) {
    if (value == null) {
      return "NULL";
    }
    if (value instanceof byte[] bytes) {
      return "x'" + shortened(HexFormat.of().formatHex(bytes)) + "'";
    }
    return value instanceof String string ? "'" + shortened(string) + "'" : value.toString();
  }

  private static String shortened(String text) {
    return text.length() <= SHOWN
        ? text
        : text.substring(0, SHOWN) + "... " + text.length() + " #" + text.hashCode();
  }
}
