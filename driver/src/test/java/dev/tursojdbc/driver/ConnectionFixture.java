package dev.tursojdbc.driver;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A connection to a database in memory, for each test a new one. */
abstract class ConnectionFixture {
  Connection connection;

  @BeforeEach
  final void open() throws SQLException {
    connection = DriverManager.getConnection("jdbc:turso::memory:");
  }

  @AfterEach
  final void close() throws SQLException {
    connection.close();
  }

  final void execute(String... texts) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String sql : texts) {
        statement.execute(sql);
      }
    }
  }

  /** The rows of a query, with bars between columns and slashes between rows. */
  final String rows(String sql) throws SQLException {
    return rows(connection, sql);
  }

  static String rows(Connection on, String sql) throws SQLException {
    try (Statement statement = on.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      return text(rows);
    }
  }

  static String text(ResultSet rows) throws SQLException {
    StringBuilder text = new StringBuilder();
    while (rows.next()) {
      text.append(text.length() == 0 ? "" : "/");
      for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
        text.append(i == 1 ? "" : "|").append(rows.getString(i));
      }
    }
    return text.toString();
  }
}
