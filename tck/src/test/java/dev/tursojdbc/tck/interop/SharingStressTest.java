package dev.tursojdbc.tck.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many processes on one database; {@code -Dtck.interop.seconds=600} says for how long. */
class SharingStressTest {
  @TempDir private Path directory;

  @Test
  @Tag("crash")
  void nothingIsLostWhoeverWritesCheckpointsAndDies() throws Exception {
    long seconds = Long.getLong("tck.interop.seconds", 60);
    Path file = directory.resolve("shared.db");
    createTables(file);

    String outcome = new SharingStress(file, seconds, hasShell()).run(seconds * 1000);

    System.out.println("interop: " + outcome);
    assertThat(outcome).doesNotStartWith("0 ");
  }

  static void createTables(Path file) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:turso:" + file)) {
      CountingChild.createTables(connection);
    }
  }

  /** Whether there is a {@code sqlite3} program. */
  static boolean hasShell() throws InterruptedException {
    try {
      return new ProcessBuilder("sqlite3", "-version").start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }
}
