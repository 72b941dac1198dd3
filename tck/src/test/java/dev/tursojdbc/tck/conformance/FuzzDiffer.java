package dev.tursojdbc.tck.conformance;

import dev.tursojdbc.tck.conformance.FuzzAnswer.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * Runs the scripts of fuzz files on both engines and groups what they answer differently: {@code
 * FuzzDiffer DIRECTORY [part of a file's name ...]}.
 *
 * <p>Each script gets a new {@code :memory:} connection of each engine. Its statements run in step:
 * one on the reference, the same one on ours. Answers are equal if both are the same error message,
 * or the same labels and rows, each value with its storage class, in order. After the first
 * difference nothing more of a script is compared, as the databases differ, too; so a script counts
 * once.
 *
 * <p>A script is not run further once the reference takes too long, and when a statement comes that
 * cannot be the same on both ({@link FuzzExclusion}). What our driver takes for a JDBC escape is
 * not compared. Bytes that are no UTF-8 are U+FFFD for both; a script ends at a NUL.
 *
 * <p>{@code -Dtck.fuzz.part=I/N} runs each N-th script only, beginning with the I-th; {@code
 * -Dtck.fuzz.script=ID} runs one, and prints each statement with both answers; {@code
 * -Dtck.fuzz.examples=3} shows so many examples of each group; {@code -Dtck.fuzz.seconds=2} limits
 * a statement.
 */
public final class FuzzDiffer {
  private static final int LIMIT_SECONDS = Integer.getInteger("tck.fuzz.seconds", 2);

  private final FuzzDifferences differences;
  private final int wantedScript = Integer.getInteger("tck.fuzz.script", -1);
  private int part;
  private int parts = 1;

  FuzzDiffer(String name) {
    this.differences = new FuzzDifferences(name);
    String wanted = System.getProperty("tck.fuzz.part", "");
    if (!wanted.isEmpty()) {
      String[] numbers = wanted.split("/", 2);
      part = Integer.parseInt(numbers[0]);
      parts = Integer.parseInt(numbers[1]);
    }
  }

  public static void main(String[] arguments) throws IOException, SQLException {
    List<String> wanted = List.of(arguments).subList(1, arguments.length);
    int found = 0;
    try (Stream<Path> files = Files.list(Path.of(arguments[0]))) {
      for (Path file : files.filter(path -> path.toString().endsWith(".db.gz")).sorted().toList()) {
        String name = file.getFileName().toString();
        if (wanted.isEmpty() || wanted.stream().anyMatch(name::contains)) {
          FuzzDiffer differ = new FuzzDiffer(name);
          differ.run(file);
          System.out.print(differ.differences.report());
          found += differ.differences.total();
        }
      }
    }
    System.exit(found == 0 ? 0 : 1);
  }

  /** Compares the scripts of a file. */
  FuzzDifferences run(Path file) throws IOException, SQLException {
    Path corpus = Files.createTempFile("fuzz", ".db");
    try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
      Files.copy(in, corpus, StandardCopyOption.REPLACE_EXISTING);
    }
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + corpus);
        Statement statement = connection.createStatement();
        ResultSet scripts =
            statement.executeQuery("SELECT sqlid, CAST(sqltext AS BLOB) FROM xsql ORDER BY 1");
        StepThread reference = new StepThread("reference", LIMIT_SECONDS);
        StepThread ours = new StepThread("ours", LIMIT_SECONDS)) {
      int number = 0;
      while (scripts.next()) {
        int id = scripts.getInt(1);
        byte[] text = scripts.getBytes(2);
        boolean isWanted = wantedScript < 0 ? number++ % parts == part : id == wantedScript;
        if (isWanted && text != null) {
          String script = new String(text, StandardCharsets.UTF_8).replaceFirst("(?s)\0.*", "");
          compare(new FuzzCase("script " + id, null, script), reference, ours);
        }
      }
    } finally {
      Files.delete(corpus);
    }
    return differences;
  }

  private void compare(FuzzCase script, StepThread reference, StepThread ours) {
    differences.countScript();
    try (FuzzSession expected = new FuzzSession(Engine.SQLITE, reference);
        FuzzSession actual = new FuzzSession(Engine.TURSO, ours)) {
      for (String sql : script.statements()) {
        FuzzExclusion exclusion = FuzzExclusion.of(sql);
        if (exclusion == FuzzExclusion.THE_REST) {
          differences.countExcluded();
          return;
        }
        if (exclusion == FuzzExclusion.STATEMENT) {
          continue;
        }
        FuzzAnswer right = expected.run(sql);
        if (right.kind() == Kind.OVERDUE || right.isOutOfMemory()) {
          differences.countExcluded();
          return;
        }
        FuzzAnswer given = actual.run(sql);
        differences.countStatement();
        if (wantedScript >= 0) {
          System.out.printf("%s%n  reference: %s%n  ours:      %s%n", sql.strip(), right, given);
        }
        if (given.isOutOfMemory()) {
          System.err.println(script.name() + ": " + given);
          differences.countExcluded();
          return;
        }
        if (!right.equals(given) && !given.isAboutEscape()) {
          differences.add(script.name(), sql, right, given);
          return;
        }
      }
    }
  }
}
