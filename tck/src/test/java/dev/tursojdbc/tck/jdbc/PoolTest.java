package dev.tursojdbc.tck.jdbc;

import static dev.tursojdbc.tck.jdbc.Statements.execute;
import static dev.tursojdbc.tck.jdbc.Statements.row;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A HikariCP pool of ten connections under load, and with threads that are interrupted. */
@Timeout(120)
class PoolTest {
  private static final int CONNECTIONS = 10;

  @TempDir private Path directory;
  private Path file;

  @BeforeEach
  void makeDatabase() throws SQLException {
    file = directory.resolve("pool.db");
    try (Connection connection = DriverManager.getConnection("jdbc:turso:" + file)) {
      execute(connection, "CREATE TABLE account(id INTEGER PRIMARY KEY, amount INT)");
      execute(connection, "INSERT INTO account VALUES (1, 1000), (2, 1000)");
      execute(connection, "CREATE TABLE log(id INTEGER PRIMARY KEY, who INT)");
    }
  }

  private HikariDataSource pool(String parameters) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl("jdbc:turso:" + file + parameters);
    config.setMaximumPoolSize(CONNECTIONS);
    return new HikariDataSource(config);
  }

  private static <T> List<T> together(int threads, Callable<T> task) throws Exception {
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    try {
      List<Future<T>> futures = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        futures.add(executor.submit(task));
      }
      List<T> results = new ArrayList<>();
      for (Future<T> future : futures) {
        results.add(future.get());
      }
      return results;
    } finally {
      executor.shutdown();
    }
  }

  @Test
  void immediateTransactionsWaitForEachOtherAndAllSucceed() throws Exception {
    int transfers = 20;
    try (HikariDataSource pool = pool("?transaction_mode=IMMEDIATE&busy_timeout=60000")) {
      together(
          CONNECTIONS,
          () -> {
            for (int i = 0; i < transfers; i++) {
              transfer(pool);
            }
            return null;
          });
      try (Connection connection = pool.getConnection()) {
        assertThat(row(connection, "SELECT sum(amount), min(id) FROM account")).isEqualTo("2000|1");
        assertThat(row(connection, "SELECT amount FROM account WHERE id = 1"))
            .isEqualTo(String.valueOf(1000 - CONNECTIONS * transfers));
        assertThat(row(connection, "SELECT count(*) FROM log"))
            .isEqualTo(String.valueOf(CONNECTIONS * transfers));
        assertThat(row(connection, "PRAGMA wal_checkpoint(TRUNCATE)")).isEqualTo("0|0|0");
        assertThat(Files.size(Path.of(file + "-wal"))).isZero();
        assertThat(row(connection, "PRAGMA integrity_check")).isEqualTo("ok");
      }
    }
  }

  /** Reads and then writes, as a transaction of an application does. */
  private static void transfer(HikariDataSource pool) throws SQLException {
    try (Connection connection = pool.getConnection()) {
      connection.setAutoCommit(false);
      int amount = Integer.parseInt(row(connection, "SELECT amount FROM account WHERE id = 1"));
      try (PreparedStatement update =
          connection.prepareStatement("UPDATE account SET amount = ? WHERE id = ?")) {
        update.setInt(1, amount - 1);
        update.setInt(2, 1);
        update.executeUpdate();
      }
      execute(connection, "UPDATE account SET amount = amount + 1 WHERE id = 2");
      execute(connection, "INSERT INTO log(who) VALUES (1)");
      connection.commit();
    }
  }

  @Test
  void aPoolCheckpointsThroughAnyOfItsConnections() throws Exception {
    try (HikariDataSource pool = pool("")) {
      for (int i = 0; i < 3; i++) {
        try (Connection writer = pool.getConnection();
            Connection other = pool.getConnection()) {
          execute(writer, "INSERT INTO log(who) VALUES (1)");
          assertThat(row(other, "PRAGMA wal_checkpoint(TRUNCATE)")).isEqualTo("0|0|0");
          assertThat(Files.size(Path.of(file + "-wal"))).isZero();
        }
      }
    }
  }

  @Test
  void anInterruptCostsItsOwnStatementAtMost() throws Exception {
    AtomicBoolean done = new AtomicBoolean();
    List<Thread> victims = new ArrayList<>();
    List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());
    long[] committed = new long[CONNECTIONS - 2];
    try (HikariDataSource pool = pool("?busy_timeout=20000")) {
      for (int i = 0; i < committed.length; i++) {
        int number = i;
        Thread victim =
            new Thread(
                () -> {
                  try {
                    committed[number] = insertUntil(done, pool, number);
                  } catch (Throwable e) {
                    failures.add(e);
                  }
                });
        victims.add(victim);
        victim.start();
      }
      Random random = new Random(1);
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(2);
      while (System.nanoTime() < end) {
        victims.get(random.nextInt(victims.size())).interrupt();
        TimeUnit.MICROSECONDS.sleep(random.nextInt(2000));
        // The connections of the others are as good as ever.
        try (Connection connection = pool.getConnection()) {
          assertThat(row(connection, "SELECT sum(amount) FROM account")).isEqualTo("2000");
        }
      }
      done.set(true);
      for (Thread victim : victims) {
        victim.join();
      }
      assertThat(failures).isEmpty();
      try (Connection connection = pool.getConnection()) {
        for (int i = 0; i < committed.length; i++) {
          assertThat(row(connection, "SELECT count(*) FROM log WHERE who = " + i))
              .as("rows of thread " + i)
              .isEqualTo(String.valueOf(committed[i]));
        }
        assertThat(row(connection, "PRAGMA wal_checkpoint(TRUNCATE)")).isEqualTo("0|0|0");
        assertThat(row(connection, "PRAGMA integrity_check")).isEqualTo("ok");
      }
    }
    assertThat(committed).doesNotContain(0);
  }

  /** Inserts rows; an interrupted thread may fail, and then goes on. @return rows committed */
  private static long insertUntil(AtomicBoolean done, HikariDataSource pool, int who)
      throws SQLException {
    long committed = 0;
    while (!done.get()) {
      try (Connection connection = pool.getConnection()) {
        try (PreparedStatement insert =
            connection.prepareStatement("INSERT INTO log(who) VALUES (?)")) {
          insert.setInt(1, who);
          committed += insert.executeUpdate();
          row(connection, "SELECT count(*) FROM log");
        } catch (SQLException e) {
          assertThat(Thread.currentThread().isInterrupted()).as("interrupted: " + e).isTrue();
          assertThat(e.getSQLState()).as(e.toString()).doesNotStartWith("08");
        }
      } catch (SQLException e) {
        // The pool itself gives an interrupted thread no connection.
        assertThat(e.getMessage()).contains("nterrupt");
      }
      Thread.interrupted();
    }
    return committed;
  }
}
