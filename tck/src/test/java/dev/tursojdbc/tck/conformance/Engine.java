package dev.tursojdbc.tck.conformance;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/** The engines that cases run on: ours, and the reference. */
enum Engine {
  TURSO("jdbc:turso:"),
  SQLITE("jdbc:sqlite:");

  private final String prefix;

  Engine(String prefix) {
    this.prefix = prefix;
  }

  Connection connect(String database) throws SQLException {
    return DriverManager.getConnection(prefix + (database.isEmpty() ? ":memory:" : database));
  }

  /** The engine's own words, without what the reference's driver puts around them. */
  String message(SQLException e) {
    String message = String.valueOf(e.getMessage());
    if (this == SQLITE && message.startsWith("[SQLITE_") && message.endsWith(")")) {
      return message.substring(message.indexOf('(') + 1, message.length() - 1);
    }
    return message;
  }
}
