package dev.tursojdbc.driver.shell;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HexFormat;

/** Values and names as SQL that gives them again. */
final class SqlLiteral {
  private SqlLiteral() {}

  static String of(ResultSet row, int column) throws SQLException {
    Object value = row.getObject(column);
    if (value == null) {
      return "NULL";
    }
    if (value instanceof byte[] bytes) {
      return "X'" + HexFormat.of().formatHex(bytes) + "'";
    }
    if (value instanceof Double real && real.isInfinite()) {
      return real > 0 ? "1e999" : "-1e999";
    }
    return value instanceof String text ? quoted(text) : row.getString(column);
  }

  /** The same on one line: a text with line breaks is put together again by replace(). */
  static String onOneLine(ResultSet row, int column) throws SQLException {
    String literal = of(row, column);
    if (!(row.getObject(column) instanceof String)) {
      return literal;
    }
    if (literal.contains("\n")) {
      String mark = mark(literal, "\\n", "\\012");
      literal = "replace(" + literal.replace("\n", mark) + ",'" + mark + "',char(10))";
    }
    if (literal.contains("\r")) {
      String mark = mark(literal, "\\r", "\\015");
      literal = "replace(" + literal.replace("\r", mark) + ",'" + mark + "',char(13))";
    }
    return literal;
  }

  /** Something that the text does not contain. */
  private static String mark(String text, String first, String second) {
    if (!text.contains(first)) {
      return first;
    }
    if (!text.contains(second)) {
      return second;
    }
    int number = 0;
    while (text.contains("(" + second + number + ")")) {
      number++;
    }
    return "(" + second + number + ")";
  }

  static String quoted(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  /** A name, in quotes if it needs them. */
  static String name(String name) {
    return name.matches("[A-Za-z_][A-Za-z0-9_]*") ? name : quotedName(name);
  }

  static String quotedName(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }
}
