package dev.tursojdbc.tck.property;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Runs a history on one engine and keeps what each statement came to. */
final class Replay implements AutoCloseable {
  private final String url;
  private final List<String> settings;
  private final List<String> journalModes;
  private int openings;
  private Connection connection;

  /**
   * @param settings pragmas to run after each opening
   * @param journalModes what the database is converted to, at each opening the next one
   */
  Replay(String url, List<String> settings, List<String> journalModes) throws SQLException {
    this.url = url;
    this.settings = settings;
    this.journalModes = journalModes;
    this.connection = open();
  }

  private Connection open() throws SQLException {
    Connection opened = DriverManager.getConnection(url);
    try (Statement statement = opened.createStatement()) {
      for (String setting : settings) {
        statement.executeUpdate(setting);
      }
      if (!journalModes.isEmpty()) {
        String mode = journalModes.get(openings++ % journalModes.size());
        statement.executeUpdate("PRAGMA journal_mode=" + mode);
      }
    }
    return opened;
  }

  Connection connection() {
    return connection;
  }

  List<String> run(List<String> statements) throws SQLException {
    List<String> outcomes = new ArrayList<>();
    for (String sql : statements) {
      if (sql.equals(HistoryStatements.REOPEN)) {
        connection.close();
        connection = open();
      } else if (sql.startsWith(HistoryStatements.CHECKPOINT)) {
        // Without a log, as the reference may be, there is nothing to be in the way.
        run(sql);
      } else {
        outcomes.add(sql + "\n" + run(sql));
      }
    }
    return outcomes;
  }

  private String run(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate(sql);
      try (ResultSet row = statement.executeQuery("SELECT total_changes()")) {
        row.next();
        return row.getString(1);
      }
    } catch (SQLException e) {
      return message(e);
    }
  }

  /** The engine's words without what the reference's driver puts around them. */
  private static String message(SQLException e) {
    String text = String.valueOf(e.getMessage());
    return text.startsWith("[SQLITE_") && text.endsWith(")")
        ? text.substring(text.indexOf('(') + 1, text.length() - 1)
        : text;
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
