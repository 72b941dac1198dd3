package dev.tursojdbc.storage.wal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tursojdbc.storage.file.FileSystem;
import dev.tursojdbc.storage.file.FileSystem.OpenMode;
import dev.tursojdbc.storage.file.OperatingSystemFileSystem;
import dev.tursojdbc.storage.file.StorageFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** SQLite reads what we write, and we read what SQLite writes. Always on copies of files. */
class WalSqliteTest {
  @TempDir Path directory;

  private final FileSystem files = OperatingSystemFileSystem.INSTANCE;

  private static Connection sqlite(Path file) throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + file);
  }

  private static void execute(Connection connection, String... statements) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private static String fromSeries(int last) {
    return "FROM (WITH RECURSIVE s(value) AS (SELECT 1 UNION ALL SELECT value + 1 FROM s WHERE value < "
        + last
        + ") SELECT value FROM s)";
  }

  private static List<String> query(Path file, String sql) throws SQLException {
    try (Connection connection = sqlite(file);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<String> values = new ArrayList<>();
      while (rows.next()) {
        values.add(rows.getString(1));
      }
      return values;
    }
  }

  private void copy(Path from, Path to) throws IOException {
    Files.copy(from, to);
    Path log = Path.of(from + "-wal");
    if (Files.exists(log)) {
      Files.copy(log, Path.of(to + "-wal"));
    }
  }

  private WalFileShared open(StorageFile database, Path file) {
    return WalFileShared.open(files, database, file + "-wal", 4096, false);
  }

  /** Every page as our log shows it. */
  private static List<byte[]> readAll(WalFileShared shared, StorageFile database) {
    List<byte[]> pages = new ArrayList<>();
    try (Wal wal = shared.connect()) {
      wal.beginRead();
      int pageSize = shared.pageSize();
      int pageCount = wal.snapshot().pageCount();
      if (pageCount == 0) {
        pageCount = (int) (database.size() / pageSize);
      }
      for (int page = 1; page <= pageCount; page++) {
        byte[] image = new byte[pageSize];
        int frame = wal.findFrame(page);
        if (frame != 0) {
          wal.readFrame(frame, image);
        } else {
          database.read((page - 1L) * pageSize, image, 0, pageSize);
        }
        pages.add(image);
      }
    }
    return pages;
  }

  /** A database that SQLite has changed in several transactions, its log still there. */
  private Path databaseWithLog(int pageSize) throws SQLException, IOException {
    Path live = directory.resolve("live.db");
    Path copy = directory.resolve("copy.db");
    try (Connection connection = sqlite(live)) {
      execute(
          connection,
          "PRAGMA page_size = " + pageSize,
          "PRAGMA journal_mode = WAL",
          "PRAGMA wal_autocheckpoint = 0",
          "CREATE TABLE t(id INTEGER PRIMARY KEY, a TEXT, b BLOB)",
          "CREATE INDEX ta ON t(a)");
      execute(connection, "PRAGMA wal_checkpoint(TRUNCATE)");
      for (int i = 0; i < 20; i++) {
        execute(
            connection,
            "INSERT INTO t(a, b) SELECT 'row ' || value || ' of "
                + i
                + "', randomblob(200) "
                + fromSeries(10));
      }
      execute(
          connection, "UPDATE t SET a = upper(a) WHERE id % 3 = 0", "DELETE FROM t WHERE id < 9");
      copy(live, copy);
    }
    return copy;
  }

  @ParameterizedTest
  @ValueSource(ints = {512, 4096, 65536})
  void aLogWrittenBySqliteIsRecoveredWhole(int pageSize) throws SQLException, IOException {
    Path file = databaseWithLog(pageSize);
    Path checkpointed = directory.resolve("checkpointed.db");
    copy(file, checkpointed);
    try (Connection connection = sqlite(checkpointed)) {
      execute(connection, "PRAGMA wal_checkpoint(TRUNCATE)");
    }
    long frames = (Files.size(Path.of(file + "-wal")) - 32) / (24 + pageSize);

    try (StorageFile database = files.open(file.toString(), OpenMode.READ_WRITE)) {
      WalFileShared shared = open(database, file);
      assertThat(shared.pageSize()).isEqualTo(pageSize);
      assertThat((long) shared.statistics().maxFrame()).isEqualTo(frames);
      assertThat(concatenate(readAll(shared, database)))
          .isEqualTo(Files.readAllBytes(checkpointed));

      shared.closeLast(SyncMode.FULL, true);
    }

    assertThat(Files.exists(Path.of(file + "-wal"))).isFalse();
    assertThat(Files.readAllBytes(file)).isEqualTo(Files.readAllBytes(checkpointed));
  }

  @ParameterizedTest
  @ValueSource(ints = {512, 4096, 65536})
  void sqliteReadsALogThatWeWrote(int pageSize) throws SQLException, IOException {
    Path before = directory.resolve("before.db");
    try (Connection connection = sqlite(before)) {
      execute(
          connection,
          "PRAGMA page_size = " + pageSize,
          "PRAGMA journal_mode = WAL",
          "CREATE TABLE t(id INTEGER PRIMARY KEY, a TEXT)",
          "INSERT INTO t(a) SELECT 'old ' || value " + fromSeries(100));
    }
    Path after = directory.resolve("after.db");
    Files.copy(before, after);
    try (Connection connection = sqlite(after)) {
      execute(
          connection,
          "INSERT INTO t(a) SELECT 'new ' || value " + fromSeries(500),
          "CREATE INDEX ta ON t(a)");
    }
    List<byte[]> target = pages(Files.readAllBytes(after), pageSize);

    Path file = directory.resolve("ours.db");
    Files.copy(before, file);
    try (StorageFile database = files.open(file.toString(), OpenMode.READ_WRITE)) {
      WalFileShared shared = WalFileShared.open(files, database, file + "-wal", pageSize, false);
      commitDifferences(shared, database, target);
      // Twice, so that the second transaction goes into a restarted log.
      try (Wal wal = shared.connect()) {
        wal.checkpoint(CheckpointMode.RESTART, BusyHandler.NONE, SyncMode.FULL);
      }
      target.get(0)[68] = 42;
      commitDifferences(shared, database, target);
      shared.closeLast(SyncMode.FULL, false);
    }

    assertThat(Files.size(Path.of(file + "-wal"))).isGreaterThan(32L);
    assertThat(query(file, "PRAGMA integrity_check")).containsExactly("ok");
    assertThat(query(file, "SELECT count(*) FROM t WHERE a LIKE 'new %'")).containsExactly("500");
    assertThat(query(file, "PRAGMA application_id")).containsExactly(String.valueOf(42 << 24));
  }

  @Test
  void sqliteContinuesWhatWeBeganAndWeContinueWhatSqliteBegan() throws SQLException, IOException {
    Path file = databaseWithLog(4096);
    try (StorageFile database = files.open(file.toString(), OpenMode.READ_WRITE)) {
      WalFileShared shared = open(database, file);
      List<byte[]> pages = readAll(shared, database);
      pages.get(0)[68] = 7;
      commitDifferences(shared, database, pages);
      shared.closeLast(SyncMode.FULL, false);
    }

    Path second = directory.resolve("second.db");
    Path third = directory.resolve("third.db");
    Files.copy(file, second);
    Files.copy(Path.of(file + "-wal"), Path.of(second + "-wal"));
    try (Connection connection = sqlite(second)) {
      execute(connection, "PRAGMA wal_autocheckpoint = 0", "INSERT INTO t(a) VALUES ('sqlite')");
      copy(second, third);
    }
    try (StorageFile database = files.open(third.toString(), OpenMode.READ_WRITE)) {
      WalFileShared shared = open(database, third);
      List<byte[]> pages = readAll(shared, database);
      pages.get(0)[69] = 8;
      commitDifferences(shared, database, pages);
      shared.closeLast(SyncMode.FULL, true);
    }

    assertThat(query(third, "PRAGMA integrity_check")).containsExactly("ok");
    assertThat(query(third, "SELECT count(*) FROM t WHERE a = 'sqlite'")).containsExactly("1");
    assertThat(query(third, "PRAGMA application_id"))
        .containsExactly(String.valueOf(7 << 24 | 8 << 16));
  }

  private static void commitDifferences(
      WalFileShared shared, StorageFile database, List<byte[]> target) {
    List<byte[]> current = readAll(shared, database);
    List<Integer> changed = new ArrayList<>();
    for (int i = 0; i < target.size(); i++) {
      if (i >= current.size() || !Arrays.equals(current.get(i), target.get(i))) {
        changed.add(i);
      }
    }
    int[] numbers = changed.stream().mapToInt(i -> i + 1).toArray();
    byte[][] images = changed.stream().map(target::get).toArray(byte[][]::new);
    try (Wal wal = shared.connect()) {
      wal.beginRead();
      wal.beginWrite();
      wal.commit(numbers, images, numbers.length, target.size(), SyncMode.FULL);
    }
  }

  private static List<byte[]> pages(byte[] file, int pageSize) {
    List<byte[]> pages = new ArrayList<>();
    for (int from = 0; from < file.length; from += pageSize) {
      pages.add(Arrays.copyOfRange(file, from, from + pageSize));
    }
    return pages;
  }

  private static byte[] concatenate(List<byte[]> pages) {
    byte[] all = new byte[pages.stream().mapToInt(page -> page.length).sum()];
    int position = 0;
    for (byte[] page : pages) {
      System.arraycopy(page, 0, all, position, page.length);
      position += page.length;
    }
    return all;
  }
}
