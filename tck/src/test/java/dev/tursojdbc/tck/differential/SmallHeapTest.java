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
    List<String> ours = run("48m", "jdbc:turso:" + directory.resolve("ours.db"));
    List<String> expected = run("256m", "jdbc:sqlite:" + directory.resolve("reference.db"));

    assertThat(ours).isEqualTo(expected);
  }

  private List<String> run(String heap, String url) throws IOException, InterruptedException {
    Path output = directory.resolve("output");
    Path errors = directory.resolve("errors");
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + heap,
                "-Djava.io.tmpdir=" + directory,
                "-cp",
                System.getProperty("java.class.path"),
                SmallHeapChild.class.getName(),
                url)
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
