package dev.tursojdbc.tck.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

/**
 * Runs folders of case files: {@code CorporaRunner DIRECTORY ENGINE [part of a file's name ...]}.
 * Start it in an empty directory, which it empties again and again.
 *
 * <p>Prints the failures on standard error, and totals for each corpus on standard output.
 */
public final class CorporaRunner {
  private static final long STACK_BYTES = 8L << 20;

  private final Path corpora;
  private final Engine engine;
  private final List<String> parts;
  private final Path work = Path.of("").toAbsolutePath();

  CorporaRunner(Path corpora, Engine engine, List<String> parts) {
    this.corpora = corpora;
    this.engine = engine;
    this.parts = parts;
  }

  public static void main(String[] arguments) throws Exception {
    try (Stream<Path> here = Files.list(Path.of(""))) {
      if (here.findAny().isPresent()) {
        throw new IllegalStateException("start me in an empty directory: I empty it");
      }
    }
    Path corpora = Path.of(arguments[0]);
    Engine engine = Engine.valueOf(arguments[1]);
    List<String> parts = List.of(arguments).subList(2, arguments.length);
    CorporaRunner runner = new CorporaRunner(corpora, engine, parts);
    int failed = runner.runAll();
    System.exit(failed == 0 ? 0 : 1);
  }

  private int runAll() throws Exception {
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    int[] failed = new int[1];
    Thread thread =
        new Thread(
            null,
            () -> {
              try {
                for (String corpus : List.of("sqltest", "slt", "tcl")) {
                  failed[0] += run(corpus).failed();
                }
              } catch (IOException | SQLException | RuntimeException e) {
                thrown.set(e);
              }
            },
            "corpora",
            STACK_BYTES);
    thread.start();
    thread.join();
    if (thrown.get() != null) {
      throw new IllegalStateException(thrown.get());
    }
    return failed[0];
  }

  private Tally run(String corpus) throws IOException, SQLException {
    Tally total = new Tally(corpus);
    Path folder = corpora.resolve(corpus);
    for (Path file : files(folder)) {
      String name = folder.relativize(file).toString();
      if (!parts.isEmpty() && parts.stream().noneMatch(name::contains)) {
        continue;
      }
      Tally tally =
          name.endsWith(".jsonl.gz")
              ? new RecordedRunner(engine, file, folder, work).run()
              : new SqlLogicRunner(engine, file).run();
      tally.failures().forEach(System.err::println);
      System.err.print("# " + tally.report().lines().findFirst().orElseThrow() + "\n");
      total.add(tally);
    }
    System.out.print(total.report());
    return total;
  }

  private static List<Path> files(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> all = Files.walk(folder)) {
      return new ArrayList<>(
          all.filter(p -> p.toString().endsWith(".gz") && !p.toString().endsWith(".db.gz"))
              .sorted()
              .toList());
    }
  }
}
