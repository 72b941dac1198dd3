package dev.tursojdbc.storage.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tursojdbc.storage.file.FileSystem.OpenMode;
import dev.tursojdbc.storage.file.OperatingSystemFileSystem;
import dev.tursojdbc.storage.file.StorageFile;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Journals that a killed {@code sqlite3} left. */
@Timeout(60)
class HotJournalSqliteTest {
  private static final OperatingSystemFileSystem FILES = OperatingSystemFileSystem.INSTANCE;

  @TempDir Path directory;

  @BeforeAll
  static void requireSqlite3() {
    boolean present =
        Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
            .anyMatch(d -> Files.isExecutable(Path.of(d, "sqlite3")));
    assumeTrue(present, "no sqlite3 program");
  }

  private Path database() {
    return directory.resolve("app.db");
  }

  private Path journal() {
    return directory.resolve("app.db-journal");
  }

  /** Lets sqlite3 run a script to its end. */
  private void sqlite3(String script) throws IOException, InterruptedException {
    Path input = Files.writeString(directory.resolve("script.sql"), script);
    Path output = directory.resolve("output.txt");
    Process process =
        new ProcessBuilder("sqlite3", "-bail", database().toString())
            .redirectInput(input.toFile())
            .redirectOutput(output.toFile())
            .redirectErrorStream(true)
            .start();
    assertThat(process.waitFor()).as(Files.readString(output)).isZero();
  }

  /** Lets sqlite3 run a script and kills it before it can go on. */
  private void sqlite3Killed(String script) throws IOException, InterruptedException {
    Path marker = directory.resolve("marker");
    Path output = directory.resolve("output.txt");
    Process process =
        new ProcessBuilder("sqlite3", "-bail", database().toString())
            .redirectOutput(output.toFile())
            .redirectErrorStream(true)
            .start();
    try (Writer input = process.outputWriter(UTF_8)) {
      // Its standard output is buffered; a file tells when it is through.
      input.write(script + "\n.shell touch '" + marker + "'\n");
      input.flush();
      while (!Files.exists(marker)) {
        assertThat(process.isAlive()).as(Files.readString(output)).isTrue();
        Thread.sleep(5);
      }
      process.destroyForcibly().waitFor();
    }
    Files.delete(marker);
  }

  private static String createScript(int pageSize, int autoVacuum) {
    return """
        PRAGMA page_size=%d;
        PRAGMA auto_vacuum=%d;
        CREATE TABLE t(id INTEGER PRIMARY KEY, a TEXT, b BLOB);
        CREATE INDEX i ON t(a);
        WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000)
          INSERT INTO t SELECT i, hex(i * 7919), zeroblob(i %% 300) FROM n;
        """
        .formatted(pageSize, autoVacuum);
  }

  private static String changeScript(String synchronous) {
    return """
        PRAGMA synchronous=%s;
        PRAGMA cache_size=10;
        PRAGMA cache_spill=10;
        BEGIN;
        UPDATE t SET a = a || 'x' WHERE id %% 2;
        DELETE FROM t WHERE id > 1500;
        INSERT INTO t SELECT id + 100000, a, zeroblob(500) FROM t;
        DELETE FROM t WHERE id BETWEEN 200 AND 900;
        PRAGMA incremental_vacuum;
        """
        .formatted(synchronous);
  }

  private void rollBack() throws IOException {
    String path = FILES.canonicalPath(database().toString());
    try (StorageFile file = FILES.openShared(path, OpenMode.READ_WRITE);
        DatabaseFileLock lock = new DatabaseFileLock(file)) {
      assertThat(lock.tryShared()).isTrue();
      assertThat(HotJournal.rollBackIfHot(FILES, file, path, lock, false)).isTrue();
    }
    assertThat(journal()).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource({"512, 0, FULL", "1024, 2, FULL", "4096, 1, OFF", "65536, 0, NORMAL"})
  void theDatabaseIsAsBeforeTheTransaction(int pageSize, int autoVacuum, String synchronous)
      throws Exception {
    sqlite3(createScript(pageSize, autoVacuum));
    byte[] before = Files.readAllBytes(database());
    sqlite3Killed(changeScript(synchronous));
    assertThat(journal()).exists();
    assertThat(Files.readAllBytes(database())).isNotEqualTo(before);

    rollBack();

    assertThat(Files.readAllBytes(database())).isEqualTo(before);
  }

  /** SQLite plays back a copy of each damaged journal, too. */
  @Test
  void aDamagedJournalIsReadAsSqliteReadsIt() throws Exception {
    sqlite3(createScript(512, 0));
    sqlite3Killed(changeScript("FULL"));
    byte[] database = Files.readAllBytes(database());
    byte[] journal = Files.readAllBytes(journal());
    SplittableRandom random = new SplittableRandom(2);
    for (int i = 0; i < 25; i++) {
      byte[] damaged = damage(journal, random);
      Path reference = directory.resolve("reference.db");
      Path referenceJournal = directory.resolve("reference.db-journal");
      Files.write(reference, database);
      Files.write(referenceJournal, damaged);
      Files.write(database(), database);
      Files.write(journal(), damaged);

      readWithSqlite(reference);
      rollBack();

      assertThat(referenceJournal).doesNotExist();
      assertThat(Files.size(database())).as("damage %d", i).isEqualTo(Files.size(reference));
      assertThat(beginning(database())).as("damage %d", i).isEqualTo(beginning(reference));
    }
  }

  /** A damaged page count makes a file large, but what was played back is at its beginning. */
  private static byte[] beginning(Path path) throws IOException {
    try (InputStream input = Files.newInputStream(path)) {
      return input.readNBytes(4 << 20);
    }
  }

  private static byte[] damage(byte[] journal, SplittableRandom random) {
    int length = random.nextInt(4) == 0 ? random.nextInt(600, journal.length) : journal.length;
    byte[] damaged = Arrays.copyOf(journal, length);
    // Half of them in the first header, behind the magic; else anywhere.
    int bound = random.nextBoolean() ? 28 : damaged.length;
    int count = random.nextInt(1, 4);
    for (int i = 0; i < count; i++) {
      int offset = random.nextInt(8, bound);
      // Not the upper half of the page count: the file would have a terabyte.
      damaged[offset == 16 || offset == 17 ? 18 : offset] = (byte) (1 << random.nextInt(8));
    }
    return damaged;
  }

  private static void readWithSqlite(Path path) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + path);
        Statement statement = connection.createStatement()) {
      statement.execute("SELECT count(*) FROM sqlite_schema");
    } catch (SQLException e) {
      // What a damaged journal leaves need not be a database any more.
      assertThat(e.getErrorCode() & 0xFF).isIn(11, 26);
    }
  }
}
