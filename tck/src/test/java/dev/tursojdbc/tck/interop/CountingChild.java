package dev.tursojdbc.tck.interop;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Commits transactions that all do the same: one more in the counter, one row more in the journal,
 * an amount from one account to another. The sum of all accounts never changes, and the counter is
 * the number of rows in the journal; who finds it otherwise in a snapshot says so and ends.
 *
 * <p>Prints the thread's number and that of each transaction when its commit has returned. Now and
 * then it checkpoints, in any mode, closes its connection and opens another, or rolls back.
 */
final class CountingChild {
  static final int ACCOUNTS = 100;
  static final int SUM = 100_000;

  private final String url;
  private final Random random;
  private final int checkpointEvery;
  private int snapshots;

  CountingChild(String url, long seed, int checkpointEvery) {
    this.url = url;
    this.random = new Random(seed);
    this.checkpointEvery = checkpointEvery;
  }

  /**
   * Arguments: URL, number of the first thread, threads, transactions of each, one checkpoint in so
   * many of them.
   */
  public static void main(String[] arguments) throws InterruptedException {
    int first = Integer.parseInt(arguments[1]);
    int count = Integer.parseInt(arguments[2]);
    int transactions = Integer.parseInt(arguments[3]);
    int checkpointEvery = Integer.parseInt(arguments[4]);
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int who = first + i;
      Thread thread =
          new Thread(
              () -> new CountingChild(arguments[0], who, checkpointEvery).run(who, transactions));
      // One that fails fails the process, whose standard error is what the parent shows.
      thread.setUncaughtExceptionHandler(
          (failed, cause) -> {
            cause.printStackTrace();
            Runtime.getRuntime().halt(1);
          });
      threads.add(thread);
      thread.start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
  }

  static void createTables(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE counter(n INTEGER)");
      statement.execute("INSERT INTO counter VALUES (0)");
      statement.execute("CREATE TABLE journal(who INTEGER, n INTEGER, filler BLOB)");
      statement.execute("CREATE INDEX journal_who ON journal(who, n)");
      statement.execute("CREATE TABLE account(id INTEGER PRIMARY KEY, amount INTEGER)");
      statement.execute(
          "INSERT INTO account WITH RECURSIVE s(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM s"
              + " WHERE i < %d) SELECT i, %d FROM s".formatted(ACCOUNTS, SUM / ACCOUNTS));
    }
  }

  private void run(int who, int transactions) {
    try {
      commit(who, transactions);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private void commit(int who, int transactions) throws SQLException {
    int done = 0;
    while (done < transactions) {
      try (Connection connection = DriverManager.getConnection(url);
          Statement statement = connection.createStatement()) {
        statement.execute("PRAGMA busy_timeout=30000");
        statement.execute("PRAGMA synchronous=NORMAL");
        statement.execute("PRAGMA wal_autocheckpoint=" + (50 + random.nextInt(300)));
        int until = Math.min(transactions, done + 50 + random.nextInt(2000));
        while (done < until) {
          done += transact(statement, who, done + 1);
          if (random.nextInt(4) == 0) {
            look(statement);
          }
          if (random.nextInt(checkpointEvery) == 0) {
            checkpoint(statement);
          }
        }
      }
    }
    System.out.println("snapshots " + snapshots);
    System.out.flush();
  }

  /**
   * @return how many transactions were committed
   */
  private int transact(Statement statement, int who, int number) throws SQLException {
    boolean deferred = random.nextInt(3) == 0;
    try {
      statement.execute(deferred ? "BEGIN" : "BEGIN IMMEDIATE");
      if (deferred) {
        check(statement);
      }
      statement.execute("UPDATE counter SET n = n + 1");
      statement.execute(
          "INSERT INTO journal VALUES (%d, %d, zeroblob(%d))"
              .formatted(who, number, random.nextInt(600)));
      int amount = random.nextInt(10);
      move(statement, -amount);
      move(statement, amount);
      if (random.nextInt(50) == 0) {
        statement.execute("ROLLBACK");
        return 0;
      }
      statement.execute("COMMIT");
      System.out.println(who + " " + number);
      System.out.flush();
      return 1;
    } catch (SQLException e) {
      if ((e.getErrorCode() & 0xFF) != 5) {
        throw e;
      }
      rollBack(statement);
      return 0;
    }
  }

  /** As in SQLite, an error may have ended the transaction or not. */
  private static void rollBack(Statement statement) {
    try {
      statement.execute("ROLLBACK");
    } catch (SQLException e) {
      if (e.getErrorCode() != 1) {
        throw new IllegalStateException(e);
      }
    }
  }

  private void move(Statement statement, int amount) throws SQLException {
    statement.execute(
        "UPDATE account SET amount = amount + %d WHERE id = %d"
            .formatted(amount, 1 + random.nextInt(ACCOUNTS)));
  }

  private void look(Statement statement) throws SQLException {
    statement.execute("BEGIN");
    try {
      check(statement);
    } finally {
      rollBack(statement);
    }
  }

  private void check(Statement statement) throws SQLException {
    String sql =
        "SELECT (SELECT sum(amount) FROM account), (SELECT n FROM counter),"
            + " (SELECT count(*) FROM journal), (SELECT count(*) FROM journal INDEXED BY"
            + " journal_who WHERE who >= 0)";
    try (ResultSet row = statement.executeQuery(sql)) {
      row.next();
      if (row.getInt(1) != SUM
          || row.getInt(2) != row.getInt(3)
          || row.getInt(2) != row.getInt(4)) {
        throw new IllegalStateException(
            "no snapshot: sum %d, counter %d, journal %d, index %d"
                .formatted(row.getInt(1), row.getInt(2), row.getInt(3), row.getInt(4)));
      }
      snapshots++;
    }
  }

  private void checkpoint(Statement statement) throws SQLException {
    String[] modes = {"PASSIVE", "PASSIVE", "FULL", "RESTART", "TRUNCATE"};
    statement.execute("PRAGMA busy_timeout=300");
    statement.execute("PRAGMA wal_checkpoint(" + modes[random.nextInt(modes.length)] + ")");
    statement.execute("PRAGMA busy_timeout=30000");
  }
}
