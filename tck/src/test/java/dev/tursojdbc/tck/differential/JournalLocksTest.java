package dev.tursojdbc.tck.differential;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Connections of one process to one database with rollback journals lock each other out where
 * SQLite's do: the same steps, one after the other, come to the same on both engines.
 */
class JournalLocksTest {
  private static final List<String> CREATE =
      List.of(
          "PRAGMA journal_mode=delete", "CREATE TABLE t(a)", "INSERT INTO t VALUES (1), (2), (3)");

  /** What each connection of a random run may do. */
  private static final List<String> STEPS =
      List.of(
          "BEGIN",
          "BEGIN IMMEDIATE",
          "BEGIN EXCLUSIVE",
          "COMMIT",
          "COMMIT",
          "ROLLBACK",
          "SELECT count(*), sum(a) FROM t",
          "SELECT count(*), sum(a) FROM t",
          "INSERT INTO t VALUES (10)",
          "INSERT INTO t VALUES (20)",
          "DELETE FROM t WHERE a = 10",
          "SAVEPOINT s",
          "RELEASE s",
          "ROLLBACK TO s",
          "CREATE TABLE IF NOT EXISTS t(b)",
          "UPDATE t SET a = a + 1 WHERE a > 9",
          "open rows",
          "close rows",
          "close rows",
          "PRAGMA journal_mode",
          "PRAGMA journal_mode=delete",
          "PRAGMA journal_mode=truncate",
          "PRAGMA journal_mode=persist",
          "PRAGMA journal_mode=memory");

  /** One engine's connections to its database. */
  private static final class Engine implements AutoCloseable {
    private final String url;
    private final Map<String, Connection> connections = new LinkedHashMap<>();
    private final Map<String, Statement> open = new LinkedHashMap<>();

    Engine(String url) throws SQLException {
      this.url = url;
      for (String sql : CREATE) {
        step("a", sql);
      }
      // Who knows no schema yet reads it for each statement on SQLite; ours have it in common.
      for (String name : List.of("a", "b", "c")) {
        step(name, "SELECT count(*) FROM t");
      }
    }

    private Connection connection(String name) throws SQLException {
      Connection present = connections.get(name);
      if (present == null) {
        present = DriverManager.getConnection(url);
        try (Statement statement = present.createStatement()) {
          statement.execute("PRAGMA busy_timeout=0");
        }
        connections.put(name, present);
      }
      return present;
    }

    /** What a step comes to: rows, an error's primary code, or nothing. */
    String step(String name, String sql) throws SQLException {
      try {
        switch (sql) {
          case "open rows" -> {
            if (open.containsKey(name)) {
              return "";
            }
            Statement statement = connection(name).createStatement();
            open.put(name, statement);
            ResultSet rows = statement.executeQuery("SELECT a FROM t");
            return rows.next() ? rows.getString(1) : "no row";
          }
          case "close rows" -> {
            closeRows(name);
            return "";
          }
          case "reconnect" -> {
            closeRows(name);
            Connection present = connections.remove(name);
            if (present != null) {
              present.close();
            }
            return "";
          }
          case "BEGIN EXCLUSIVE", "ROLLBACK", "ROLLBACK TO s" -> {
            // Where SQLite fails with the first beside a running query, it keeps half of the lock;
            // and
            // a query that saw what the others undo may go on there, here it ends.
            return open.containsKey(name) ? "" : run(connection(name), sql);
          }
          default -> {
            return run(connection(name), sql);
          }
        }
      } catch (SQLException e) {
        return "error " + (e.getErrorCode() & 0xFF);
      }
    }

    private void closeRows(String name) throws SQLException {
      Statement statement = open.remove(name);
      if (statement != null) {
        statement.close();
      }
    }

    private static String run(Connection connection, String sql) throws SQLException {
      try (Statement statement = connection.createStatement()) {
        if (!statement.execute(sql)) {
          return "";
        }
        StringBuilder rows = new StringBuilder();
        try (ResultSet row = statement.getResultSet()) {
          while (row.next()) {
            for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
              rows.append(row.getString(i)).append(' ');
            }
          }
        }
        return rows.toString();
      }
    }

