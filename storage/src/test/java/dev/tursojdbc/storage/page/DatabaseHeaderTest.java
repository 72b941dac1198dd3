package dev.tursojdbc.storage.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tursojdbc.storage.error.CorruptDatabaseException;
import dev.tursojdbc.storage.error.ErrorCode;
import dev.tursojdbc.storage.error.TursoException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseHeaderTest {
  @TempDir Path directory;

  private byte[] writtenBySqlite(String... statements) throws Exception {
    Path path = directory.resolve("reference.db");
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + path);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
    return Files.readAllBytes(path);
  }

  private static byte[] encoded(DatabaseHeader header) {
    byte[] bytes = new byte[DatabaseHeader.SIZE];
    header.encode(bytes);
    return bytes;
  }

  @ParameterizedTest
  @ValueSource(ints = {512, 1024, 4096, 32768, 65536})
  void sqlitesHeadersAreUnderstoodAndWrittenTheSame(int pageSize) throws Exception {
    byte[] file =
        writtenBySqlite(
            "PRAGMA page_size=" + pageSize,
            "PRAGMA auto_vacuum=2",
            "PRAGMA encoding='UTF-16be'",
            "CREATE TABLE t(a)",
            "CREATE TABLE u(a)",
            "DROP TABLE u",
            "PRAGMA user_version=-7",
            "PRAGMA application_id=99",
            "PRAGMA journal_mode=WAL");

    DatabaseHeader header = DatabaseHeader.decode(file);

    assertThat(header.pageSize()).isEqualTo(pageSize);
    assertThat(header.isWal()).isTrue();
    assertThat(header.userVersion()).isEqualTo(-7);
    assertThat(header.applicationId()).isEqualTo(99);
    assertThat(header.effectiveTextEncoding()).isEqualTo(DatabaseHeader.UTF_16BE);
    assertThat(header.incrementalVacuum()).isEqualTo(1);
    assertThat(header.hasPointerMap()).isTrue();
    assertThat(header.freelistCount()).isEqualTo(1);
    assertThat(header.schemaCookie()).isEqualTo(3);
    assertThat(header.schemaFormat()).isEqualTo(4);
    assertThat(header.libraryVersion()).isEqualTo(DatabaseHeader.LIBRARY_VERSION);
    assertThat(header.pageCount(file.length / pageSize)).isEqualTo(4);
    assertThat(encoded(header)).isEqualTo(Arrays.copyOf(file, 100));
  }

  /** Each change of one byte is judged by SQLite, too. */
  @ParameterizedTest
  @CsvSource({
    "0, 1", "15, 1", "16, 3", "16, 0", "16, 17", "17, 1", "17, 2", "17, 128", "18, 3", "19, 3",
    "19, 0", "20, 32", "20, 33", "21, 63", "23, 0", "28, 5", "31, 9", "95, 250", "59, 9"
  })
  void whatIsADatabaseIsDecidedAsSqliteDecides(int offset, int value) throws Exception {
    byte[] file = writtenBySqlite("PRAGMA page_size=512", "CREATE TABLE t(a)");
    assertThat(file).hasSize(1024);
    file[offset] = (byte) value;
    Path damaged = directory.resolve("damaged.db");
    Files.write(damaged, file);

    assertThat(ourCode(file)).isEqualTo(codeOfSqlite(damaged));
  }

  private static int ourCode(byte[] file) {
    try {
      DatabaseHeader header = DatabaseHeader.decode(file);
      int pageCount = (file.length + header.pageSize() - 1) / header.pageSize();
      assertThat(header.pageCount(pageCount)).isPositive();
      return 0;
    } catch (TursoException e) {
      return e.code().code();
    }
  }

  private static int codeOfSqlite(Path path) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + path);
        Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA page_count");
      return 0;
    } catch (SQLException e) {
      return e.getErrorCode();
    }
  }

  @Property(tries = 200)
  void decodingUndoesEncoding(
      @ForAll @IntRange(min = 9, max = 16) int pageSizeBits,
      @ForAll @IntRange(max = 32) int reserved,
      @ForAll int a,
      @ForAll int b,
      @ForAll int c) {
    DatabaseHeader header =
        new DatabaseHeader(
            1 << pageSizeBits, 1, 2, reserved, a, b, c, a, b, c, a, b, c, a, b, c, a, b);

    assertThat(DatabaseHeader.decode(encoded(header))).isEqualTo(header);
  }

  @Test
  void theSizeInTheHeaderCountsOnlyForTheChangeCounterItWasWrittenWith() {
    DatabaseHeader stale =
        new DatabaseHeader(512, 1, 1, 0, 8, 5, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 7, 0);
    DatabaseHeader valid =
        new DatabaseHeader(512, 1, 1, 0, 7, 5, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 7, 0);

    assertThat(stale.pageCount(3)).isEqualTo(3);
    assertThat(valid.pageCount(9)).isEqualTo(5);
    assertThatThrownBy(() -> valid.pageCount(4)).isInstanceOf(CorruptDatabaseException.class);
  }

  @Test
  void sizeOneReadsAsSixtyFourKibibytesAndNothingElseIsOdd() {
    byte[] bytes = encoded(DatabaseHeader.initial(65536, 0));
    assertThat(bytes[16]).isZero();
    assertThat(bytes[17]).isEqualTo((byte) 1);

    bytes[16] = 2;
    assertThatThrownBy(() -> DatabaseHeader.decode(bytes))
        .isInstanceOfSatisfying(
            TursoException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NOTADB));
  }
}
