package dev.tursojdbc.driver.shell;

import java.io.PrintStream;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;

/** An INSERT statement for each row. */
final class InsertPrinter implements RowPrinter {
  private final Settings settings;

  InsertPrinter(Settings settings) {
    this.settings = settings;
  }

  @Override
  public void print(ResultSet rows, PrintStream out) throws SQLException {
    ResultSetMetaData columns = rows.getMetaData();
    int count = columns.getColumnCount();
    StringBuilder start = new StringBuilder("INSERT INTO ");
    start.append(SqlLiteral.name(settings.insertTable));
    if (settings.headers) {
      for (int i = 1; i <= count; i++) {
        start.append(i == 1 ? '(' : ',').append(SqlLiteral.name(columns.getColumnLabel(i)));
      }
      start.append(')');
    }
    while (rows.next()) {
      StringBuilder line = new StringBuilder(start).append(" VALUES");
      for (int i = 1; i <= count; i++) {
        line.append(i == 1 ? '(' : ',').append(SqlLiteral.of(rows, i));
      }
      out.print(line.append(");\n"));
    }
  }
}
