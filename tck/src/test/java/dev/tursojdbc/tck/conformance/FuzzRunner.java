package dev.tursojdbc.tck.conformance;

import dev.tursojdbc.tck.conformance.FuzzTally.Outcome;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * Runs the scripts of one fuzz file on each of its images. There is no right answer but this:
 * nothing hangs, and nothing is thrown but an SQLException.
 *
 * <p>Each case has a connection, a thread with a small stack and a time limit of its own. {@code
 * -Dtck.fuzz.part=I/N} runs each N-th case only, beginning with the I-th.
 */
final class FuzzRunner {
  private static final long STACK_BYTES = Long.getLong("tck.fuzz.stack", 512 << 10);

  /** A statement is cancelled after this time. */
  private static final int LIMIT_SECONDS = Integer.getInteger("tck.fuzz.seconds", 2);

  /** No case takes longer, be it that all of its statements are slow. */
  private static final long CASE_SECONDS = 5L * LIMIT_SECONDS;

  /** What a cancelled statement may take to end. */
  private static final long GRACE_SECONDS = 10;

  private static final int FRAMES_SHOWN = 12;

  private final Engine engine;
  private final Path file;
  private final Path work;
  private final FuzzTally tally;
  private int part;
  private int parts = 1;

  FuzzRunner(Engine engine, Path file, String name, Path work) {
    this.engine = engine;
    this.file = file;
    this.work = work;
    this.tally = new FuzzTally(name);
    String wanted = System.getProperty("tck.fuzz.part", "");
    if (!wanted.isEmpty()) {
      String[] numbers = wanted.split("/", 2);
      part = Integer.parseInt(numbers[0]);
      parts = Integer.parseInt(numbers[1]);
    }
  }

