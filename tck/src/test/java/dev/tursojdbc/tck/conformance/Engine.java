package dev.tursojdbc.tck.conformance;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * The engines that cases run on: ours, the reference, and the reference with new databases in WAL
 * mode, as ours makes them. What the third answers otherwise than the second comes of the mode and
 * not of the engine.
 */
enum Engine {
  TURSO("jdbc:turso:"),
  SQLITE("jdbc:sqlite:"),
  SQLITE_WAL("jdbc:sqlite:");

  private final String prefix;

  Engine(String prefix) {
    this.prefix = prefix;
  }

  Connection connect(String database) throws SQLException {
    Connection connection =
        DriverManager.getConnection(prefix + (database.isEmpty() ? ":memory:" : database));
    if (this == SQLITE_WAL) {
      turnNewDatabaseToWal(connection);
    }
    return connection;
  }

  /** What cannot be read or written is left to the case's own statements. */
  private static void turnNewDatabaseToWal(Connection connection) {
    try (Statement statement = connection.createStatement()) {
      boolean isNew;
      try (ResultSet pages = statement.executeQuery("PRAGMA page_count")) {
        isNew = pages.next() && pages.getInt(1) == 0;
      }
      if (isNew) {
        statement.execute("PRAGMA journal_mode=WAL");
      }
    } catch (SQLException e) {
      System.err.println("left in its own mode: " + e.getMessage());
    }
  }

  /** The engine's own words, without what the reference's driver puts around them. */
  String message(SQLException e) {
    String message = String.valueOf(e.getMessage());
    if (this != TURSO && message.startsWith("[SQLITE_") && message.endsWith(")")) {
      return message.substring(message.indexOf('(') + 1, message.length() - 1);
    }
    return message;
  }
}
