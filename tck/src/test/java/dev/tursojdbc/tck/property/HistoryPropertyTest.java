package dev.tursojdbc.tck.property;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterTry;
import net.jqwik.api.lifecycle.BeforeTry;

/**
 * The same history of changes on both engines, each on its own file: every statement comes to the
 * same, and afterwards each engine finds the other's file intact and reads the same rows from it.
 */
class HistoryPropertyTest {
  /** The reference's driver takes no longer ones unless it is told to. */
  private static final int MAX_STATEMENT_BYTES = 1_000_000;

  private Path directory = Path.of("");

  /** A statement that is not written yet. */
  record Step(int kind, int seed) {}

  @Provide
  Arbitrary<FileShape> shapes() {
    return FileShape.arbitrary();
  }

  @Provide
  Arbitrary<Step> steps() {
    return Combinators.combine(
            Arbitraries.integers().between(0, HistoryStatements.KINDS - 1),
            Arbitraries.integers().between(0, 1 << 20))
        .as(Step::new);
  }

  @Provide
  Arbitrary<List<String>> journalModes() {
    return Arbitraries.of("wal", "wal", "delete", "truncate", "persist", "memory", "off")
        .list()
        .ofMinSize(1)
        .ofMaxSize(3);
  }

  @BeforeTry
  void makeDirectory() throws IOException {
    directory = Files.createTempDirectory("history");
  }

  @AfterTry
  void deleteDirectory() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(directory);
  }

  @Property(tries = 15)
  void bothEnginesWriteTheSame(
      @ForAll("shapes") FileShape shape,
      @ForAll("journalModes") List<String> journalModes,
      @ForAll @Size(min = 20, max = 120) List<@From("steps") Step> steps)
      throws SQLException {
    check(shape, journalModes, steps);
  }

  @Property(tries = 3000)
  @Tag("slow")
  void bothEnginesWriteTheSameInManyHistories(
      @ForAll("shapes") FileShape shape,
      @ForAll("journalModes") List<String> journalModes,
      @ForAll @Size(min = 20, max = 250) List<@From("steps") Step> steps)
      throws SQLException {
    check(shape, journalModes, steps);
  }

  private void check(FileShape shape, List<String> journalModes, List<Step> steps)
      throws SQLException {
    List<String> history = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      // So that there is something to change from the beginning.
      history.add(statements(shape).statement(0, steps.get(i).seed()));
    }
    for (Step step : steps) {
      history.add(statements(shape).statement(step.kind(), step.seed()));
    }
    history.removeIf(sql -> sql.getBytes(StandardCharsets.UTF_8).length > MAX_STATEMENT_BYTES);
    Path ours = directory.resolve("ours.db");
    Path reference = directory.resolve("reference.db");
    shape.create(reference);
    List<String> prepare = new ArrayList<>();
    if (shape.reservedBytes() == 0) {
      prepare.addAll(shape.pragmas());
    } else {
      shape.create(ours);
    }

    List<String> expected = replay("jdbc:sqlite:" + reference, List.of(), journal(shape), history);
    List<String> found = replay("jdbc:turso:" + ours, prepare, journalModes, history);

    for (int i = 0; i < expected.size(); i++) {
      assertThat(found.get(i)).isEqualTo(expected.get(i));
    }
    List<String> content = FileContent.of("jdbc:sqlite:" + reference);
    assertThat(content.get(0)).isEqualTo("'ok'");
    assertThat(FileContent.of("jdbc:sqlite:" + ours)).isEqualTo(content);
    assertThat(FileContent.of("jdbc:turso:" + reference)).isEqualTo(content);
  }

  /** The reference journals both ways. */
  private static List<String> journal(FileShape shape) {
    return shape.autoVacuum() == 1 ? List.of("wal") : List.of();
  }

  private static HistoryStatements statements(FileShape shape) {
    return new HistoryStatements(shape.pageSize());
  }

  private static List<String> replay(
      String url, List<String> prepare, List<String> journalModes, List<String> history)
      throws SQLException {
    List<String> settings = new ArrayList<>(prepare);
    settings.add("PRAGMA synchronous=OFF");
    settings.add("PRAGMA cache_size=20");
    try (Replay replay = new Replay(url, settings, journalModes)) {
      return replay.run(history);
    }
  }
}
