package dev.tursojdbc.tck.crash;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Commits until it is killed: transaction {@code n} inserts {@link #ROWS} rows marked {@code n},
 * changes older ones, and is printed once its commit has returned. Every few transactions it
 * checkpoints.
 */
final class CommittingChild {
  static final int ROWS = 7;

  private CommittingChild() {}

  static void createTable(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE IF NOT EXISTS t(id INTEGER PRIMARY KEY, batch INT, filler TEXT)");
      statement.execute("CREATE INDEX IF NOT EXISTS t_batch ON t(batch)");
    }
  }

  public static void main(String[] arguments) throws SQLException {
    try (Connection connection =
        DriverManager.getConnection("jdbc:turso:" + arguments[0] + "?synchronous=FULL")) {
      setJournalMode(connection, arguments[1]);
      connection.setAutoCommit(false);
      long batch = lastBatch(connection);
      try (PreparedStatement insert =
              connection.prepareStatement("INSERT INTO t(batch, filler) VALUES (?, ?)");
          PreparedStatement update =
              connection.prepareStatement("UPDATE t SET filler = ? WHERE batch = ?")) {
        while (true) {
          batch++;
          for (int i = 0; i < ROWS; i++) {
            insert.setLong(1, batch);
            insert.setString(2, "filler of batch " + batch + "x".repeat((int) (batch % 300)));
            insert.executeUpdate();
          }
          update.setString(1, "changed by " + batch + "y".repeat((int) (batch % 500)));
          update.setLong(2, batch / 2);
          update.executeUpdate();
          connection.commit();
          System.out.println(batch);
          System.out.flush();
          if (batch % 50 == 0) {
            checkpoint(connection, batch % 100 == 0 ? "TRUNCATE" : "PASSIVE");
          }
        }
      }
    }
  }

  private static long lastBatch(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT coalesce(max(batch), 0) FROM t")) {
      row.next();
      long batch = row.getLong(1);
      connection.commit();
      return batch;
    }
  }

  private static void setJournalMode(Connection connection, String mode) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA journal_mode=" + mode);
    }
  }

  private static void checkpoint(Connection connection, String mode) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA wal_checkpoint(" + mode + ")");
    }
  }
}
