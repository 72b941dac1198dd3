package dev.tursojdbc.tck.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Databases with some bytes changed at random, read and written through JDBC: what is found wrong
 * is an SQLException, and nothing hangs.
 */
class DamagedFileTest {
  private static final List<String> STATEMENTS =
      List.of(
          "SELECT * FROM sqlite_schema",
          "PRAGMA integrity_check",
          "SELECT count(*), sum(length(b)), max(c) FROM t",
          "SELECT a FROM t WHERE b > 'row 5' ORDER BY b LIMIT 50",
          "SELECT * FROM t WHERE a = 77",
          "SELECT * FROM w ORDER BY b DESC",
          "SELECT t.a, w.c FROM t JOIN w ON t.b = w.b",
          "UPDATE t SET c = zeroblob(500), b = b || 'x' WHERE a % 7 = 0",
          "DELETE FROM t WHERE a % 5 = 0",
          "DELETE FROM w WHERE b LIKE '%3%'",
          "INSERT INTO t(b, c) SELECT b || 'new', c FROM t WHERE a < 40",
          "INSERT OR REPLACE INTO w SELECT b, a, c FROM t",
          "CREATE INDEX extra ON t(c)",
          "PRAGMA incremental_vacuum",
          "DROP TABLE w",
          "DELETE FROM t",
          "CREATE TABLE n AS SELECT * FROM s",
          "PRAGMA wal_checkpoint(TRUNCATE)");

  @TempDir private Path directory;

  @Test
  void aSampleOfDamagedFilesIsReadOrRefused() throws Exception {
    damage(100, 1);
  }

  @Test
  @Tag("slow")
  void damagedFilesAreReadOrRefused() throws Exception {
    damage(20_000, 1000);
  }

  private void damage(int count, long firstSeed) throws Exception {
    byte[][] images = {image(512, 0), image(1024, 1), image(4096, 2), image(512, 1)};
    for (int i = 0; i < count; i++) {
      long seed = firstSeed + i;
      SplittableRandom random = new SplittableRandom(seed);
      byte[] image = images[random.nextInt(images.length)].clone();
      change(image, random);
      Path file = directory.resolve("damaged" + seed + ".db");
      Files.write(file, image);

      Runner runner = new Runner(file);
      Thread thread = new Thread(runner, "damaged");
      thread.start();
      thread.join(30_000);

      assertThat(thread.isAlive()).as("seed %d still runs", seed).isFalse();
      assertThat(runner.failure).as("seed %d", seed).isNull();
      for (String suffix : List.of("", "-wal", "-shm", "-journal")) {
        Files.deleteIfExists(Path.of(file + suffix));
      }
    }
  }

  private byte[] image(int pageSize, int autoVacuum) throws SQLException, IOException {
    Path file = directory.resolve("good.db");
    Files.deleteIfExists(file);
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      statement.executeUpdate("PRAGMA page_size=" + pageSize);
      statement.executeUpdate("PRAGMA auto_vacuum=" + autoVacuum);
      statement.executeUpdate("CREATE TABLE t(a INTEGER PRIMARY KEY AUTOINCREMENT, b TEXT, c)");
      statement.executeUpdate("CREATE INDEX tb ON t(b, c)");
      statement.executeUpdate("CREATE TABLE w(b PRIMARY KEY, a, c) WITHOUT ROWID");
      statement.executeUpdate("CREATE TABLE s(x, y DEFAULT 5, z CHECK (z < 9))");
      statement.executeUpdate("INSERT INTO s VALUES (1, 2.5, NULL), (x'00ff', 'text', -3)");
      statement.executeUpdate(
          "WITH n(i) AS (VALUES(1) UNION ALL SELECT i+1 FROM n WHERE i<200)"
              + " INSERT INTO t(b, c) SELECT 'row ' || i, zeroblob(i * i % 900) FROM n");
      statement.executeUpdate("INSERT INTO w SELECT b, a, c FROM t WHERE a % 2");
      statement.executeUpdate("DELETE FROM t WHERE a BETWEEN 90 AND 130");
      statement.executeUpdate("PRAGMA journal_mode=WAL");
    }
    return Files.readAllBytes(file);
  }

  /** Changes few bytes or many, anywhere or where it hurts: headers and the first page. */
  private static void change(byte[] image, SplittableRandom random) {
    int changes = random.nextInt(3) == 0 ? 1 + random.nextInt(200) : 1 + random.nextInt(6);
    for (int i = 0; i < changes; i++) {
      int offset =
          switch (random.nextInt(4)) {
            case 0 -> random.nextInt(image.length / 512) * 512 + random.nextInt(12);
            case 1 -> random.nextInt(image.length / 512) * 512 + random.nextInt(512);
            case 2 -> 16 + random.nextInt(500);
            default -> random.nextInt(image.length);
          };
      image[offset] =
          switch (random.nextInt(4)) {
            case 0 -> 0;
            case 1 -> -1;
            case 2 -> (byte) (image[offset] + 1);
            default -> (byte) random.nextInt(256);
          };
    }
  }

  /** Uses one file as best it can. */
  private static final class Runner implements Runnable {
    private final Path file;
    private volatile @Nullable Throwable failure;

    Runner(Path file) {
      this.file = file;
    }

    @Override
    public void run() {
      try (Connection connection = DriverManager.getConnection("jdbc:turso:" + file);
          Statement statement = connection.createStatement()) {
        statement.setQueryTimeout(5);
        for (String sql : STATEMENTS) {
          attempt(statement, sql);
        }
      } catch (SQLException e) {
        // Not a database any more, or one that could not be closed properly.
        assertThat(e.getMessage()).isNotEmpty();
      } catch (RuntimeException | Error e) {
        failure = e;
      }
    }

    private static void attempt(Statement statement, String sql) {
      try {
        if (statement.execute(sql)) {
          try (ResultSet rows = statement.getResultSet()) {
            while (rows.next()) {
              for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                rows.getString(i);
              }
            }
          }
        }
      } catch (SQLException e) {
        assertThat(e.getErrorCode() & 0xFF).as(sql + ": " + e).isNotEqualTo(9).isNotEqualTo(2);
      }
    }
  }
}
