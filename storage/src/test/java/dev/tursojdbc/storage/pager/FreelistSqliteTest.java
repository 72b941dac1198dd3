package dev.tursojdbc.storage.pager;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tursojdbc.storage.file.OperatingSystemFileSystem;
import dev.tursojdbc.storage.journal.JournalMode;
import dev.tursojdbc.storage.page.DatabaseHeader;
import dev.tursojdbc.storage.page.LockBytePage;
import dev.tursojdbc.storage.page.PageBytes;
import dev.tursojdbc.storage.page.PointerType;
import dev.tursojdbc.storage.wal.SyncMode;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Free pages and pointer maps, ours and SQLite's, in each other's hands. */
class FreelistSqliteTest {
  @TempDir Path directory;

  private Path database() {
    return directory.resolve("app.db");
  }

  private Pager connect(int pageSize) {
    return DatabaseFile.connect(
        OperatingSystemFileSystem.INSTANCE,
        database().toString(),
        new OpenOptions(false, true, false, pageSize));
  }

  private String sqlite(String... statements) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database());
        Statement statement = connection.createStatement()) {
      String answer = "";
      for (String sql : statements) {
        if (statement.execute(sql)) {
          try (ResultSet rows = statement.getResultSet()) {
            answer = rows.next() ? rows.getString(1) : "";
          }
        }
      }
      return answer;
    }
  }

  @ParameterizedTest
  @CsvSource({"512, 0", "512, 1", "1024, 2", "4096, 0", "4096, 1", "65536, 2"})
  void sqliteFindsTheFreelistIntact(int pageSize, int autoVacuum) throws SQLException {
    SplittableRandom random = new SplittableRandom(pageSize + autoVacuum);
    int count = pageSize > 4096 ? 60 : 300;
    try (Pager pager = connect(pageSize)) {
      pager.settings().setSyncMode(SyncMode.OFF);
      pager.settings().setAutoVacuum(autoVacuum);
      List<Integer> used = new ArrayList<>();
      for (int round = 0; round < 5; round++) {
        pager.beginRead();
        pager.beginWrite();
        for (int i = 0; i < count; i++) {
          int pageNumber = pager.allocate(random.nextInt(300));
          assertThat(used).doesNotContain(pageNumber);
          used.add(pageNumber);
          pager.setPointer(pageNumber, PointerType.TREE, 3);
          assertThat(pager.page(pageNumber)).containsOnly(0);
        }
        while (used.size() > (round == 4 ? 0 : count / 3)) {
          pager.free(used.remove(random.nextInt(used.size())));
        }
        pager.commit();
        pager.endRead();
      }
    }
    assertThat(sqlite("PRAGMA integrity_check")).isEqualTo("ok");
    assertThat(Integer.parseInt(sqlite("PRAGMA freelist_count"))).isGreaterThanOrEqualTo(count);
    assertThat(
            sqlite(
                "CREATE TABLE t(x)",
                "INSERT INTO t VALUES (zeroblob(100000))",
                "PRAGMA integrity_check"))
        .isEqualTo("ok");
  }

  @Test
  void sqlitesFreelistIsUsedUp() throws SQLException {
    sqlite(
        "PRAGMA page_size=512",
        "PRAGMA journal_mode=wal",
        "CREATE TABLE t(x)",
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n WHERE i<500)"
            + " INSERT INTO t SELECT zeroblob(1000) FROM n",
        "DROP TABLE t");
    try (Pager pager = connect(4096)) {
      pager.beginRead();
      assertThat(pager.pageSize()).isEqualTo(512);
      int free = pager.headerValue(DatabaseHeader.FREELIST_COUNT_OFFSET);
      int pages = pager.pageCount();
      assertThat(free).isEqualTo(pages - 1);
      pager.beginWrite();
      assertThat(pager.allocateExactly(free / 2)).isTrue();
      assertThat(pager.allocateExactly(free / 2)).isFalse();
      for (int i = 1; i < free; i++) {
        assertThat(pager.allocate(i)).isLessThanOrEqualTo(pages);
      }
      assertThat(pager.headerValue(DatabaseHeader.FREELIST_TRUNK_OFFSET)).isZero();
      assertThat(pager.allocate(0)).isEqualTo(pages + 1);
      pager.rollback();
      pager.endRead();
    }
    assertThat(sqlite("PRAGMA integrity_check")).isEqualTo("ok");
  }

  @Test
  void aDatabaseOfSqlitesIsReadAsItIsAndConvertedWhenAsked() throws SQLException {
    sqlite("CREATE TABLE t(x)", "INSERT INTO t VALUES (1)");
    try (Pager pager = connect(4096)) {
      assertThat(pager.settings().journalMode()).isEqualTo(JournalMode.DELETE);
      pager.beginRead();
      assertThat(pager.pageCount()).isEqualTo(2);
      pager.endRead();
      assertThat(pager.settings().setJournalMode(JournalMode.WAL)).isEqualTo(JournalMode.WAL);
      pager.beginRead();
      pager.beginWrite();
      pager.free(pager.allocate(0));
      pager.commit();
      pager.endRead();
    }
    assertThat(sqlite("PRAGMA integrity_check")).isEqualTo("ok");
    assertThat(sqlite("PRAGMA journal_mode")).isEqualTo("wal");
    try (Pager pager = connect(4096)) {
      assertThat(pager.settings().setJournalMode(JournalMode.DELETE)).isEqualTo(JournalMode.DELETE);
    }
    assertThat(sqlite("PRAGMA journal_mode")).isEqualTo("delete");
    assertThat(sqlite("SELECT x FROM t")).isEqualTo("1");
  }

  @Test
  void aLogThatSqliteLeftIsRead() throws SQLException, IOException {
    Path copy = directory.resolve("copy.db");
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database());
        Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA journal_mode=wal");
      statement.execute("CREATE TABLE t(x)");
      statement.execute("INSERT INTO t VALUES (zeroblob(20000))");
      Files.copy(database(), copy);
      Files.copy(directory.resolve("app.db-wal"), directory.resolve("copy.db-wal"));
    }
    try (Pager pager =
        DatabaseFile.connect(
            OperatingSystemFileSystem.INSTANCE, copy.toString(), OpenOptions.DEFAULT)) {
      pager.beginRead();
      assertThat(pager.pageCount()).isGreaterThan(5);
      pager.endRead();
    }
    assertThat(directory.resolve("copy.db-wal")).doesNotExist();
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + copy);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT length(x) FROM t")) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.getInt(1)).isEqualTo(20000);
    }
  }

  @Test
  void thePageOfTheLockBytesIsNeverHandedOut() throws IOException {
    int pageSize = 65536;
    int lockBytePage = LockBytePage.number(pageSize);
    byte[] first = NewDatabase.withPageSize(pageSize).firstPage();
    PageBytes.putInt(first, DatabaseHeader.PAGE_COUNT_OFFSET, lockBytePage - 1);
    try (RandomAccessFile sparse = new RandomAccessFile(database().toFile(), "rw")) {
      sparse.write(first);
      sparse.setLength(LockBytePage.PENDING_BYTE);
    }
    try (Pager pager = connect(pageSize)) {
      pager.beginRead();
      pager.beginWrite();

      assertThat(pager.allocateExactly(lockBytePage)).isFalse();
      assertThat(pager.allocate(0)).isEqualTo(lockBytePage + 1);
      pager.rollback();
      pager.endRead();
    }
  }
}
