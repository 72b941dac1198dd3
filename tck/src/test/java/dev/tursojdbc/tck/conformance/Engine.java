package dev.tursojdbc.tck.conformance;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * The engines that cases run on: ours, the reference, and each with new databases in the journal
 * mode of the other. What the reference answers otherwise in WAL mode comes of the mode and not of
 * the engine; and ours in DELETE mode is to answer what the reference does.
 */
enum Engine {
  TURSO("jdbc:turso:", ""),
  TURSO_DELETE("jdbc:turso:", "DELETE"),
  SQLITE("jdbc:sqlite:", ""),
  SQLITE_WAL("jdbc:sqlite:", "WAL");

  private final String prefix;

  /** Journal mode of new databases; empty: the engine's own. */
  private final String journalMode;

  Engine(String prefix, String journalMode) {
    this.prefix = prefix;
    this.journalMode = journalMode;
  }

  Connection connect(String database) throws SQLException {
    Connection connection =
        DriverManager.getConnection(prefix + (database.isEmpty() ? ":memory:" : database));
    if (!journalMode.isEmpty()) {
      turnNewDatabase(connection);
    }
    return connection;
  }

  /** What cannot be read or written is left to the case's own statements. */
  private void turnNewDatabase(Connection connection) {
    try (Statement statement = connection.createStatement()) {
      boolean isNew;
      try (ResultSet pages = statement.executeQuery("PRAGMA page_count")) {
        isNew = pages.next() && pages.getInt(1) == 0;
      }
      if (isNew) {
        statement.execute("PRAGMA journal_mode=" + journalMode);
      }
    } catch (SQLException e) {
      System.err.println("left in its own mode: " + e.getMessage());
    }
  }

  /** The engine's own words, without what the reference's driver puts around them. */
  String message(SQLException e) {
    String message = String.valueOf(e.getMessage());
    if (prefix.equals("jdbc:sqlite:") && message.startsWith("[SQLITE_") && message.endsWith(")")) {
      return message.substring(message.indexOf('(') + 1, message.length() - 1);
    }
    return message;
  }
}
