package dev.tursojdbc.tck.property;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a killed SQLite process leaves behind, a log or a hot rollback journal, is recovered as the
 * reference does it.
 */
class AbandonedFilesTest {
  @TempDir private static Path directory;

  @BeforeAll
  static void letAChildDie() throws IOException, InterruptedException {
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                AbandoningChild.class.getName(),
                directory.toString())
            .inheritIO()
            .start();
    assertThat(child.waitFor()).isZero();
  }

  static List<AbandoningChild.Left> left() {
    return AbandoningChild.all();
  }

  @ParameterizedTest
  @MethodSource("left")
  void weRecoverWhatTheReferenceRecovers(AbandoningChild.Left left) throws Exception {
    Path file = left.file(directory);
    Path copy = directory.resolve("copy.db");
    copy(file, copy);

    List<String> expected = FileContent.of("jdbc:sqlite:" + copy);
    List<String> found = FileContent.of("jdbc:turso:" + file);

    assertThat(expected.get(0)).isEqualTo("'ok'");
    assertThat(found).isEqualTo(expected);
    assertThat(FileContent.of("jdbc:sqlite:" + file)).as("seen again").isEqualTo(expected);
  }

  private static void copy(Path file, Path copy) throws IOException {
    boolean unfinished = false;
    for (String suffix : List.of("", "-wal", "-journal")) {
      Path source = Path.of(file + suffix);
      Path target = Path.of(copy + suffix);
      Files.deleteIfExists(target);
      if (Files.exists(source)) {
        Files.copy(source, target);
        unfinished |= !suffix.isEmpty() && Files.size(source) > 0;
      }
    }
    assertThat(unfinished).as("a log or a journal is there").isTrue();
  }
}
