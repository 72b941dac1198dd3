package dev.tursojdbc.storage.btree;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IntegrityCheckTest {
  @TempDir Path directory;

  static String[] schema(int vacuum) {
    return new String[] {
      "PRAGMA page_size=512",
      "PRAGMA auto_vacuum=" + vacuum,
      "CREATE TABLE t(a INTEGER PRIMARY KEY, b, c)",
      "CREATE INDEX i ON t(b)",
      "CREATE TABLE w(a PRIMARY KEY, b) WITHOUT ROWID",
      "CREATE TABLE gone(a)",
      "WITH n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n LIMIT 300) INSERT INTO t"
          + " SELECT x, x * 7919 % 1000, zeroblob(x % 29 * x % 900) FROM n",
      "INSERT INTO w SELECT b * 1000 + a, c FROM t",
      "INSERT INTO gone SELECT zeroblob(1000) FROM t LIMIT 30",
      "DELETE FROM t WHERE a % 7 = 3 OR a BETWEEN 100 AND 150",
      "DROP TABLE gone"
    };
  }

  /** The root page of a tree, and whether the schema has it for a table tree. */
  record Root(int page, boolean table) {
    static List<Integer> pages(List<Root> roots) {
      return roots.stream().map(Root::page).toList();
    }
  }

  /** The trees of a file, as its schema says. */
  static List<Root> roots(Path file) {
    List<Root> roots = new ArrayList<>();
    String sql =
        "SELECT rootpage || (type = 'table' AND sql NOT LIKE '%WITHOUT ROWID')"
            + " FROM sqlite_schema WHERE rootpage > 0 ORDER BY tbl_name = 'w' DESC, tbl_name, type DESC";
    for (String row : TestDatabase.query(file, sql)) {
      int end = row.length() - 1;
      roots.add(new Root(Integer.parseInt(row.substring(0, end)), row.charAt(end) == '1'));
    }
    roots.add(new Root(1, true));
    return roots;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void findsNothingInASoundFile(int vacuum) {
    Path file = directory.resolve("sound.db");
    TestDatabase.execute(file, schema(vacuum));

    var report = IntegrityCheck.checkAll(MemoryPages.read(file), Root.pages(roots(file)), 100);

    assertThat(report.findings()).isEmpty();
    assertThat(report.entryCounts().get(1).toString())
        .isEqualTo(TestDatabase.query(file, "SELECT count(*) FROM t").get(0));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void findsWhatSqliteFindsInDamagedFiles(int vacuum) throws IOException {
    Path file = directory.resolve("sound.db");
    TestDatabase.execute(file, schema(vacuum));
    byte[] sound = Files.readAllBytes(file);
    List<Integer> roots = Root.pages(roots(file));
    Random random = new Random(vacuum);
    for (int round = 0; round < 50; round++) {
      byte[] damaged = damage(sound, random);
      Path copy = directory.resolve("damaged" + round + ".db");
      Files.write(copy, damaged);
      List<String> expected = sqliteFindings(copy);

      var report = IntegrityCheck.checkAll(MemoryPages.of(damaged), roots, 100);

      if (expected != null) {
        assertThat(report.findings()).as("round %d", round).isEqualTo(expected);
      }
    }
  }

  /** Changes one to three bytes outside page 1. */
  static byte[] damage(byte[] sound, Random random) {
    byte[] damaged = sound.clone();
    int pageCount = sound.length / 512;
    for (int i = random.nextInt(3); i >= 0; i--) {
      int page = 1 + random.nextInt(pageCount - 1);
      int within = random.nextBoolean() ? random.nextInt(512) : random.nextInt(16);
      int value = random.nextBoolean() ? random.nextInt(256) : 1 << random.nextInt(8);
      damaged[page * 512 + within] ^= (byte) value;
    }
    return damaged;
  }

  /** What SQLite says about pages, without what it says about rows; null if it gives up. */
  private static @Nullable List<String> sqliteFindings(Path file) {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("PRAGMA integrity_check")) {
      List<String> result = new ArrayList<>();
      while (rows.next()) {
        String text = rows.getString(1);
        if (text.startsWith("*** in database main ***\n")) {
          String[] lines = text.split("\n");
          result.addAll(Arrays.asList(lines).subList(1, lines.length));
        }
      }
      return result;
    } catch (SQLException e) {
      return null;
    }
  }

  @Test
  void aPageBehindTheEndIsAFinding() throws IOException {
    Path file = directory.resolve("short.db");
    TestDatabase.execute(file, schema(0));
    byte[] bytes = Files.readAllBytes(file);
    List<Integer> roots = Root.pages(roots(file));

    var report =
        IntegrityCheck.checkAll(
            MemoryPages.of(Arrays.copyOf(bytes, bytes.length / 2)), roots, 1000);

    assertThat(report.findings()).anyMatch(finding -> finding.contains("invalid page number"));
  }
}
