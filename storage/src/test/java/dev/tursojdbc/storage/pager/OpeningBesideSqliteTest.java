package dev.tursojdbc.storage.pager;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tursojdbc.storage.error.ErrorCode;
import dev.tursojdbc.storage.error.TursoException;
import dev.tursojdbc.storage.file.OperatingSystemFileSystem;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of the operating system, and {@code sqlite3} processes that want the same database. */
class OpeningBesideSqliteTest {
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

  private Pager connect(OpenOptions options) {
    return DatabaseFile.connect(OperatingSystemFileSystem.INSTANCE, database().toString(), options);
  }

  private Process start() throws IOException {
    return new ProcessBuilder("sqlite3", "-batch", database().toString())
        .redirectErrorStream(true)
        .start();
  }

  /** What a sqlite3 process answers. */
  private String sqlite3(String script) throws IOException {
    Process process = start();
    try (Writer input = process.outputWriter(UTF_8)) {
      input.write(script);
    }
    return new String(process.getInputStream().readAllBytes(), UTF_8).strip();
  }

  private static void assertFails(ErrorCode code, ThrowingCallable action) {
    assertThatThrownBy(action)
        .isInstanceOfSatisfying(TursoException.class, e -> assertThat(e.code()).isEqualTo(code));
  }

  private static void change(Pager pager) {
    pager.beginRead();
    pager.beginWrite();
    pager.free(pager.allocate(0));
    pager.commit();
    pager.endRead();
  }

  @Test
  void sqliteUsesTheDatabaseWhileWeHaveItOpen() throws IOException {
    try (Pager pager = connect(OpenOptions.DEFAULT)) {
      change(pager);
      assertThat(sqlite3("PRAGMA freelist_count; CREATE TABLE t(x);")).isEqualTo("1");
      change(pager);
      // The log stays, since we are still here.
      assertThat(Files.exists(directory.resolve("app.db-wal"))).isTrue();
    }
    assertThat(Files.exists(directory.resolve("app.db-wal"))).isFalse();
    assertThat(Files.exists(directory.resolve("app.db-shm"))).isFalse();
    assertThat(sqlite3("PRAGMA integrity_check; PRAGMA journal_mode; PRAGMA freelist_count;"))
        .isEqualTo("ok\nwal\n1");
  }

  @Test
  void whatAKilledSqliteLeavesBehindIsRecovered() throws IOException, InterruptedException {
    sqlite3("PRAGMA journal_mode=wal; CREATE TABLE t(x);");
    Process process = start();
    try (Writer input = process.outputWriter(UTF_8);
        BufferedReader output = process.inputReader(UTF_8)) {
      input.write("INSERT INTO t VALUES (1); SELECT 'inserted';\n");
      input.flush();
      assertThat(output.readLine()).isEqualTo("inserted");
      try (Pager pager = connect(OpenOptions.DEFAULT)) {
        change(pager);
        input.write("INSERT INTO t VALUES (2); SELECT 'again';\n");
        input.flush();
        assertThat(output.readLine()).isEqualTo("again");
        // A process that dies loses its locks, and leaves its log.
        process.destroyForcibly().waitFor();

        change(pager);
      }
    }
    assertThat(sqlite3("PRAGMA integrity_check; SELECT sum(x) FROM t;")).isEqualTo("ok\n3");
  }

  @Test
  void whereNoWalIndexCanBeMadeTheDatabaseIsLockedExclusively() throws IOException {
    sqlite3("PRAGMA journal_mode=wal; CREATE TABLE t(x);");
    // Neither a file nor to be made one.
    Files.createDirectory(directory.resolve("app.db-shm"));
    try (Pager pager = connect(OpenOptions.DEFAULT)) {
      change(pager);
      assertThat(sqlite3("SELECT count(*) FROM t;")).contains("database is locked");
    }
    Files.delete(directory.resolve("app.db-shm"));
    assertThat(sqlite3("PRAGMA integrity_check; SELECT count(*) FROM t;")).isEqualTo("ok\n0");
  }

  @Test
  void aDirectoryAndAFileInAMissingDirectoryCannotBeOpened() throws IOException {
    Files.createDirectory(database());
    assertFails(ErrorCode.CANTOPEN, () -> connect(OpenOptions.DEFAULT).close());
    assertFails(
        ErrorCode.CANTOPEN,
        () ->
            DatabaseFile.connect(
                    OperatingSystemFileSystem.INSTANCE,
                    directory.resolve("missing/app.db").toString(),
                    OpenOptions.DEFAULT)
                .close());
  }

  @Test
  void anImmutableDatabaseIsReadWithoutItsLogAndWithoutLocks()
      throws IOException, InterruptedException {
    sqlite3("PRAGMA journal_mode=wal; CREATE TABLE t(x);");
    Process process = start();
    try (Writer input = process.outputWriter(UTF_8);
        BufferedReader output = process.inputReader(UTF_8)) {
      input.write("INSERT INTO t VALUES (zeroblob(50000)); SELECT 'inserted';\n");
      input.flush();
      assertThat(output.readLine()).isEqualTo("inserted");
      try (Pager pager = connect(new OpenOptions(true, false, true, 4096))) {
        pager.beginRead();
        assertThat(pager.pageCount()).isEqualTo(2);
        assertFails(ErrorCode.READONLY, pager::beginWrite);
      }
    }
    process.waitFor();
  }

  @Test
  void anotherNameOfTheFileIsTheSameDatabase() throws IOException {
    try (Pager pager = connect(OpenOptions.DEFAULT)) {
      change(pager);
      Path link = Files.createSymbolicLink(directory.resolve("link.db"), database());
      try (Pager other =
          DatabaseFile.connect(
              OperatingSystemFileSystem.INSTANCE, link.toString(), OpenOptions.DEFAULT)) {
        assertThat(other.database()).isSameAs(pager.database());
      }
    }
  }
}
