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
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Connections as snapshots over one log: what they see, and what a checkpoint answers. */
class SnapshotsTest {
  @TempDir private Path directory;
  private Path file;
  private String url;

  @BeforeEach
  void makeDatabase() throws SQLException {
    file = directory.resolve("test.db");
    url = "jdbc:turso:" + file;
    try (Connection connection = DriverManager.getConnection(url)) {
      execute(connection, "CREATE TABLE t(a INTEGER PRIMARY KEY, b TEXT)");
      execute(connection, "INSERT INTO t VALUES (1, 'old')");
    }
  }

  @Test
  void aCommitIsSeenByTheNextReadAndNotByAnOlderSnapshot() throws SQLException {
    try (Connection writer = DriverManager.getConnection(url);
        Connection old = DriverManager.getConnection(url);
        Connection fresh = DriverManager.getConnection(url)) {
      old.setAutoCommit(false);
      assertThat(row(old, "SELECT b FROM t")).isEqualTo("old");

      execute(writer, "UPDATE t SET b = 'new'");

      assertThat(row(fresh, "SELECT b FROM t")).isEqualTo("new");
      assertThat(row(old, "SELECT b FROM t")).isEqualTo("old");
      old.commit();
      assertThat(row(old, "SELECT b FROM t")).isEqualTo("new");
    }
  }

  @Test
  void truncatingCheckpointEmptiesTheLog() throws Exception {
    try (Connection connection = DriverManager.getConnection(url)) {
      execute(connection, "INSERT INTO t VALUES (2, 'x')");

      assertThat(row(connection, "PRAGMA wal_checkpoint(TRUNCATE)")).isEqualTo("0|0|0");

      assertThat(Files.size(Path.of(file + "-wal"))).isZero();
      execute(connection, "INSERT INTO t VALUES (3, 'x')");
      execute(connection, "PRAGMA wal_checkpoint(TRUNCATE)");
      assertThat(Files.size(Path.of(file + "-wal"))).isZero();
    }
  }

  @Test
  void truncatingCheckpointIsBusyBesideAnOlderSnapshot() throws SQLException {
    try (Connection old = DriverManager.getConnection(url);
        Connection writer = DriverManager.getConnection(url + "?busy_timeout=0")) {
      execute(writer, "INSERT INTO t VALUES (2, 'x')");
      old.setAutoCommit(false);
      row(old, "SELECT count(*) FROM t");
      execute(writer, "INSERT INTO t VALUES (3, 'x')");

      String answer = row(writer, "PRAGMA wal_checkpoint(TRUNCATE)");

      assertThat(answer).matches("1\\|\\d+\\|\\d+");
      String[] fields = answer.split("\\|");
      assertThat(Integer.parseInt(fields[1])).isGreaterThan(Integer.parseInt(fields[2]));
      old.commit();
      assertThat(row(writer, "PRAGMA wal_checkpoint(TRUNCATE)")).isEqualTo("0|0|0");
    }
  }

  @Test
  void aWriterKeepsAnotherOut() throws SQLException {
    try (Connection first = DriverManager.getConnection(url);
        Connection second = DriverManager.getConnection(url + "?busy_timeout=0")) {
      execute(first, "BEGIN IMMEDIATE");

      org.assertj.core.api.Assertions.assertThatThrownBy(() -> execute(second, "BEGIN IMMEDIATE"))
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getErrorCode()).isEqualTo(5))
          .hasMessage("database is locked");

      execute(first, "COMMIT");
      execute(second, "BEGIN IMMEDIATE");
    }
  }

  @Test
  void tenPooledConnectionsReadAndWrite() throws Exception {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(url);
    config.setMaximumPoolSize(10);
    int threads = 8;
    int inserts = 25;
    try (HikariDataSource pool = new HikariDataSource(config)) {
      ExecutorService executor = Executors.newFixedThreadPool(threads);
      List<Future<Integer>> results = new ArrayList<>();
      for (int thread = 0; thread < threads; thread++) {
        Callable<Integer> task = () -> insertAndCount(pool, inserts);
        results.add(executor.submit(task));
      }
      for (Future<Integer> result : results) {
        assertThat(result.get()).isPositive();
      }
      executor.shutdown();
      try (Connection connection = pool.getConnection()) {
        assertThat(row(connection, "SELECT count(*) FROM t"))
            .isEqualTo(String.valueOf(1 + threads * inserts));
        assertThat(row(connection, "PRAGMA wal_checkpoint(TRUNCATE)")).isEqualTo("0|0|0");
        assertThat(row(connection, "PRAGMA integrity_check")).isEqualTo("ok");
      }
    }
  }

  private static int insertAndCount(HikariDataSource pool, int inserts) throws SQLException {
    int seen = 0;
    for (int i = 0; i < inserts; i++) {
      try (Connection connection = pool.getConnection();
          PreparedStatement insert = connection.prepareStatement("INSERT INTO t(b) VALUES (?)")) {
        insert.setString(1, "row " + i);
        assertThat(insert.executeUpdate()).isEqualTo(1);
        int now = Integer.parseInt(row(connection, "SELECT count(*) FROM t"));
        assertThat(now).isGreaterThan(seen);
        seen = now;
      }
    }
    return seen;
  }

  @Test
  void theReferenceReadsWhatWeWrote() throws SQLException {
    try (Connection connection = DriverManager.getConnection(url)) {
      connection.setAutoCommit(false);
      try (PreparedStatement insert = connection.prepareStatement("INSERT INTO t(b) VALUES (?)")) {
        for (int i = 0; i < 5000; i++) {
          insert.setString(1, "some text of row " + i);
          insert.addBatch();
        }
        insert.executeBatch();
      }
      connection.commit();
      execute(connection, "CREATE INDEX t_b ON t(b)");
      execute(connection, "DELETE FROM t WHERE a % 3 = 0");
      connection.commit();
    }

    try (Connection reference = DriverManager.getConnection("jdbc:sqlite:" + file)) {
      assertThat(row(reference, "PRAGMA integrity_check")).isEqualTo("ok");
      assertThat(row(reference, "SELECT count(*), max(a) FROM t")).isEqualTo("3334|5000");
    }
  }
}
