package dev.tursojdbc.tck.property;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A database that grows, and shrinks, across the page at 1 GiB, which is never used. */
@Tag("slow")
class LockBytePageTest {
  private static final long LOCK_BYTE = 1L << 30;
  private static final int ROW_BYTES = 8 << 20;

  @TempDir private Path directory;

  @ParameterizedTest
  @CsvSource({"65536,0", "65536,1", "4096,0", "4096,2"})
  void growsAcrossTheLockBytes(int pageSize, int autoVacuum) throws Exception {
    Path file = directory.resolve("large.db");
    long rows = LOCK_BYTE / ROW_BYTES - 2;
    fill(file, pageSize, autoVacuum, rows);
    assertThat(Files.size(file)).isBetween(LOCK_BYTE - 3L * ROW_BYTES, LOCK_BYTE - 1);

    try (Connection connection = DriverManager.getConnection("jdbc:turso:" + file);
        Statement statement = connection.createStatement()) {
      for (long i = 1; i <= 6; i++) {
        statement.executeUpdate(
            "INSERT INTO t VALUES (%d, zeroblob(%d))".formatted(rows + i, ROW_BYTES));
      }
      statement.executeUpdate("INSERT INTO u SELECT a, 'row ' || a FROM t");
      statement.executeUpdate("PRAGMA wal_checkpoint(TRUNCATE)");
    }
    assertThat(Files.size(file)).isGreaterThan(LOCK_BYTE + 2L * ROW_BYTES);
    assertIntact("jdbc:sqlite:" + file, rows + 6);

    try (Connection connection = DriverManager.getConnection("jdbc:turso:" + file);
        Statement statement = connection.createStatement()) {
      statement.executeUpdate("DELETE FROM t WHERE a <= 10");
      statement.execute("PRAGMA incremental_vacuum");
    }
    if (autoVacuum != 0) {
      assertThat(Files.size(file)).isLessThan(LOCK_BYTE);
    }
    assertIntact("jdbc:sqlite:" + file, rows - 4);
    assertIntact("jdbc:turso:" + file, rows - 4);
  }

  /** Fills the file up to shortly before the lock bytes, by the reference, which does it faster. */
  private static void fill(Path file, int pageSize, int autoVacuum, long rows) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      statement.executeUpdate("PRAGMA page_size=" + pageSize);
      statement.executeUpdate("PRAGMA auto_vacuum=" + autoVacuum);
      statement.executeUpdate("PRAGMA journal_mode=OFF");
      statement.executeUpdate("PRAGMA synchronous=OFF");
      statement.executeUpdate("CREATE TABLE t(a INTEGER PRIMARY KEY, b)");
      statement.executeUpdate("CREATE TABLE u(a, b UNIQUE)");
      statement.executeUpdate(
          "WITH n(i) AS (VALUES(1) UNION ALL SELECT i+1 FROM n WHERE i<%d) INSERT INTO t SELECT i, zeroblob(%d) FROM n"
              .formatted(rows, ROW_BYTES));
      statement.executeUpdate("PRAGMA journal_mode=WAL");
    }
  }

  private static void assertIntact(String url, long rows) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      try (ResultSet row = statement.executeQuery("PRAGMA integrity_check")) {
        assertThat(row.next()).isTrue();
        assertThat(row.getString(1)).isEqualTo("ok");
      }
      try (ResultSet row = statement.executeQuery("SELECT count(*), sum(length(b)) FROM t")) {
        assertThat(row.next()).isTrue();
        assertThat(row.getLong(1)).isEqualTo(rows);
        assertThat(row.getLong(2)).isEqualTo(rows * ROW_BYTES);
      }
    }
  }
}