  FuzzTally run() throws IOException, SQLException {
    Path corpus = Files.createTempFile("fuzz", ".db");
    try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
      Files.copy(in, corpus, StandardCopyOption.REPLACE_EXISTING);
    }
    try (Connection reference = DriverManager.getConnection("jdbc:sqlite:" + corpus);
        Statement statement = reference.createStatement()) {
      runAll(statement);
    } finally {
      Files.delete(corpus);
    }
    return tally;
  }

  private void runAll(Statement statement) throws SQLException, IOException {
    List<Integer> images = ids(statement, "SELECT dbid FROM db ORDER BY 1");
    List<Integer> scripts = ids(statement, "SELECT sqlid FROM xsql ORDER BY 1");
    int number = 0;
    for (int script : scripts) {
      byte[] text =
          value(statement, "SELECT CAST(sqltext AS BLOB) FROM xsql WHERE sqlid=" + script);
      if (images.isEmpty()) {
        if (number++ % parts == part) {
          run(withoutImage(script, text));
        }
        continue;
      }
      for (int image : images) {
        if (number++ % parts == part) {
          byte[] bytes = value(statement, "SELECT dbcontent FROM db WHERE dbid=" + image);
          String name = "script " + script + " on image " + image;
          run(new FuzzCase(name, bytes, new String(text, StandardCharsets.UTF_8)));
        }
      }
    }
  }

  /** The file may say that each script brings its image. */
  private FuzzCase withoutImage(int script, byte[] text) {
    String name = "script " + script;
    return file.getFileName().toString().startsWith("fuzzdata8")
        ? FuzzCase.ofBoth(name, text)
        : new FuzzCase(name, null, new String(text, StandardCharsets.UTF_8));
  }

  private static List<Integer> ids(Statement statement, String sql) throws SQLException {
    List<Integer> ids = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        ids.add(rows.getInt(1));
      }
    }
    return ids;
  }

  private static byte[] value(Statement statement, String sql) throws SQLException {
    try (ResultSet row = statement.executeQuery(sql)) {
      byte[] bytes = row.next() ? row.getBytes(1) : null;
      return bytes == null ? new byte[0] : bytes;
    }
  }

  private void run(FuzzCase fuzzCase) throws IOException {
    emptyWork();
    byte[] image = fuzzCase.image();
    if (image != null) {
      Files.write(work.resolve("fuzz.db"), image);
    }
    Run run = new Run(fuzzCase);
    Thread thread = new Thread(null, run, "fuzz", STACK_BYTES);
    thread.setDaemon(true);
    thread.start();
    try {
      thread.join(TimeUnit.SECONDS.toMillis(CASE_SECONDS + GRACE_SECONDS));
    } catch (InterruptedException e) {
      throw new IllegalStateException("the run was interrupted", e);
    }
    if (thread.isAlive()) {
      report(fuzzCase, "is not to be stopped", thread.getStackTrace());
      thread.interrupt();
      tally.count(Outcome.HUNG);
    } else {
      tally.count(run.worst);
    }
  }

  private void emptyWork() throws IOException {
    try (Stream<Path> files = Files.walk(work)) {
      for (Path path : files.sorted(Comparator.reverseOrder()).toList()) {
        if (!path.equals(work)) {
          Files.deleteIfExists(path);
        }
      }
    }
  }

  private synchronized void report(FuzzCase fuzzCase, String what, StackTraceElement[] stack) {
    StringBuilder text = new StringBuilder(tally.totals().replaceFirst(":.*", ""));
    text.append(", ").append(fuzzCase.name()).append(": ").append(what);
    for (int i = 0; i < Math.min(stack.length, FRAMES_SHOWN); i++) {
      text.append("\n    at ").append(stack[i]);
    }
    tally.report(text.append("\n    ").append(fuzzCase.excerpt()).toString());
  }

  /** One case, in its thread. */
  private final class Run implements Runnable {
    private final FuzzCase fuzzCase;
    private final long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(CASE_SECONDS);
    private volatile Outcome worst = Outcome.CLEAN;

    Run(FuzzCase fuzzCase) {
      this.fuzzCase = fuzzCase;
    }

    @Override
    public void run() {
      guarded(
          "opening",
          () -> {
            String database = fuzzCase.image() == null ? "" : work.resolve("fuzz.db").toString();
            try (Connection connection = engine.connect(database);
                Statement statement = connection.createStatement()) {
              statement.setQueryTimeout(LIMIT_SECONDS);
              runAll(statement);
            }
          });
    }

    private void runAll(Statement statement) {
      if (fuzzCase.image() != null) {
        // So that it can be written to; if the image is too bad for that, it stays as it is.
        guarded("journal_mode", () -> execute(statement, "PRAGMA journal_mode=WAL"));
      }
      for (String sql : fuzzCase.statements()) {
        if (System.nanoTime() - end > 0) {
          note(Outcome.OVERDUE);
          return;
        }
        guarded(sql, () -> execute(statement, sql));
      }
    }

    private void execute(Statement statement, String sql) throws SQLException {
      if (!statement.execute(sql)) {
        return;
      }
      try (ResultSet rows = statement.getResultSet()) {
        int columns = rows.getMetaData().getColumnCount();
        while (rows.next()) {
          for (int i = 1; i <= columns; i++) {
            Object value = rows.getObject(i);
            if (value instanceof byte[]) {
              rows.getBytes(i);
            }
          }
        }
      }
    }

    private void guarded(String sql, Action action) {
      try {
        action.run();
      } catch (SQLException e) {
        note(outcome(e));
      } catch (RuntimeException | Error e) {
        note(Outcome.OTHER);
        report(fuzzCase, e + " from: " + excerpt(sql), e.getStackTrace());
      }
    }

    /** By the primary result code: INTERRUPT and NOMEM are told from the rest. */
    private Outcome outcome(SQLException e) {
      return switch (e.getErrorCode() & 0xFF) {
        case 9 -> Outcome.OVERDUE;
        case 7 -> Outcome.OUT_OF_MEMORY;
        default -> Outcome.SQL_EXCEPTION;
      };
    }

    private void note(Outcome outcome) {
      if (outcome.compareTo(worst) > 0) {
        worst = outcome;
      }
    }
  }

  private static String excerpt(String sql) {
    return sql.length() <= 200 ? sql : sql.substring(0, 200) + "…";
  }

  /** What may fail. */
  private interface Action {
    void run() throws SQLException;
  }
}
