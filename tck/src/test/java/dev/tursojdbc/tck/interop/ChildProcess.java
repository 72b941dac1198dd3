package dev.tursojdbc.tck.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A process of its own that runs one of the main classes of this package. */
final class ChildProcess implements AutoCloseable {
  private final Process process;
  private final Writer input;
  private final BufferedReader output;

  private ChildProcess(Process process) {
    this.process = process;
    this.input = process.outputWriter(StandardCharsets.UTF_8);
    this.output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  static ChildProcess start(Class<?> main, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx256m", "-XX:TieredStopAtLevel=1", "-ea", "-cp"));
    command.add(System.getProperty("java.class.path"));
    command.add(main.getName());
    command.addAll(List.of(arguments));
    return new ChildProcess(
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
  }

  /** A {@link SqlChild} on a database. */
  static ChildProcess sql(String url) throws IOException {
    return start(SqlChild.class, url);
  }

  /** What it answers to a statement. */
  String run(String sql) throws IOException {
    input.write(sql + "\n");
    input.flush();
    String line = readLine();
    assertThat(line).as("answer to %s", sql).isNotNull();
    return line;
  }

  /** The next line that it prints; null at the end. */
  @Nullable String readLine() throws IOException {
    return output.readLine();
  }

  /** Ends it as a crash would. What it has printed can still be read. */
  void kill() throws InterruptedException {
    process.toHandle().destroyForcibly();
    process.waitFor();
  }

  /** Waits until it has ended by itself. @return its exit value */
  int join() throws IOException, InterruptedException {
    input.close();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("the child ends").isTrue();
    return process.exitValue();
  }

  /** Lets it end by itself, if it does. */
  @Override
  public void close() throws IOException {
    if (process.isAlive()) {
      input.close();
      process.onExit().completeOnTimeout(process, 20, TimeUnit.SECONDS).join();
      process.destroyForcibly();
    }
    output.close();
  }
}
