package dev.tursojdbc.tck.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** This process and another one, with this driver or the reference's, step by step. */
class WalSharingTest {
  @TempDir private Path directory;

  private Path file() {
    return directory.resolve("shared.db");
  }

  private Connection open() throws SQLException {
    return open("busy_timeout=0");
  }

  private Connection open(String settings) throws SQLException {
    return DriverManager.getConnection("jdbc:turso:" + file() + "?" + settings);
  }

  private ChildProcess other(String engine) throws IOException {
    return ChildProcess.sql("jdbc:" + engine + ":" + file());
  }

  private static String run(Connection connection, String sql) throws SQLException {
    StringBuilder rows = new StringBuilder();
    try (Statement statement = connection.createStatement()) {
      if (statement.execute(sql)) {
        try (ResultSet row = statement.getResultSet()) {
          int columns = row.getMetaData().getColumnCount();
          while (row.next()) {
            rows.append(rows.isEmpty() ? "" : " ");
            for (int i = 1; i <= columns; i++) {
              rows.append(i == 1 ? "" : "|").append(row.getString(i));
            }
          }
        }
      }
    } catch (SQLException e) {
      return "error " + e.getErrorCode();
    }
    return rows.toString();
  }

  private boolean exists(String suffix) {
    return Files.exists(Path.of(file() + suffix));
  }

