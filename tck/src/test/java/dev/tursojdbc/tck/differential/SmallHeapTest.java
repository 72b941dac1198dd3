package dev.tursojdbc.tck.differential;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Statements over far more rows than the heap holds answer what SQLite answers. */
class SmallHeapTest {
  private static final int TIMEOUT_MINUTES = 15;

  @TempDir Path directory;

  @Test
  @Tag("slow")
  void aHeapOf48MegabytesIsEnoughForStatementsOverHundredsOfThousandsOfRows() throws Exception {
    List<String> ours = run(SmallHeapChild.class, "48m", "jdbc:turso:", "ours.db");
    List<String> expected = run(SmallHeapChild.class, "256m", "jdbc:sqlite:", "reference.db");

    assertThat(ours).isEqualTo(expected);
  }

  @Test
  @Tag("slow")
  void anUpdateFarLargerThanTheHeapLeavesALogNotMuchLargerThanTheDatabase() throws Exception {
    List<String> ours = run(LargeUpdateChild.class, "48m", "jdbc:turso:", "ours.db");
    List<String> expected = run(LargeUpdateChild.class, "256m", "jdbc:sqlite:", "reference.db");

    assertThat(ours).isEqualTo(expected);
    assertThat(Files.exists(directory.resolve("ours.db-wal"))).isFalse();
  }

  private List<String> run(Class<?> program, String heap, String prefix, String name)
      throws IOException, InterruptedException {
    Path output = directory.resolve("output");
    Path errors = directory.resolve("errors");
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + heap,
                "-Djava.io.tmpdir=" + directory,
                "-cp",
                System.getProperty("java.class.path"),
                program.getName(),
                prefix,
                directory.resolve(name).toString())
            .redirectOutput(output.toFile())
            .redirectError(errors.toFile())
            .start();
    try {
      assertThat(child.waitFor(TIMEOUT_MINUTES, TimeUnit.MINUTES)).isTrue();
      assertThat(child.exitValue()).as(Files.readString(errors)).isZero();
      return Files.readAllLines(output);
    } finally {
      child.destroyForcibly();
    }
  }
}
