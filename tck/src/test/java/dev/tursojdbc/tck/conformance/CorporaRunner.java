package dev.tursojdbc.tck.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Runs folders of case files: {@code CorporaRunner DIRECTORY ENGINE [part of a file's path ...]}.
 * Start it in an empty directory, which it empties again and again.
 *
 * <p>Prints the failures and the totals of each file on standard error, and totals for each corpus
 * on standard output, also when it is ended before its time. {@code -Dtck.step.seconds} limits a
 * step, {@code -Dtck.file.seconds} a file; what a file has no time left for counts as failed.
 */
public final class CorporaRunner {
  private final Path corpora;
  private final Engine engine;
  private final List<String> parts;
  private final Path work = Path.of("").toAbsolutePath();

  /** The totals of the corpus that runs now; null between two. */
  private volatile @Nullable Tally current;

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
    Runtime.getRuntime().addShutdownHook(new Thread(runner::reportWhatWasDone));
    System.exit(runner.runAll() == 0 ? 0 : 1);
  }

  private int runAll() throws IOException, SQLException {
    int failed = 0;
    for (String corpus : List.of("sqltest", "slt", "tcl")) {
      failed += run(corpus).failed();
    }
    return failed + runFuzz();
  }

  private int runFuzz() throws IOException, SQLException {
    FuzzTally total = new FuzzTally("fuzz");
    for (Path file : files(corpora.resolve("fuzz"), ".db.gz")) {
      String name = corpora.relativize(file).toString();
      if (isWanted(name)) {
        FuzzTally tally = new FuzzRunner(engine, file, name, work).run();
        tally.reports().forEach(System.err::println);
        System.err.println("# " + tally.totals());
        total.add(tally);
      }
    }
    if (total.total() > 0) {
      System.out.println(total.totals());
    }
    return total.failed();
  }

  private boolean isWanted(String name) {
    return parts.isEmpty() || parts.stream().anyMatch(name::contains);
  }

  private void reportWhatWasDone() {
    Tally unfinished = current;
    if (unfinished != null) {
      System.out.print("not finished; " + unfinished.report());
    }
  }

  private Tally run(String corpus) throws IOException, SQLException {
    Tally total = new Tally(corpus);
    current = total;
    Path folder = corpora.resolve(corpus);
    for (Path file : files(folder, ".jsonl.gz", ".test.gz")) {
      String name = corpora.relativize(file).toString();
      if (!isWanted(name)) {
        continue;
      }
      long start = System.nanoTime();
      Tally tally =
          name.endsWith(".jsonl.gz")
              ? new RecordedRunner(engine, file, folder, work).run()
              : new SqlLogicRunner(engine, file, name).run();
      tally.failures().forEach(System.err::println);
      System.err.printf("# %s, %d ms%n", tally.totals(), (System.nanoTime() - start) / 1_000_000);
      total.add(tally);
    }
    current = null;
    if (parts.isEmpty() || total.total() > 0) {
      System.out.print(total.report());
    }
    return total;
  }

  private static List<Path> files(Path folder, String... endings) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(path -> Stream.of(endings).anyMatch(path.toString()::endsWith))
          .sorted()
          .toList();
    }
  }
}
