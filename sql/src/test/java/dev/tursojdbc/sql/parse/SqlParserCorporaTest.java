package dev.tursojdbc.sql.parse;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.tursojdbc.storage.error.TursoException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Every statement of SQLite's own tests is read as SQLite reads it: accepted or refused, and
 * refused in the same words. The folder of the corpora is given as {@code -Dtck.corpora=}.
 */
@Tag("corpora")
class SqlParserCorporaTest {
  /**
   * What SQLite says while it still parses. Other failures come later, and are not the parser's.
   */
  static final Pattern SYNTAX_ERROR =
      Pattern.compile(
          "near \".*\": syntax error|unrecognized token: .*|incomplete input"
              + "|(ORDER BY|LIMIT) clause should come after .*|a JOIN clause is required before .*"
              + "|unknown join type: .*|unknown table option: .*|syntax error after column name .*"
              + "|variable number must be between .*|unsupported frame specification"
              + "|.* not allowed on .* within triggers"
              + "|too many terms in compound SELECT",
          Pattern.DOTALL);

  private final List<String> faults = new ArrayList<>();
  private int statements;
  private Path corpora;

  @BeforeEach
  void findCorpora() {
    String folder = System.getProperty("tck.corpora");
    assumeTrue(folder != null && !folder.isBlank(), "-Dtck.corpora is not set");
    corpora = Path.of(folder);
  }

  @Test
  void recordedStatementsAreReadAsSqliteReadsThem() throws IOException {
    long fullPredictions = SqlParser.fullPredictions();

    for (String folder : List.of("tcl", "sqltest")) {
      for (Path file : files(corpora.resolve(folder), ".jsonl.gz")) {
        readSteps(file);
      }
    }

    assertThat(statements).isGreaterThan(10_000);
    assertThat(faults).isEmpty();
    assertThat(SqlParser.fullPredictions()).isEqualTo(fullPredictions);
  }

  @Test
  void sqllogictestStatementsAreAccepted() throws IOException {
    long fullPredictions = SqlParser.fullPredictions();

    for (Path file : files(corpora.resolve("slt"), "")) {
      readRecords(file);
    }

    assertThat(statements).isGreaterThan(10_000);
    assertThat(faults).isEmpty();
    assertThat(SqlParser.fullPredictions()).isEqualTo(fullPredictions);
  }

  private void readSteps(Path file) throws IOException {
    try (BufferedReader lines = open(file)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        JsonObject step = JsonParser.parseString(line).getAsJsonObject();
        if (step.get("k").getAsString().equals("sql") && step.has("t")) {
          String expected = step.has("e") ? step.get("e").getAsString() : null;
          String sql = step.get("q").getAsString();
          // VACUUM parses the schema; what it finds wrong there is not wrong here.
          if (!sql.startsWith("VACUUM")) {
            check(file, sql, expected);
          }
        }
      }
    }
  }

  private void readRecords(Path file) throws IOException {
    try (BufferedReader lines = open(file)) {
      boolean skip = false;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("skipif sqlite")
            || (line.startsWith("onlyif") && !line.contains("sqlite"))) {
          skip = true;
        } else if (line.startsWith("statement ok") || line.startsWith("query ")) {
          StringBuilder sql = new StringBuilder();
          for (line = lines.readLine();
              line != null && !line.isBlank() && !line.startsWith("----");
              line = lines.readLine()) {
            sql.append(line).append('\n');
          }
          if (!skip) {
            check(file, sql.toString(), null);
          }
          skip = false;
        } else if (line.startsWith("statement error")) {
          skip = false;
        }
      }
    }
  }

  private void check(Path file, String sql, @Nullable String expected) {
    statements++;
    String actual = outcome(sql);
    boolean syntaxExpected = expected != null && SYNTAX_ERROR.matcher(expected).matches();
    boolean agrees = actual == null ? !syntaxExpected : actual.equals(expected);
    if (!agrees) {
      faults.add(
          file.getFileName()
              + ": "
              + sql
              + "\n  expected: "
              + expected
              + "\n  actual:   "
              + actual);
    }
  }

  private static @Nullable String outcome(String sql) {
    try {
      SqlParser.parse(sql, 0);
      return null;
    } catch (TursoException e) {
      return e.getMessage();
    }
  }

  private static List<Path> files(Path folder, String suffix) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> file.toString().endsWith(suffix))
          .sorted()
          .toList();
    }
  }

  private static BufferedReader open(Path file) throws IOException {
    return new BufferedReader(
        new InputStreamReader(
            file.toString().endsWith(".gz")
                ? new GZIPInputStream(Files.newInputStream(file))
                : Files.newInputStream(file),
            UTF_8));
  }
}
