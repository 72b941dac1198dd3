package dev.tursojdbc.tck.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The case files in the folder that {@code -Dtck.corpora=DIR} names, each in a JVM that starts in
 * an empty directory, because the cases name files relative to it.
 */
class CorporaTest {
  private static final String CORPORA = System.getProperty("tck.corpora", "");

  @Test
  void selectFilesOfSqlLogicTestPass(@TempDir Path work) throws Exception {
    assumeTrue(!CORPORA.isEmpty(), "no corpora: give their folder by -Dtck.corpora=DIR");

    assertThat(run(work, "select1", "select2", "select3")).isZero();
  }

  @Test
  @Tag("corpora")
  void allCorporaPass(@TempDir Path work) throws Exception {
    assumeTrue(!CORPORA.isEmpty(), "no corpora: give their folder by -Dtck.corpora=DIR");

    assertThat(run(work)).isZero();
  }

  private static int run(Path work, String... parts) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx1g");
    command.add("-Duser.timezone=UTC");
    command.add("-cp");
    command.add(absoluteClassPath());
    command.add(CorporaRunner.class.getName());
    command.add(Path.of(CORPORA).toAbsolutePath().toString());
    command.add(Engine.TURSO.name());
    command.addAll(List.of(parts));
    Path report = Files.createTempFile("corpora", ".txt");
    Process process =
        new ProcessBuilder(command)
            .directory(work.toFile())
            .redirectError(report.toFile())
            .redirectOutput(ProcessBuilder.Redirect.INHERIT)
            .start();
    assertThat(process.waitFor(2, TimeUnit.HOURS)).isTrue();
    System.out.println("failures are listed in " + report);
    return process.exitValue();
  }

  private static String absoluteClassPath() {
    List<String> entries = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      entries.add(Path.of(entry).toAbsolutePath().toString());
    }
    return String.join(File.pathSeparator, entries);
  }
}
