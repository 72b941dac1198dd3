package dev.tursojdbc.driver.shell;

import java.io.PrintStream;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Aligned columns: the modes column, table, box and markdown. Reads the whole result first, to know
 * how wide they are.
 */
final class TablePrinter implements RowPrinter {
  private final Settings settings;

  TablePrinter(Settings settings) {
    this.settings = settings;
  }

  @Override
  public void print(ResultSet rows, PrintStream out) throws SQLException {
    ResultSetMetaData columns = rows.getMetaData();
    int count = columns.getColumnCount();
    List<String> labels = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      labels.add(columns.getColumnLabel(i));
    }
    List<List<String>> lines = new ArrayList<>();
    while (rows.next()) {
      List<String> line = new ArrayList<>();
      for (int i = 1; i <= count; i++) {
        String text = rows.getString(i);
        line.add(text == null ? settings.nullValue : text);
      }
      lines.add(line);
    }
    if (lines.isEmpty()) {
      return;
    }
    int[] widths = widths(labels, lines);
    StringBuilder text = new StringBuilder();
    switch (settings.mode) {
      case BOX -> {
        rule(text, widths, "┌─", "─", "─┬─", "─┐\n");
        header(text, labels, widths, "│ ", " │ ", " │\n");
        rule(text, widths, "├─", "─", "─┼─", "─┤\n");
        lines(text, lines, widths, "│ ", " │ ", " │\n");
        rule(text, widths, "└─", "─", "─┴─", "─┘\n");
      }
      case TABLE -> {
        rule(text, widths, "+-", "-", "-+-", "-+\n");
        header(text, labels, widths, "| ", " | ", " |\n");
        rule(text, widths, "+-", "-", "-+-", "-+\n");
        lines(text, lines, widths, "| ", " | ", " |\n");
        rule(text, widths, "+-", "-", "-+-", "-+\n");
      }
      case MARKDOWN -> {
        header(text, labels, widths, "| ", " | ", " |\n");
        rule(text, widths, "|-", "-", "-|-", "-|\n");
        lines(text, lines, widths, "| ", " | ", " |\n");
      }
      default -> {
        if (settings.headers) {
          lines(text, List.of(labels), widths, "", "  ", "\n");
          rule(text, widths, "", "-", "  ", "\n");
        }
        lines(text, lines, widths, "", "  ", "\n");
      }
    }
    out.print(text);
  }

  private int[] widths(List<String> labels, List<List<String>> lines) {
    int[] widths = new int[labels.size()];
    boolean all = settings.mode != OutputMode.COLUMN || settings.headers;
    for (int i = 0; i < widths.length; i++) {
      widths[i] = all ? width(labels.get(i)) : 0;
      for (List<String> line : lines) {
        widths[i] = Math.max(widths[i], width(line.get(i)));
      }
    }
    return widths;
  }

  private static int width(String text) {
    return text.codePointCount(0, text.length());
  }

  private static void rule(
      StringBuilder text, int[] widths, String left, String line, String between, String right) {
    for (int i = 0; i < widths.length; i++) {
      text.append(i == 0 ? left : between).append(line.repeat(widths[i]));
    }
    text.append(right);
  }

  private static void header(
      StringBuilder text,
      List<String> labels,
      int[] widths,
      String left,
      String between,
      String right) {
    for (int i = 0; i < widths.length; i++) {
      String label = labels.get(i);
      int free = widths[i] - width(label);
      text.append(i == 0 ? left : between);
      text.append(" ".repeat(free / 2)).append(label).append(" ".repeat(free - free / 2));
    }
    text.append(right);
  }

  private static void lines(
      StringBuilder text,
      List<List<String>> lines,
      int[] widths,
      String left,
      String between,
      String right) {
    for (List<String> line : lines) {
      for (int i = 0; i < widths.length; i++) {
        String value = line.get(i);
        text.append(i == 0 ? left : between).append(value);
        text.append(" ".repeat(widths[i] - width(value)));
      }
      text.append(right);
    }
  }
}
