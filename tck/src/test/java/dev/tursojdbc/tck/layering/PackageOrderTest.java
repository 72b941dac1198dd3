package dev.tursojdbc.tck.layering;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tursojdbc.driver.TursoDriver;
import dev.tursojdbc.sql.Session;
import dev.tursojdbc.storage.error.ErrorCode;
import java.io.File;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.Test;

/** Packages depend downwards only, in one order; so the list has no cycles. */
class PackageOrderTest {
  private static final String ROOT = "dev.tursojdbc.";
  private static final List<String> ORDER =
      List.of(
          "storage.error",
          "storage.file",
          "storage.page",
          "storage.record",
          "storage.wal",
          "storage.journal",
          "storage.pager",
          "storage.btree",
          "sql.value",
          "sql.grammar",
          "sql.ast",
          "sql.parse",
          "sql.function",
          "sql.schema",
          "sql.bind",
          "sql.alter",
          "sql.plan",
          "sql.exec",
          "sql",
          "api",
          "driver",
          "driver.shell");

  @Test
  void aPackageUsesOnlyPackagesBelowIt() throws URISyntaxException {
    Set<String> broken = new TreeSet<>();
    for (String[] use : uses()) {
      int user = ORDER.indexOf(use[0]);
      int used = ORDER.indexOf(use[1]);
      if (user < 0 || used < 0 || used > user) {
        broken.add(use[0] + " uses " + use[1]);
      }
    }

    assertThat(broken).isEmpty();
  }

  @Test
  void theReaderSeesDependencies() throws URISyntaxException {
    assertThat(uses()).anyMatch(use -> use[0].equals("driver") && use[1].equals("sql"));
  }

  private static List<String[]> uses() throws URISyntaxException {
    StringWriter out = new StringWriter();
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("-verbose:package", "-filter:none", "--ignore-missing-deps"));
    arguments.addAll(List.of("--multi-release", "base", "--module-path", jars()));
    arguments.addAll(
        new TreeSet<>(
            List.of(classes(ErrorCode.class), classes(Session.class), classes(TursoDriver.class))));
    int status =
        ToolProvider.findFirst("jdeps")
            .orElseThrow()
            .run(
                new PrintWriter(out),
                new PrintWriter(new StringWriter()),
                arguments.toArray(new String[0]));
    assertThat(status).isZero();
    List<String[]> uses = new ArrayList<>();
    for (String line : out.toString().lines().toList()) {
      String[] words = line.trim().split("\\s+");
      if (line.startsWith("   ") && words.length > 2 && words[1].equals("->")) {
        add(uses, words[0], words[2]);
      }
    }
    return uses;
  }

  private static void add(List<String[]> uses, String user, String used) {
    boolean ours = user.startsWith(ROOT) && used.startsWith(ROOT);
    if (ours && !user.equals(used) && !used.startsWith(ROOT + "shaded")) {
      uses.add(new String[] {user.substring(ROOT.length()), used.substring(ROOT.length())});
    }
  }

  /** What our modules require beside each other. */
  private static String jars() {
    List<String> jars = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      if (entry.contains("antlr4-runtime")) {
        jars.add(entry);
      }
    }
    return String.join(File.pathSeparator, jars);
  }

  private static String classes(Class<?> type) throws URISyntaxException {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
  }
}
