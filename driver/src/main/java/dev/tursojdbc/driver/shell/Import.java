package dev.tursojdbc.driver.shell;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * Puts the rows of a file into a table: {@code .import}. A table that is not there is made, with
 * the first row as the names of its columns.
 */
final class Import {
  private final Connection connection;
  private final PrintStream err;

  Import(Connection connection, PrintStream err) {
    this.connection = connection;
    this.err = err;
  }

  void run(String file, String table, char separator, int skip) throws SQLException, IOException {
    try (BufferedReader reader = Files.newBufferedReader(Path.of(file))) {
      CsvReader rows = new CsvReader(reader, separator);
      for (int i = 0; i < skip; i++) {
        rows.readRow();
      }
      int columns = columnCount(table);
      if (columns == 0) {
        List<String> names = rows.readRow();
        if (names == null) {
          return;
        }
        create(table, names);
        columns = names.size();
      }
      insert(rows, file, table, columns);
    }
  }

  private int columnCount(String table) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet info =
            statement.executeQuery("PRAGMA table_info(" + SqlLiteral.quotedName(table) + ")")) {
      int count = 0;
      while (info.next()) {
        count++;
      }
      return count;
    }
  }

  private void create(String table, List<String> names) throws SQLException {
    StringBuilder sql = new StringBuilder("CREATE TABLE ");
    sql.append(SqlLiteral.quotedName(table)).append("(\n");
    for (int i = 0; i < names.size(); i++) {
      sql.append(i == 0 ? "" : ", ").append(SqlLiteral.quotedName(names.get(i))).append(" TEXT");
    }
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql.append(')').toString());
    }
  }

  private void insert(CsvReader rows, String file, String table, int columns)
      throws SQLException, IOException {
    boolean autocommit = connection.getAutoCommit();
    connection.setAutoCommit(false);
    boolean done = false;
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO "
                + SqlLiteral.quotedName(table)
                + " VALUES(?"
                + ",?".repeat(columns - 1)
                + ")")) {
      for (List<String> row = rows.readRow(); row != null; row = rows.readRow()) {
        insertRow(insert, row, columns, file + ":" + rows.rowLine());
      }
      connection.commit();
      done = true;
    } finally {
      if (!done) {
        connection.rollback();
      }
      connection.setAutoCommit(autocommit);
    }
  }

  private void insertRow(PreparedStatement insert, List<String> row, int columns, String place)
      throws SQLException {
    if (row.size() < columns) {
      err.print(expected(place, columns, row.size()) + " - filling the rest with NULL\n");
    } else if (row.size() > columns) {
      err.print(expected(place, columns, row.size()) + " - extras ignored\n");
    }
    for (int i = 0; i < columns; i++) {
      insert.setString(i + 1, i < row.size() ? row.get(i) : null);
    }
    try {
      insert.executeUpdate();
    } catch (SQLException e) {
      err.print(place + ": INSERT failed: " + e.getMessage() + "\n");
    }
  }

  private static String expected(String place, int columns, int found) {
    return place + ": expected " + columns + " columns but found " + found;
  }
}
