package dev.tursojdbc.tck.differential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is left of a database file that ends too early is read as SQLite reads it. */
class CutFileTest {
  private static final int PAGE_SIZE = 512;
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final List<String> STATEMENTS =
      List.of(
          "PRAGMA page_count",
          "SELECT name FROM sqlite_schema",
          "SELECT count(*), sum(length(b)) FROM t",
          "INSERT INTO t VALUES (1000, 'x')",
          "CREATE TABLE u(a)",
          "SELECT name FROM sqlite_schema");

  @TempDir Path directory;

  private byte[] database(String mode) throws SQLException, IOException {
    Path path = directory.resolve("whole.db");
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + path);
        Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA page_size=" + PAGE_SIZE);
      statement.execute("PRAGMA journal_mode=" + mode);
      statement.execute("CREATE TABLE t(a INTEGER PRIMARY KEY, b)");
      statement.execute(
          "WITH RECURSIVE c(n) AS (VALUES (1) UNION ALL SELECT n + 1 FROM c LIMIT 20)"
              + " INSERT INTO t SELECT n, zeroblob(100) FROM c");
    }
    byte[] content = Files.readAllBytes(path);
    Files.delete(path);
    return content;
  }

  private static List<String> answers(String url) {
    List<String> answers = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      for (String sql : STATEMENTS) {
        answers.add(answer(statement, sql));
      }
    } catch (SQLException e) {
      answers.add("open " + (e.getErrorCode() & 0xFF));
    }
    return answers;
  }

  private static String answer(Statement statement, String sql) {
    try {
      StringBuilder rows = new StringBuilder();
      if (statement.execute(sql)) {
        try (ResultSet result = statement.getResultSet()) {
          while (result.next()) {
            rows.append(result.getString(1)).append(';');
          }
        }
      }
      return rows.toString();
    } catch (SQLException e) {
      return "error " + (e.getErrorCode() & 0xFF);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"DELETE", "WAL"})
  void whateverLengthRemainsTheAnswersAreThoseOfTheReference(String mode) throws Exception {
    byte[] whole = database(mode);
    // A file of one byte is an empty one for SQLite on Unix, because of an old fault of Mac OS.
    for (int length = 2; length < whole.length; length += length < 120 ? 1 : 97) {
      byte[] cut = Arrays.copyOf(whole, length);
      Path ours = Files.write(directory.resolve("ours" + length + ".db"), cut);
      Path reference = Files.write(directory.resolve("reference" + length + ".db"), cut);

      List<String> answers = assertTimeoutPreemptively(LIMIT, () -> answers("jdbc:turso:" + ours));

      assertThat(answers).as("%d bytes", length).isEqualTo(answers("jdbc:sqlite:" + reference));
    }
  }
}