    @Override
    public void close() throws SQLException {
      for (Statement statement : open.values()) {
        statement.close();
      }
      for (Connection connection : connections.values()) {
        connection.close();
      }
    }
  }

  private static void compare(Path directory, List<String> steps) throws SQLException {
    List<String> expected = run("jdbc:sqlite:" + directory.resolve("reference.db"), steps);
    List<String> found = run("jdbc:turso:" + directory.resolve("ours.db"), steps);

    for (int i = 0; i < expected.size(); i++) {
      assertThat(found.get(i)).as("%s", expected.subList(0, i)).isEqualTo(expected.get(i));
    }
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("ours.db"));
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("PRAGMA integrity_check")) {
      assertThat(row.getString(1)).isEqualTo("ok");
    }
  }

  /** Each step is written as "connection: SQL". */
  private static List<String> run(String url, List<String> steps) throws SQLException {
    List<String> outcomes = new ArrayList<>();
    try (Engine engine = new Engine(url)) {
      for (String step : steps) {
        int colon = step.indexOf(": ");
        String outcome = engine.step(step.substring(0, colon), step.substring(colon + 2));
        outcomes.add(step + " -> " + outcome);
      }
    }
    return outcomes;
  }

  @TempDir private Path directory;

  private void compare(String... steps) throws SQLException {
    compare(directory, Arrays.asList(steps));
  }

  @Test
  void aReaderKeepsAWriterFromCommittingAndTheCommitCanBeTriedAgain() throws SQLException {
    compare(
        "a: BEGIN",
        "a: SELECT count(*), sum(a) FROM t",
        "b: BEGIN",
        "b: INSERT INTO t VALUES (4)",
        "b: COMMIT",
        "c: SELECT count(*), sum(a) FROM t",
        "a: SELECT count(*), sum(a) FROM t",
        "a: COMMIT",
        "b: COMMIT",
        "c: SELECT count(*), sum(a) FROM t");
  }

  @Test
  void anAutocommittedChangeThatCannotCommitIsUndone() throws SQLException {
    compare(
        "a: open rows",
        "b: INSERT INTO t VALUES (4)",
        "c: INSERT INTO t VALUES (5)",
        "a: close rows",
        "b: SELECT count(*), sum(a) FROM t",
        "b: INSERT INTO t VALUES (4)",
        "a: SELECT count(*), sum(a) FROM t");
  }

  @Test
  void twoReadersThatBothWantToWriteDoNotWaitForEachOther() throws SQLException {
    compare(
        "a: BEGIN",
        "b: BEGIN",
        "a: SELECT count(*), sum(a) FROM t",
        "b: SELECT count(*), sum(a) FROM t",
        "a: INSERT INTO t VALUES (4)",
        "b: INSERT INTO t VALUES (5)",
        "a: COMMIT",
        "b: ROLLBACK",
        "a: COMMIT",
        "b: SELECT count(*), sum(a) FROM t");
  }

  @Test
  void beginExclusiveKeepsReadersOut() throws SQLException {
    compare(
        "a: BEGIN EXCLUSIVE",
        "b: SELECT count(*), sum(a) FROM t",
        "b: BEGIN",
        "b: SELECT count(*), sum(a) FROM t",
        "a: COMMIT",
        "b: SELECT count(*), sum(a) FROM t",
        "a: BEGIN EXCLUSIVE",
        "a: BEGIN IMMEDIATE",
        "b: COMMIT",
        "a: BEGIN EXCLUSIVE",
        "a: ROLLBACK");
  }

  @Test
  void enteringAndLeavingWalModeNeedsTheFileForOneself() throws SQLException {
    compare(
        "b: open rows",
        "a: PRAGMA journal_mode=wal",
        "a: PRAGMA journal_mode",
        "b: close rows",
        "a: PRAGMA journal_mode=wal",
        "b: SELECT count(*), sum(a) FROM t",
        "a: PRAGMA journal_mode=delete",
        "a: PRAGMA journal_mode",
        "b: reconnect",
        "c: PRAGMA busy_timeout",
        "a: PRAGMA journal_mode=persist",
        "b: PRAGMA journal_mode",
        "b: INSERT INTO t VALUES (4)",
        "a: SELECT count(*), sum(a) FROM t");
  }

  @Test
  void exclusiveLockingModeKeepsWhatWasLocked() throws SQLException {
    compare(
        "a: PRAGMA locking_mode=exclusive",
        "b: INSERT INTO t VALUES (4)",
        "a: SELECT count(*), sum(a) FROM t",
        "b: SELECT count(*), sum(a) FROM t",
        "b: INSERT INTO t VALUES (5)",
        "a: INSERT INTO t VALUES (6)",
        "b: SELECT count(*), sum(a) FROM t",
        "a: PRAGMA locking_mode=normal",
        "b: SELECT count(*), sum(a) FROM t",
        "a: SELECT count(*), sum(a) FROM t",
        "b: SELECT count(*), sum(a) FROM t",
        "b: INSERT INTO t VALUES (7)",
        "a: SELECT count(*), sum(a) FROM t");
  }

  private static void compareRandom(long seed, int count) throws Exception {
    SplittableRandom random = new SplittableRandom(seed);
    List<String> steps = new ArrayList<>();
    Set<String> readers = new HashSet<>();
    for (int i = 0; i < count; i++) {
      steps.add(step((char) ('a' + random.nextInt(3)), random, readers));
    }
    Path files = Files.createTempDirectory("locks");
    try {
      compare(files, steps);
    } finally {
      try (Stream<Path> all = Files.list(files)) {
        for (Path file : all.toList()) {
          Files.delete(file);
        }
      }
      Files.delete(files);
    }
  }

  /**
   * One more step. Where BEGIN EXCLUSIVE fails for a connection that reads already, SQLite goes on
   * keeping new readers out until it has done with reading, and we do not: this is not asked for.
   *
   * @param readers the connections that may be in a transaction, or have rows open
   */
  private static String step(char connection, SplittableRandom random, Set<String> readers) {
    String step = STEPS.get(random.nextInt(STEPS.size()));
    String transaction = connection + " in a transaction";
    String rows = connection + " with rows";
    switch (step) {
      case "COMMIT", "ROLLBACK" -> readers.remove(transaction);
      case "close rows" -> readers.remove(rows);
      case "open rows" -> readers.add(rows);
      case "BEGIN EXCLUSIVE" -> {
        if (readers.contains(transaction) || readers.contains(rows)) {
          step = "BEGIN";
        }
        readers.add(transaction);
      }
      case "BEGIN", "BEGIN IMMEDIATE", "SAVEPOINT s" -> readers.add(transaction);
      default -> {
        // It leaves things as they are.
      }
    }
    return connection + ": " + step;
  }

  @Property(tries = 25)
  void randomStepsComeToTheSame(@ForAll long seed) throws Exception {
    compareRandom(seed, 80);
  }

  @Property(tries = 2000)
  @Tag("slow")
  void manyRandomStepsComeToTheSame(@ForAll long seed) throws Exception {
    compareRandom(seed, 150);
  }
}
