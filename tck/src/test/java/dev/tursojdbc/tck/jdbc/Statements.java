package dev.tursojdbc.tck.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Statements in one line each. */
final class Statements {
  private Statements() {}

  static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** The values of a query's first row, with bars between them. */
  static String row(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      return row(rows);
    }
  }

  /** The values of the next row, with bars between them. */
  static String row(ResultSet rows) throws SQLException {
    assertThat(rows.next()).isTrue();
    StringBuilder text = new StringBuilder();
    for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
      text.append(i == 1 ? "" : "|").append(rows.getString(i));
    }
    return text.toString();
  }
}
