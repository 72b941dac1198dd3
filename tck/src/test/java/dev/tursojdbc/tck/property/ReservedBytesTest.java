package dev.tursojdbc.tck.property;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pages of which a part is reserved, as extensions that checksum or encrypt pages have them. */
class ReservedBytesTest {
  @TempDir Path directory;

  /** Its statement is planned already, so that it reads nothing before it writes. */
  @Test
  void theFirstStatementAfterAConversionLeavesThemAlone() throws SQLException {
    Path ours = directory.resolve("ours.db");
    Path reference = directory.resolve("reference.db");
    for (Path file : List.of(ours, reference)) {
      new FileShape(512, 0, "UTF-8", 8).create(file);
      String url = (file.equals(ours) ? "jdbc:turso:" : "jdbc:sqlite:") + file;
      execute(
          url,
          "CREATE TABLE t(a, b)",
          "CREATE INDEX i ON t(b)",
          "CREATE TABLE w(a, b, PRIMARY KEY (b, a)) WITHOUT ROWID");
      for (int i = 0; i < 10; i++) {
        for (String mode : List.of("wal", "delete")) {
          execute(
              url,
              "PRAGMA journal_mode=" + mode,
              "INSERT INTO t SELECT zeroblob(191), zeroblob(1000 + count(*)) FROM t");
          execute(
              url,
              "PRAGMA journal_mode=" + (mode.equals("wal") ? "delete" : "wal"),
              "INSERT INTO w SELECT 1, zeroblob(191 + count(*)) FROM w");
        }
      }
    }

    List<String> content = FileContent.of("jdbc:sqlite:" + reference);
    assertThat(content.get(0)).isEqualTo("'ok'");
    assertThat(FileContent.of("jdbc:sqlite:" + ours)).isEqualTo(content);
  }

  private static void execute(String url, String... statements) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }
}
