package dev.tursojdbc.driver.shell;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How the shell prints a result. */
enum OutputFormat {
  /** Values with {@code |} between them, as SQLite's own shell does by default. */
  LIST {
    @Override
    void print(ResultSet result, boolean headers, PrintStream out) throws SQLException {
      printLines(result, headers, out, "|", false);
    }
  },
  CSV {
    @Override
    void print(ResultSet result, boolean headers, PrintStream out) throws SQLException {
      printLines(result, headers, out, ",", true);
    }
  },
  /** Aligned columns; reads the whole result first. */
  COLUMN {
    @Override
    void print(ResultSet result, boolean headers, PrintStream out) throws SQLException {
      printColumns(result, out);
    }
  },
  /** An array of objects; blobs are text in which each byte is a character. */
  JSON {
    @Override
    void print(ResultSet result, boolean headers, PrintStream out) throws SQLException {
      printJson(result, out);
    }
  };

  abstract void print(ResultSet result, boolean headers, PrintStream out) throws SQLException;

  private static void printLines(
      ResultSet result, boolean headers, PrintStream out, String separator, boolean quote)
      throws SQLException {
    ResultSetMetaData columns = result.getMetaData();
    int count = columns.getColumnCount();
    StringBuilder line = new StringBuilder();
    if (headers) {
      for (int i = 1; i <= count; i++) {
        append(line, i, separator, columns.getColumnLabel(i), quote);
      }
      out.println(line);
    }
    while (result.next()) {
      line.setLength(0);
      for (int i = 1; i <= count; i++) {
        String value = result.getString(i);
        append(line, i, separator, value == null ? "" : value, quote);
      }
      out.println(line);
    }
  }

  private static void append(
      StringBuilder line, int column, String separator, String value, boolean quote) {
    if (column > 1) {
      line.append(separator);
    }
    boolean needsQuotes =
        quote && (value.contains(",") || value.contains("\"") || value.contains("\n"));
    line.append(needsQuotes ? '"' + value.replace("\"", "\"\"") + '"' : value);
  }

  private static void printColumns(ResultSet result, PrintStream out) throws SQLException {
    ResultSetMetaData columns = result.getMetaData();
    int count = columns.getColumnCount();
    List<String[]> lines = new ArrayList<>();
    int[] widths = new int[count];
    String[] labels = new String[count];
    for (int i = 0; i < count; i++) {
      labels[i] = columns.getColumnLabel(i + 1);
    }
    lines.add(labels);
    while (result.next()) {
      String[] line = new String[count];
      for (int i = 0; i < count; i++) {
        String value = result.getString(i + 1);
        line[i] = value == null ? "" : value;
      }
      lines.add(line);
    }
    if (lines.size() == 1) {
      return;
    }
    for (String[] line : lines) {
      for (int i = 0; i < count; i++) {
        widths[i] = Math.max(widths[i], line[i].length());
      }
    }
    String[] rule = new String[count];
    for (int i = 0; i < count; i++) {
      rule[i] = "-".repeat(widths[i]);
    }
    lines.add(1, rule);
    for (String[] line : lines) {
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < count; i++) {
        text.append(i == 0 ? "" : "  ").append(line[i]);
        if (i < count - 1) {
          text.append(" ".repeat(widths[i] - line[i].length()));
        }
      }
      out.println(text);
    }
  }

  private static void printJson(ResultSet result, PrintStream out) throws SQLException {
    ResultSetMetaData columns = result.getMetaData();
    int count = columns.getColumnCount();
    boolean first = true;
    while (result.next()) {
      StringBuilder line = new StringBuilder(first ? "[{" : ",\n{");
      for (int i = 1; i <= count; i++) {
        line.append(i == 1 ? "" : ",");
        appendJsonText(line, columns.getColumnLabel(i));
        line.append(':');
        appendJson(line, result.getObject(i));
      }
      out.print(line.append('}'));
      first = false;
    }
    if (!first) {
      out.println("]");
    }
  }

  private static void appendJson(StringBuilder line, @Nullable Object value) {
    if (value instanceof Double real && real.isInfinite()) {
      line.append(real > 0 ? "9.0e+999" : "-9.0e+999");
    } else if (value == null || value instanceof Number) {
      line.append(value);
    } else if (value instanceof byte[] bytes) {
      appendJsonText(line, new String(bytes, StandardCharsets.ISO_8859_1));
    } else {
      appendJsonText(line, value.toString());
    }
  }

  private static void appendJsonText(StringBuilder line, String text) {
    line.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> line.append("\\\"");
        case '\\' -> line.append("\\\\");
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
