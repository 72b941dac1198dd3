package dev.tursojdbc.tck.differential;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;

/**
 * Updates half of 600,000 rows with two indexes in one statement, each of whose changes falls on a
 * random page, and prints what the database then contains and whether the log kept within bounds.
 */
final class LargeUpdateChild {
  private static final int ROWS = 600_000;

  private LargeUpdateChild() {}

  public static void main(String[] arguments) throws Exception {
    Path file = Path.of(arguments[1]);
    try (Connection connection = DriverManager.getConnection(arguments[0] + file);
        Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA journal_mode = WAL");
      statement.execute("PRAGMA synchronous = OFF");
      statement.execute("CREATE TABLE t(id INTEGER PRIMARY KEY, a INT, b TEXT)");
      statement.execute("CREATE INDEX t_a ON t(a)");
      statement.execute("CREATE INDEX t_b ON t(b, a)");
      statement.execute(
          "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < "
              + ROWS
              + ") INSERT INTO t SELECT i, i * 7919 % 600011, printf('%030d', i * 104729 % 700001)"
              + " FROM n");
      statement.execute("PRAGMA wal_checkpoint(TRUNCATE)");

      int changed =
          statement.executeUpdate(
              "UPDATE t SET a = a * 31 % 600011, b = printf('%030d', a * 37 % 700001) WHERE id % 2");

      System.out.println("changed " + changed);
      long log = Files.size(Path.of(file + "-wal"));
      print(statement, "SELECT count(*), sum(a), min(b), max(b), sum(id * (a % 7)) FROM t");
      print(statement, "SELECT count(*), sum(a) FROM t INDEXED BY t_a WHERE a > 300000");
      print(statement, "PRAGMA integrity_check");
      statement.execute("PRAGMA wal_checkpoint(TRUNCATE)");
      long database = Files.size(file);
      System.err.println("log " + log + ", database " + database);
      System.out.println("log within bounds: " + (log < 2 * database));
    }
  }

  private static void print(Statement statement, String sql) throws Exception {
    try (ResultSet result = statement.executeQuery(sql)) {
      int columns = result.getMetaData().getColumnCount();
      while (result.next()) {
        StringBuilder row = new StringBuilder();
        for (int i = 1; i <= columns; i++) {
          row.append(result.getString(i)).append('|');
        }
        System.out.println(row);
      }
    }
  }
}
