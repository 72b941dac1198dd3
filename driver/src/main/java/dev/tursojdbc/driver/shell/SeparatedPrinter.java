package dev.tursojdbc.driver.shell;

import java.io.PrintStream;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;

/** A row on a line, with separators between its values: the modes list, tabs, csv and quote. */
final class SeparatedPrinter implements RowPrinter {
  private final Settings settings;

  SeparatedPrinter(Settings settings) {
    this.settings = settings;
  }

  @Override
  public void print(ResultSet rows, PrintStream out) throws SQLException {
    ResultSetMetaData columns = rows.getMetaData();
    int count = columns.getColumnCount();
    StringBuilder line = new StringBuilder();
    boolean first = true;
    while (rows.next()) {
      if (first && settings.headers) {
        for (int i = 1; i <= count; i++) {
          append(line, i, header(columns.getColumnLabel(i)));
        }
        out.print(line.append(settings.rowSeparator));
      }
      first = false;
      line.setLength(0);
      for (int i = 1; i <= count; i++) {
        append(line, i, value(rows, i));
      }
      out.print(line.append(settings.rowSeparator));
    }
  }

  private void append(StringBuilder line, int column, String value) {
    if (column > 1) {
      line.append(settings.columnSeparator);
    }
    line.append(value);
  }

  private String header(String label) {
    return switch (settings.mode) {
      case CSV -> csv(label);
      case QUOTE -> SqlLiteral.quoted(label);
      default -> label;
    };
  }

  private String value(ResultSet rows, int column) throws SQLException {
    if (settings.mode == OutputMode.QUOTE) {
      return SqlLiteral.of(rows, column);
    }
    String text = rows.getString(column);
    if (text == null) {
      return settings.nullValue;
    }
    return settings.mode == OutputMode.CSV ? csv(text) : text;
  }

  private String csv(String text) {
    return needsQuotes(text) ? '"' + text.replace("\"", "\"\"") + '"' : text;
  }

  private boolean needsQuotes(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c <= ' ' || c == '"' || c == '\'' || c >= 0x7F) {
        return true;
      }
    }
    return text.isEmpty() || text.contains(settings.columnSeparator);
  }
}
