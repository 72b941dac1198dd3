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
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each script in {@code scripts/} gives the same on our driver and on the reference: rows in order,
 * storage classes, result codes and messages. A statement is a line, or several up to one that ends
 * in a semicolon. Besides there are lines of their own:
 *
 * <ul>
 *   <li>{@code .new}: the rest has a new database in memory;
 *   <li>{@code .file}: the rest has a new database in a file;
 *   <li>{@code .reopen}: closes the connection to that file and opens another one.
 * </ul>
 *
 * <p>{@code {dir}} stands for a directory of the run's own.
 */
class ScriptTest {
  private static final Path SCRIPTS = Path.of("src/test/resources/scripts");

  static List<String> scripts() throws IOException {
    try (Stream<Path> files = Files.list(SCRIPTS)) {
      return files.map(path -> path.getFileName().toString()).sorted().toList();
    }
  }

  @TempDir Path temporary;

  private Path directory(String name) throws IOException {
    return Files.createDirectory(temporary.resolve(name));
  }

  @ParameterizedTest
  @MethodSource("scripts")
  void bothEnginesAnswerTheSame(String script) throws IOException, SQLException {
    List<String> statements = statements(SCRIPTS.resolve(script));

    List<String> reference = new ScriptRun("jdbc:sqlite:", directory("sqlite")).of(statements);
    List<String> ours = new ScriptRun("jdbc:turso:", directory("turso")).of(statements);

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
      if (line.startsWith(".")) {
        statements.add(line);
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

  /** One run of a script on one engine. */
  private static final class ScriptRun {
    private final String prefix;
    private final Path directory;
    private String database = ":memory:";
    private int files;

    ScriptRun(String prefix, Path directory) {
      this.prefix = prefix;
      this.directory = directory;
    }

    List<String> of(List<String> statements) throws SQLException {
      List<String> answers = new ArrayList<>();
      Connection connection = DriverManager.getConnection(prefix + database);
      try {
        for (String sql : statements) {
          if (sql.startsWith(".")) {
            connection.close();
            choose(sql);
            connection = DriverManager.getConnection(prefix + database);
            answers.add(sql);
          } else {
            String here = sql.replace("{dir}", directory.toString());
            answers.add(answer(connection, here).replace(directory.toString(), "{dir}"));
          }
        }
      } finally {
        connection.close();
      }
      return answers;
    }

    private void choose(String command) {
      switch (command) {
        case ".new" -> database = ":memory:";
        case ".file" -> database = directory.resolve(++files + ".db").toString();
        case ".reopen" -> assertThat(database).isNotEqualTo(":memory:");
        default -> throw new IllegalArgumentException(command);
      }
    }
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
