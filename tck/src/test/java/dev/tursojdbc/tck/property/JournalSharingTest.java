package dev.tursojdbc.tck.property;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A database with rollback journals is used by this process and by {@code sqlite3} processes at the
 * same time: nobody's change gets lost, and each sees what the others committed.
 */
class JournalSharingTest {
  private static final int INCREMENTS = 60;
  private static final int TIMEOUT_MILLIS = 30_000;

  @TempDir private Path directory;

  @BeforeEach
  void requireSqlite3() throws InterruptedException {
    boolean found;
    try {
      found = new ProcessBuilder("sqlite3", "-version").start().waitFor() == 0;
    } catch (IOException e) {
      found = false;
    }
    assumeThat(found).as("the sqlite3 program").isTrue();
  }

  private Path file() {
    return directory.resolve("shared.db");
  }

  private Connection open() throws SQLException {
    Connection connection = DriverManager.getConnection("jdbc:turso:" + file());
    run(connection, "PRAGMA busy_timeout=" + TIMEOUT_MILLIS);
    return connection;
  }

  private static void run(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String ask(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      assertThat(row.next()).isTrue();
      return row.getString(1);
    }
  }

  private Process sqlite3(String script) throws IOException {
    Path input = Files.createTempFile(directory, "script", ".sql");
    Files.writeString(input, ".timeout " + TIMEOUT_MILLIS + "\n" + script);
    return new ProcessBuilder("sqlite3", file().toString())
        .redirectInput(input.toFile())
        .redirectErrorStream(true)
        .start();
  }

  private static String output(Process process) throws IOException, InterruptedException {
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return text.strip();
  }

  private void create(String journalMode) throws SQLException {
    try (Connection connection = open()) {
      assertThat(ask(connection, "PRAGMA journal_mode=" + journalMode)).isEqualTo(journalMode);
      run(connection, "CREATE TABLE counter(n INTEGER)");
      run(connection, "INSERT INTO counter VALUES (0)");
      run(connection, "CREATE TABLE log(who TEXT, n INTEGER, filler BLOB)");
    }
  }

  private static String increment(String who) {
    return "BEGIN IMMEDIATE; UPDATE counter SET n = n + 1;"
        + " INSERT INTO log SELECT '"
        + who
        + "', n, randomblob(300) FROM counter; COMMIT;";
  }

  private void incrementOften(String who, String journalMode) throws SQLException {
    try (Connection connection = open()) {
      run(connection, "PRAGMA journal_mode=" + journalMode);
      run(connection, "PRAGMA synchronous=OFF");
      for (int i = 0; i < INCREMENTS; i++) {
        for (String sql : increment(who).split(";")) {
          run(connection, sql);
        }
        String sums = ask(connection, "SELECT n - (SELECT count(*) FROM log) FROM counter");
        assertThat(sums).isEqualTo("0");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"delete", "truncate", "persist"})
  void everyIncrementOfEverybodyCounts(String journalMode) throws Exception {
    create(journalMode);
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      List<Future<?>> ours = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        String who = "thread " + i;
        ours.add(
            threads.submit(
                () -> {
                  incrementOften(who, journalMode);
                  return null;
                }));
      }
      List<Process> others = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        String settings = "PRAGMA synchronous=OFF;\n";
        others.add(sqlite3(settings + (increment("process " + i) + "\n").repeat(INCREMENTS)));
      }
      for (Process other : others) {
        assertThat(output(other)).isEmpty();
      }
      for (Future<?> thread : ours) {
        thread.get(2, TimeUnit.MINUTES);
      }
    } finally {
      threads.shutdownNow();
    }

    String total = String.valueOf(4 * INCREMENTS);
    try (Connection connection = open()) {
      assertThat(ask(connection, "SELECT n FROM counter")).isEqualTo(total);
      assertThat(ask(connection, "SELECT count(DISTINCT n) FROM log")).isEqualTo(total);
      assertThat(ask(connection, "PRAGMA integrity_check")).isEqualTo("ok");
      assertThat(output(sqlite3("SELECT n FROM counter; PRAGMA integrity_check;")))
          .isEqualTo(total + System.lineSeparator() + "ok");
    }
  }

  @Test
  void anOpenConnectionUndoesWhatAKilledProcessLeft() throws Exception {
    create("delete");
    try (Connection connection = open()) {
      run(
          connection,
          "WITH RECURSIVE s(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM s WHERE i < 500) INSERT INTO log SELECT 'before', i, zeroblob(500) FROM s");
      String before = ask(connection, "SELECT count(*) || ' ' || sum(n) FROM log");
      killInTransaction();

      assertThat(Files.exists(Path.of(file() + "-journal"))).isTrue();
      assertThat(ask(connection, "SELECT count(*) || ' ' || sum(n) FROM log")).isEqualTo(before);
      assertThat(Files.exists(Path.of(file() + "-journal"))).isFalse();
      run(connection, "INSERT INTO log VALUES ('after', 1, NULL)");
      assertThat(output(sqlite3("SELECT count(*) FROM log; PRAGMA integrity_check;")))
          .isEqualTo("501" + System.lineSeparator() + "ok");
    }
  }

  /** Lets a process write half of a transaction into the file, then kills it. */
  private void killInTransaction() throws IOException, InterruptedException {
    Path marker = directory.resolve("marker");
    Process victim =
        new ProcessBuilder("sqlite3", file().toString()).redirectErrorStream(true).start();
    try (Writer input = victim.outputWriter(StandardCharsets.UTF_8)) {
      input.write(
          """
          PRAGMA cache_size=5;
          PRAGMA cache_spill=5;
          BEGIN;
          UPDATE log SET n = n + 1, filler = randomblob(700);
          .shell touch '%s'
          """
              .formatted(marker));
      input.flush();
      while (!Files.exists(marker)) {
        assertThat(victim.isAlive()).isTrue();
        Thread.sleep(5);
      }
      victim.destroyForcibly().waitFor();
    }
  }

  @Test
  void aChangeOfThePageSizeByAnotherProcessIsNoticed() throws Exception {
    create("delete");
    try (Connection connection = open()) {
      assertThat(ask(connection, "PRAGMA page_size")).isEqualTo("4096");

      assertThat(output(sqlite3("PRAGMA page_size=1024; VACUUM; PRAGMA user_version=7;")))
          .isEmpty();

      assertThat(ask(connection, "SELECT n FROM counter")).isEqualTo("0");
      assertThat(ask(connection, "PRAGMA page_size")).isEqualTo("1024");
      assertThat(output(sqlite3("PRAGMA journal_mode=wal;"))).isEqualTo("wal");
      assertThat(ask(connection, "PRAGMA user_version")).isEqualTo("7");
      assertThat(ask(connection, "PRAGMA journal_mode")).isEqualTo("wal");
    }
  }
}
