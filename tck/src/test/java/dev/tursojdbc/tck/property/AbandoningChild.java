package dev.tursojdbc.tck.property;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Lets the reference write databases and dies in the middle of a transaction in each: what lies in
 * the directory afterwards is a log, or a hot rollback journal, that nobody cleaned up.
 */
final class AbandoningChild {
  private AbandoningChild() {}

  /**
   * @param journal as PRAGMA journal_mode has it
   */
  record Left(FileShape shape, String journal, String synchronous, long seed) {
    Path file(Path directory) {
      return directory.resolve(
          String.join(
              "-",
              journal,
              synchronous,
              Integer.toString(shape.pageSize()),
              shape.encoding(),
              shape.autoVacuum() + ".db"));
    }
  }

  static List<Left> all() {
    List<Left> all = new ArrayList<>();
    List<String> encodings = List.of("UTF-8", "UTF-16le", "UTF-16be");
    List<String> journals = List.of("wal", "delete", "wal", "truncate", "wal", "persist");
    for (int pageSize = 512; pageSize <= 65536; pageSize *= 2) {
      for (int i = 0; i < 2; i++) {
        int number = all.size();
        String journal = journals.get(number % journals.size());
        FileShape shape = new FileShape(pageSize, number % 3, encodings.get(number / 3 % 3), 0);
        all.add(new Left(shape, journal, number % 4 == 0 ? "full" : "off", number));
      }
    }
    return all;
  }

  public static void main(String[] arguments) throws SQLException {
    for (Left left : all()) {
      leave(left, left.file(Path.of(arguments[0])));
    }
    // No connection is closed, no shutdown hook runs.
    Runtime.getRuntime().halt(0);
  }

  private static void leave(Left left, Path file) throws SQLException {
    left.shape().create(file);
    Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate("PRAGMA journal_mode=" + left.journal());
      statement.executeUpdate("PRAGMA synchronous=" + left.synchronous());
      // So few pages that the transaction is written out before its end.
      statement.executeUpdate("PRAGMA cache_size=5");
      HistoryStatements statements = new HistoryStatements(left.shape().pageSize());
      Random random = new Random(left.seed());
      for (int i = 0; i < 4; i++) {
        attempt(statement, "CREATE TABLE t" + i + "(a INTEGER PRIMARY KEY, b, c, d)");
        attempt(statement, "CREATE INDEX i" + i + " ON t" + i + "(b, d)");
      }
      changes(statement, statements, random, 40);
      statement.executeUpdate("BEGIN");
      changes(statement, statements, random, 25);
      statement.executeUpdate("DELETE FROM t1 WHERE a % 2");
    }
  }

  /** Inserts, updates and deletes. */
  private static void changes(
      Statement statement, HistoryStatements statements, Random random, int count) {
    for (int i = 0; i < count; i++) {
      attempt(statement, statements.statement(20 + random.nextInt(20), random.nextInt(1 << 20)));
    }
  }

  /** Many of the statements are right to fail. */
  private static void attempt(Statement statement, String sql) {
    try {
      statement.executeUpdate(sql);
    } catch (SQLException e) {
      if (e.getErrorCode() != 19) {
        throw new IllegalStateException(sql, e);
      }
    }
  }
}
