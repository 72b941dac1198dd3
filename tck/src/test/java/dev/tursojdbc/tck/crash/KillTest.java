package dev.tursojdbc.tck.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A writing process is killed: what it said was committed is there, whole, and the file is sound.
 */
class KillTest {
  @TempDir private Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"wal", "delete", "truncate", "persist"})
  void threeKillsLoseNothing(String journalMode) throws Exception {
    killAndCheck(journalMode, 3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"wal", "delete", "truncate", "persist"})
  @Tag("crash")
  void oneHundredKillsLoseNothing(String journalMode) throws Exception {
    killAndCheck(journalMode, 100);
  }

  private void killAndCheck(String journalMode, int kills) throws Exception {
    Path file = directory.resolve("killed.db");
    try (Connection connection = DriverManager.getConnection("jdbc:turso:" + file)) {
      CommittingChild.createTable(connection);
    }
    Random random = new Random(kills);
    for (int kill = 0; kill < kills; kill++) {
      long acknowledged = runAndKill(file, journalMode, 20 + random.nextInt(150));

      // What the writer left unfinished is undone by whoever comes first.
      boolean ours = journalMode.equals("wal") || kill % 2 == 1;
      check((ours ? "jdbc:turso:" : "jdbc:sqlite:") + file, acknowledged);
      if (kill % 10 == 0) {
        check((ours ? "jdbc:sqlite:" : "jdbc:turso:") + file, acknowledged);
      }
    }
  }

  /**
   * Lets a child commit so many transactions, and some more, then kills it. @return the last one
   * that it printed
   */
  private static long runAndKill(Path file, String journalMode, int commits)
      throws IOException, InterruptedException {
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                CommittingChild.class.getName(),
                file.toString(),
                journalMode)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    long last = 0;
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8))) {
      int seen = 0;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        last = Long.parseLong(line);
        if (++seen == commits) {
          // By its handle: what the child has printed stays readable.
          child.toHandle().destroyForcibly();
        }
      }
      assertThat(seen).as("transactions of the child").isGreaterThanOrEqualTo(commits);
    }
    child.waitFor();
    return last;
  }

  private static void check(String url, long acknowledged) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url)) {
      assertThat(query(connection, "SELECT max(batch) FROM t"))
          .satisfies(last -> assertThat(Long.parseLong(last)).isGreaterThanOrEqualTo(acknowledged));
      assertThat(
              query(
                  connection,
                  "SELECT count(*) FROM (SELECT batch FROM t GROUP BY batch HAVING count(*) <> "
                      + CommittingChild.ROWS
                      + ")"))
          .as("batches that are not whole")
          .isEqualTo("0");
      assertThat(query(connection, "PRAGMA integrity_check")).isEqualTo("ok");
    }
  }

  private static String query(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      assertThat(row.next()).isTrue();
      return row.getString(1);
    }
  }

  @Test
  void theReferenceAndWeReadTheSameLogOfAKilledWriter() throws Exception {
    Path file = directory.resolve("copied.db");
    try (Connection connection = DriverManager.getConnection("jdbc:turso:" + file)) {
      CommittingChild.createTable(connection);
    }
    long acknowledged = runAndKill(file, "wal", 30);
    Path copy = directory.resolve("copy.db");
    Files.copy(file, copy);
    Path log = Path.of(file + "-wal");
    if (Files.exists(log)) {
      Files.copy(log, Path.of(copy + "-wal"));
    }

    check("jdbc:sqlite:" + copy, acknowledged);
    check("jdbc:turso:" + file, acknowledged);
  }
}
