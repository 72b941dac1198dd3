package dev.tursojdbc.driver.shell;

import java.io.PrintStream;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;

/** A value on a line, after the name of its column. */
final class LinePrinter implements RowPrinter {
  private static final int NARROWEST = 5;

  private final Settings settings;

  LinePrinter(Settings settings) {
    this.settings = settings;
  }

  @Override
  public void print(ResultSet rows, PrintStream out) throws SQLException {
    ResultSetMetaData columns = rows.getMetaData();
    int count = columns.getColumnCount();
    int width = NARROWEST;
    for (int i = 1; i <= count; i++) {
      width = Math.max(width, columns.getColumnLabel(i).length());
    }
    boolean first = true;
    while (rows.next()) {
      if (!first) {
        out.print(settings.rowSeparator);
      }
      first = false;
      for (int i = 1; i <= count; i++) {
        String label = columns.getColumnLabel(i);
        String text = rows.getString(i);
        out.print(" ".repeat(width - label.length()) + label + " = ");
        out.print(text == null ? settings.nullValue : text);
        out.print(settings.rowSeparator);
      }
    }
  }
}
