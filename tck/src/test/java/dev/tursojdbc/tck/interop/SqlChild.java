package dev.tursojdbc.tck.interop;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs the statements that it reads, a line each, on the database that its argument names, and
 * prints a line for each: the rows, or the number of the error.
 */
final class SqlChild {
  private SqlChild() {}

  public static void main(String[] arguments) throws IOException, SQLException {
    BufferedReader input =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    try (Connection connection = DriverManager.getConnection(arguments[0]);
        Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA busy_timeout=0");
      for (String sql = input.readLine(); sql != null; sql = input.readLine()) {
        System.out.println(answer(statement, sql));
        System.out.flush();
      }
    }
  }

  private static String answer(Statement statement, String sql) {
    try {
      List<String> rows = new ArrayList<>();
      if (statement.execute(sql)) {
        try (ResultSet row = statement.getResultSet()) {
          int columns = row.getMetaData().getColumnCount();
          while (row.next()) {
            List<String> values = new ArrayList<>();
            for (int i = 1; i <= columns; i++) {
              values.add(row.getString(i));
            }
            rows.add(String.join("|", values));
          }
        }
      }
      return String.join(" ", rows);
    } catch (SQLException e) {
      return "error " + e.getErrorCode();
    }
  }
}
