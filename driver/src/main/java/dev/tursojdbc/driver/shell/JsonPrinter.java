package dev.tursojdbc.driver.shell;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;

/** An array of objects, a line for each; blobs are text in which each byte is a character. */
final class JsonPrinter implements RowPrinter {
  @Override
  public void print(ResultSet rows, PrintStream out) throws SQLException {
    ResultSetMetaData columns = rows.getMetaData();
    int count = columns.getColumnCount();
    boolean first = true;
    while (rows.next()) {
      StringBuilder line = new StringBuilder(first ? "[{" : ",\n{");
      for (int i = 1; i <= count; i++) {
        line.append(i == 1 ? "" : ",");
        appendText(line, columns.getColumnLabel(i));
        line.append(':');
        appendValue(line, rows, i);
      }
      out.print(line.append('}'));
      first = false;
    }
    if (!first) {
      out.print("]\n");
    }
  }

  private static void appendValue(StringBuilder line, ResultSet rows, int column)
      throws SQLException {
    Object value = rows.getObject(column);
    if (value == null) {
      line.append("null");
    } else if (value instanceof Double real && real.isInfinite()) {
      line.append(real > 0 ? "1e999" : "-1e999");
    } else if (value instanceof Number) {
      line.append(rows.getString(column));
    } else if (value instanceof byte[] bytes) {
      appendText(line, new String(bytes, StandardCharsets.ISO_8859_1));
    } else {
      appendText(line, value.toString());
    }
  }

  private static void appendText(StringBuilder line, String text) {
    line.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> line.append("\\\"");
        case '\\' -> line.append("\\\\");
        case '\b' -> line.append("\\b");
        case '\f' -> line.append("\\f");
        case '\n' -> line.append("\\n");
        case '\r' -> line.append("\\r");
        case '\t' -> line.append("\\t");
        default -> {
          if (c < ' ') {
            line.append(String.format("\\u%04x", (int) c));
          } else {
            line.append(c);
          }
        }
      }
    }
    line.append('"');
  }
}