  @ParameterizedTest
  @ValueSource(strings = {"sqlite", "turso"})
  void eachSeesWhatTheOtherCommitted(String engine) throws Exception {
    // Read-marks are kept for a moment after their last use, so checkpoints may have to wait.
    try (Connection ours = open("busy_timeout=2000")) {
      run(ours, "CREATE TABLE t(a INTEGER PRIMARY KEY, b)");
      try (ChildProcess other = other(engine)) {
        other.run("PRAGMA busy_timeout=2000");
        for (int i = 0; i < 20; i++) {
          assertThat(run(ours, "INSERT INTO t(b) VALUES ('ours')")).isEmpty();
          assertThat(other.run("SELECT count(*) FROM t")).isEqualTo(String.valueOf(2 * i + 1));
          assertThat(other.run("INSERT INTO t(b) VALUES ('theirs')")).isEmpty();
          assertThat(run(ours, "SELECT count(*) FROM t")).isEqualTo(String.valueOf(2 * i + 2));
          if (i % 5 == 3) {
            String[] modes = {"PASSIVE", "FULL", "RESTART", "TRUNCATE"};
            String checkpoint = "PRAGMA wal_checkpoint(" + modes[i / 5] + ")";
            assertThat(i % 2 == 0 ? run(ours, checkpoint) : other.run(checkpoint)).startsWith("0|");
          }
        }
        assertThat(other.run("CREATE TABLE u AS SELECT max(a) AS a FROM t")).isEmpty();
        assertThat(run(ours, "SELECT a FROM u")).isEqualTo("40");
        assertThat(run(ours, "DROP TABLE u")).isEmpty();
        assertThat(other.run("SELECT a FROM u")).isEqualTo("error 1");
        assertThat(other.run("VACUUM")).isEmpty();
        assertThat(run(ours, "PRAGMA integrity_check")).isEqualTo("ok");
        assertThat(run(ours, "VACUUM")).isEmpty();
        assertThat(other.run("PRAGMA integrity_check")).isEqualTo("ok");
      }
      assertThat(exists("-shm")).isTrue();
    }
    assertThat(exists("-wal")).isFalse();
    assertThat(exists("-shm")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"sqlite", "turso"})
  void snapshotsStayAndOldOnesCannotWrite(String engine) throws Exception {
    try (Connection ours = open();
        ChildProcess other = other(engine)) {
      run(ours, "CREATE TABLE t(a)");
      run(ours, "BEGIN");
      assertThat(run(ours, "SELECT count(*) FROM t")).isEqualTo("0");
      assertThat(other.run("INSERT INTO t VALUES (1)")).isEmpty();
      // The other one's checkpoint goes no further than our snapshot, and its log goes on.
      assertThat(other.run("PRAGMA wal_checkpoint(TRUNCATE)")).startsWith("1|");
      assertThat(other.run("INSERT INTO t VALUES (2)")).isEmpty();
      assertThat(run(ours, "SELECT count(*) FROM t")).isEqualTo("0");
      assertThat(run(ours, "INSERT INTO t VALUES (3)")).isEqualTo("error 5");
      run(ours, "ROLLBACK");
      assertThat(run(ours, "SELECT count(*) FROM t")).isEqualTo("2");

      assertThat(other.run("BEGIN IMMEDIATE")).isEmpty();
      assertThat(run(ours, "INSERT INTO t VALUES (4)")).isEqualTo("error 5");
      assertThat(other.run("ROLLBACK")).isEmpty();
      run(ours, "BEGIN IMMEDIATE");
      assertThat(other.run("INSERT INTO t VALUES (5)")).isEqualTo("error 5");
      assertThat(other.run("SELECT count(*) FROM t")).isEqualTo("2");
      run(ours, "INSERT INTO t VALUES (6)");
      run(ours, "COMMIT");
      assertThat(other.run("SELECT count(*) FROM t")).isEqualTo("3");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"sqlite", "turso"})
  void whoIsKilledTakesHisTransactionWithHimAndNothingElse(String engine) throws Exception {
    try (Connection ours = open()) {
      run(ours, "CREATE TABLE t(a)");
      for (int kill = 0; kill < 2; kill++) {
        try (ChildProcess other = other(engine)) {
          assertThat(other.run("INSERT INTO t VALUES ('kept')")).isEmpty();
          assertThat(other.run("PRAGMA cache_size=5")).isEmpty();
          assertThat(other.run("BEGIN")).isEmpty();
          assertThat(
                  other.run(
                      "INSERT INTO t WITH RECURSIVE s(i) AS (VALUES (1) UNION ALL SELECT i + 1"
                          + " FROM s WHERE i < 500) SELECT zeroblob(3000) FROM s"))
              .isEmpty();
          assertThat(run(ours, "INSERT INTO t VALUES (1)")).isEqualTo("error 5");
          other.kill();
        }
        assertThat(run(ours, "INSERT INTO t VALUES ('ours')")).isEmpty();
        assertThat(run(ours, "SELECT count(*) FROM t")).isEqualTo(String.valueOf(2 * kill + 2));
      }
      try (ChildProcess other = other(engine)) {
        assertThat(other.run("SELECT count(*) FROM t")).isEqualTo("4");
        assertThat(other.run("PRAGMA integrity_check")).isEqualTo("ok");
      }
      assertThat(run(ours, "PRAGMA integrity_check")).isEqualTo("ok");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"sqlite", "turso"})
  void theLogOfAKilledProcessIsRecoveredByWhoeverComesNext(String engine) throws Exception {
    String next = engine.equals("sqlite") ? "turso" : "sqlite";
    try (ChildProcess victim = other(engine)) {
      victim.run("PRAGMA journal_mode=wal");
      victim.run("CREATE TABLE t(a)");
      victim.run("INSERT INTO t VALUES (1)");
      victim.kill();
    }
    assertThat(exists("-wal")).isTrue();
    try (ChildProcess heir = other(next)) {
      assertThat(heir.run("SELECT count(*) FROM t")).isEqualTo("1");
      assertThat(heir.run("INSERT INTO t VALUES (2)")).isEmpty();
      heir.kill();
    }
    try (Connection ours = open()) {
      assertThat(run(ours, "SELECT count(*) FROM t")).isEqualTo("2");
      assertThat(run(ours, "PRAGMA integrity_check")).isEqualTo("ok");
    }
    assertThat(exists("-wal")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"sqlite", "turso"})
  void whatReadersKeepIsGivenBackSoon(String engine) throws Exception {
    try (Connection ours = open();
        ChildProcess other = other(engine)) {
      run(ours, "CREATE TABLE t(a)");
      other.run("PRAGMA busy_timeout=5000");
      for (int i = 0; i < 5; i++) {
        assertThat(run(ours, "SELECT count(*) FROM t")).isEqualTo(String.valueOf(i));
        assertThat(other.run("INSERT INTO t VALUES (1)")).isEmpty();
        assertThat(other.run("PRAGMA wal_checkpoint(TRUNCATE)")).isEqualTo("0|0|0");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"sqlite", "turso"})
  void exclusiveLockingKeepsOthersOut(String engine) throws Exception {
    try (Connection ours = open("busy_timeout=0&locking_mode=EXCLUSIVE");
        ChildProcess other = other(engine)) {
      run(ours, "CREATE TABLE t(a)");
      assertThat(exists("-shm")).isFalse();
      assertThat(other.run("SELECT count(*) FROM t")).isEqualTo("error 5");
    }
    try (Connection ours = open();
        ChildProcess other = other(engine)) {
      assertThat(other.run("SELECT count(*) FROM t")).isEqualTo("0");
      assertThat(run(ours, "INSERT INTO t VALUES (1)")).isEmpty();
      assertThat(run(ours, "PRAGMA locking_mode=EXCLUSIVE")).isEqualTo("exclusive");
      assertThat(run(ours, "SELECT count(*) FROM t")).isEqualTo("error 5");
      assertThat(other.run("INSERT INTO t VALUES (2)")).isEmpty();
      assertThat(other.join()).isZero();
      assertThat(run(ours, "SELECT count(*) FROM t")).isEqualTo("2");
      assertThat(exists("-shm")).isFalse();
      try (ChildProcess another = other(engine)) {
        assertThat(another.run("SELECT count(*) FROM t")).isEqualTo("error 5");
      }
    }
    assertThat(exists("-wal")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"sqlite", "turso"})
  void theJournalModeChangesOnlyForWhoIsAlone(String engine) throws Exception {
    try (Connection ours = open()) {
      run(ours, "CREATE TABLE t(a)");
      try (ChildProcess other = other(engine)) {
        assertThat(other.run("SELECT count(*) FROM t")).isEqualTo("0");
        assertThat(run(ours, "PRAGMA journal_mode=DELETE")).isEqualTo("error 5");
        assertThat(other.run("PRAGMA journal_mode=DELETE")).isIn("error 5", "wal");
        assertThat(other.run("INSERT INTO t VALUES (1)")).isEmpty();
      }
      assertThat(run(ours, "PRAGMA journal_mode=DELETE")).isEqualTo("delete");
      assertThat(exists("-wal")).isFalse();
      assertThat(exists("-shm")).isFalse();
      try (ChildProcess other = other(engine)) {
        assertThat(other.run("PRAGMA journal_mode=WAL")).isEqualTo("wal");
        assertThat(other.run("INSERT INTO t VALUES (2)")).isEmpty();
        assertThat(run(ours, "SELECT count(*) FROM t")).isEqualTo("2");
        assertThat(run(ours, "INSERT INTO t VALUES (3)")).isEmpty();
        assertThat(other.run("SELECT count(*) FROM t")).isEqualTo("3");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"sqlite", "turso"})
  void whoMerelyLooksAtAnEmptyDatabaseIsInNobodysWay(String engine) throws Exception {
    try (Connection ours = open();
        ChildProcess other = other(engine)) {
      assertThat(run(ours, "SELECT count(*) FROM sqlite_schema")).isEqualTo("0");
      assertThat(other.run("CREATE TABLE t(a)")).isEmpty();
      assertThat(run(ours, "INSERT INTO t VALUES (1)")).isEmpty();
      assertThat(other.run("SELECT count(*) FROM t")).isEqualTo("1");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"sqlite", "turso"})
  void whoReadsAgainAndAgainDoesNotKeepTheLogOfAnotherFromRestarting(String engine)
      throws Exception {
    try (Connection ours = open();
        ChildProcess other = other(engine)) {
      run(ours, "CREATE TABLE t(a)");
      AtomicBoolean done = new AtomicBoolean();
      Thread reader =
          new Thread(
              () -> {
                while (!done.get()) {
                  read(ours);
                }
              });
      reader.start();
      // A reader that finds a header half written takes the writer lock to see who writes.
      other.run("PRAGMA busy_timeout=5000");
      other.run("PRAGMA wal_autocheckpoint=50");
      other.run("PRAGMA synchronous=OFF");
      for (int i = 0; i < 1500; i++) {
        assertThat(other.run("INSERT INTO t VALUES (" + i + ")")).isEmpty();
      }
      done.set(true);
      reader.join();
      assertThat(Files.size(Path.of(file() + "-wal"))).isLessThan(1000 * 4096);
      assertThat(run(ours, "SELECT count(*) FROM t")).isEqualTo("1500");
    }
  }

  private static void read(Connection connection) {
    try {
      assertThat(run(connection, "SELECT count(*) = coalesce(max(a) + 1, 0) FROM t"))
          .isEqualTo("1");
      // Much less than for how long a mark may be kept.
      Thread.sleep(2);
    } catch (SQLException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"sqlite", "turso"})
  void anInterruptTakesNoLocksAway(String engine) throws Exception {
    try (ChildProcess other = other(engine)) {
      other.run("PRAGMA journal_mode=wal");
      other.run("CREATE TABLE t(a)");
      Thread.currentThread().interrupt();
      try (Connection ours = open()) {
        run(ours, "BEGIN");
        run(ours, "SELECT count(*) FROM t");
        for (int i = 0; i < 50; i++) {
          Thread.currentThread().interrupt();
          run(ours, "SELECT count(*) FROM t");
        }
        assertThat(Thread.interrupted()).isTrue();
        assertThat(run(ours, "SELECT count(*) FROM t")).isEqualTo("0");
        assertThat(other.run("INSERT INTO t VALUES (1)")).isEmpty();
        assertThat(other.run("PRAGMA wal_checkpoint(TRUNCATE)")).startsWith("1|");
        assertThat(run(ours, "SELECT count(*) FROM t")).isEqualTo("0");
        assertThat(other.run("PRAGMA journal_mode=DELETE")).isIn("error 5", "wal");
        run(ours, "COMMIT");
        assertThat(run(ours, "SELECT count(*) FROM t")).isEqualTo("1");
      } finally {
        assertThat(Thread.interrupted()).isFalse();
      }
    }
  }
}
