package dev.tursojdbc.tck.conformance;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asks both engines the same of each damaged database of some fuzz files, each on its own copy, and
 * prints how their answers differ: {@code DamageDifferential FILE.db.gz ...}. Start it in an empty
 * directory.
 *
 * <p>{@code -Dtck.fuzz.part=I/N} takes each N-th image only, {@code -Dtck.fuzz.image=ID} one alone,
 * of which every difference is shown in full; {@code -Dtck.fuzz.writes=false} only reads.
 */
public final class DamageDifferential {
  private static final int LIMIT_SECONDS = Integer.getInteger("tck.fuzz.seconds", 5);
  private static final String WANTED = System.getProperty("tck.fuzz.image", "");
  private static final boolean WRITES =
      Boolean.parseBoolean(System.getProperty("tck.fuzz.writes", "true"));

  private final Path work = Path.of("").toAbsolutePath();
  private final DamageDifferences differences = new DamageDifferences(!WANTED.isEmpty());
  private final StepThread thread = new StepThread("damage");
  private final String[] part = System.getProperty("tck.fuzz.part", "0/1").split("/", 2);
  private int number;
  private int copies;
  private String caseName = "";

  public static void main(String[] arguments) throws Exception {
    DamageDifferential run = new DamageDifferential();
    for (String argument : arguments) {
      Path file = Path.of(argument);
      String name = String.valueOf(file.getFileName()).replaceFirst("\\..*", "");
      FuzzImages.forEach(file, (id, image) -> run.image(name, id, image));
    }
    run.differences.print(System.out);
    System.exit(0);
  }

  private void image(String file, int id, byte[] image) throws IOException, SQLException {
    boolean wanted = WANTED.isEmpty() || WANTED.equals(Integer.toString(id));
    if (number++ % Integer.parseInt(part[1]) != Integer.parseInt(part[0]) || !wanted) {
      return;
    }
    caseName = file + "/" + id;
    differences.countImage();
    DamageScript[] script = new DamageScript[1];
    List<StatementOutcome> expected =
        onCopy(
            Engine.SQLITE,
            image,
            statement -> {
              script[0] = new DamageScript(statement);
              return outcomes(Engine.SQLITE, statement, script[0].reading());
            });
    compare(script[0].reading(), expected, ours(image, script[0].reading()));
    if (!WRITES) {
      return;
    }
    for (List<DamageScript.Step> each : script[0].writing()) {
      List<DamageScript.Step> steps = new ArrayList<>();
      steps.add(DamageScript.PREPARATION);
      steps.addAll(each);
      steps.add(
          new DamageScript.Step("check after " + each.get(0).kind(), "PRAGMA integrity_check"));
      List<StatementOutcome> reference =
          onCopy(Engine.SQLITE, image, statement -> outcomes(Engine.SQLITE, statement, steps));
      if (reference.get(0).error() != null || !reference.get(0).rows().contains("'wal'")) {
        continue;
      }
      compare(steps, reference, ours(image, steps));
    }
  }

  private List<StatementOutcome> ours(byte[] image, List<DamageScript.Step> steps)
      throws IOException {
    try {
      return thread.run(
          step ->
              onCopy(
                  Engine.TURSO,
                  image,
                  statement -> outcomes(Engine.TURSO, step.running(statement), steps)));
    } catch (SQLException e) {
      return List.of(new StatementOutcome(List.of(), StatementOutcome.THROWN + e.getMessage()));
    }
  }

  private static List<StatementOutcome> outcomes(
      Engine engine, Statement statement, List<DamageScript.Step> steps) {
    List<StatementOutcome> outcomes = new ArrayList<>();
    for (DamageScript.Step step : steps) {
      outcomes.add(StatementOutcome.of(engine, statement, step.sql()));
    }
    return outcomes;
  }

  private void compare(
      List<DamageScript.Step> steps, List<StatementOutcome> expected, List<StatementOutcome> got) {
    for (int i = 0; i < expected.size(); i++) {
      @Nullable StatementOutcome ours = i < got.size() ? got.get(i) : null;
      if (ours == null) {
        break;
      }
      boolean same = differences.compare(caseName, steps.get(i), expected.get(i), ours);
      if (!same && steps.get(0).equals(DamageScript.PREPARATION)) {
        // From here on the files are not the same.
        break;
      }
    }
  }

  /** What is done with a copy of an image. */
  private interface Use {
    List<StatementOutcome> of(Statement statement) throws SQLException;
  }

  /** An image that cannot be opened or closed has one outcome that says so. */
  private List<StatementOutcome> onCopy(Engine engine, byte[] image, Use use) {
    Path copy = work.resolve("copy" + copies++ + ".db");
    List<StatementOutcome> outcomes = new ArrayList<>();
    try {
      Files.write(copy, image);
      try (Connection connection = engine.connect(copy.toString());
          Statement statement = connection.createStatement()) {
        statement.setQueryTimeout(LIMIT_SECONDS);
        outcomes.addAll(use.of(statement));
      }
    } catch (SQLException e) {
      if (outcomes.isEmpty()) {
        outcomes.add(new StatementOutcome(List.of(), "OPEN " + engine.message(e)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      delete(copy);
    }
    return outcomes;
  }

  private static void delete(Path copy) {
    for (String suffix : List.of("", "-wal", "-shm", "-journal")) {
      File file = new File(copy + suffix);
      if (file.exists() && !file.delete()) {
        System.err.println("left behind: " + file);
      }
    }
  }
}
