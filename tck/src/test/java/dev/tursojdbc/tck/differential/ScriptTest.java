package dev.tursojdbc.tck.differential;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each script in {@code scripts/} gives the same on our driver and on the reference: rows in order,
 * storage classes, result codes and messages. A statement is a line, or several up to one that ends
 * in a semicolon.
 */
class ScriptTest {
  private static final Path SCRIPTS = Path.of("src/test/resources/scripts");

  static List<String> scripts() throws IOException {
    try (Stream<Path> files = Files.list(SCRIPTS)) {
      return files.map(path -> path.getFileName().toString()).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("scripts")
  void bothEnginesAnswerTheSame(String script) throws IOException, SQLException {
    List<String> statements = statements(SCRIPTS.resolve(script));

    List<String> reference = run("jdbc:sqlite::memory:", statements);
    List<String> ours = run("jdbc:turso::memory:", statements);

    for (int i = 0; i < statements.size(); i++) {
      assertThat(ours.get(i)).as(statements.get(i)).isEqualTo(reference.get(i));
    }
  }

  private static List<String> statements(Path script) throws IOException {
    List<String> statements = new ArrayList<>();
    StringBuilder statement = new StringBuilder();
    for (String line : Files.readAllLines(script, StandardCharsets.UTF_8)) {
      if (line.isBlank() || line.startsWith("--")) {
        continue;
      }
      statement.append(statement.length() == 0 ? "" : "\n").append(line);
      if (line.endsWith(";")) {
        statements.add(statement.toString());
        statement.setLength(0);
      }
    }
    return statements;
  }

  private static List<String> run(String url, List<String> statements) throws SQLException {
    List<String> answers = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection(url)) {
      for (String sql : statements) {
        answers.add(answer(connection, sql));
      }
    }
    return answers;
  }

  private static String answer(Connection connection, String sql) {
    try (Statement statement = connection.createStatement()) {
      if (!statement.execute(sql)) {
        return "ok";
      }
      try (ResultSet result = statement.getResultSet()) {
        return rows(result);
      }
    } catch (SQLException e) {
      return "error " + e.getErrorCode() + ": " + message(e);
    }
  }

  /** The engine's words without what the reference's driver puts around them. */
  private static String message(SQLException e) {
    String text = String.valueOf(e.getMessage());
    return text.startsWith("[SQLITE_") && text.endsWith(")")
        ? text.substring(text.indexOf('(') + 1, text.length() - 1)
        : text;
  }

  private static String rows(ResultSet result) throws SQLException {
    int columns = result.getMetaData().getColumnCount();
    StringBuilder text = new StringBuilder();
    for (int i = 1; i <= columns; i++) {
      text.append(i == 1 ? "" : "|").append(result.getMetaData().getColumnLabel(i));
    }
    while (result.next()) {
      text.append('\n');
      for (int i = 1; i <= columns; i++) {
        text.append(i == 1 ? "" : "|").append(value(result.getObject(i)));
      }
    }
    return text.toString();
  }

  private static String value(@Nullable Object value) {
    if (value == null) {
      return "NULL";
    }
    if (value instanceof byte[] bytes) {
      return "x'" + HexFormat.of().formatHex(bytes) + "'";
    }
    if (value instanceof String text) {
      return "'" + text + "'";
    }
    return value.toString();
  }
}
