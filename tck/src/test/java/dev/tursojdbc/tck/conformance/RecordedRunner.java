package dev.tursojdbc.tck.conformance;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Runs one {@code .jsonl.gz} file of recorded statements and judges each test in it: a test passes
 * when each of its judged steps gives the recorded rows or the recorded error.
 */
final class RecordedRunner {
  private static final int BRIEF = 400;

  /** Faults hide behind excuses, too. */
  private static final boolean SHOW_EXCUSED = Boolean.getBoolean("tck.excused");

  private final Engine engine;
  private final Path file;
  private final Path databases;
  private final Path work;
  private final Map<String, @Nullable Connection> connections = new HashMap<>();
  private final Map<String, @Nullable String> failures = new LinkedHashMap<>();

  /** Tests that expect more than empty results. */
  private final Set<String> telling = new HashSet<>();

  private final StepThread thread;
  private @Nullable String excuse;

  /** The first step without a test that failed, which may explain what fails after it. */
  private @Nullable String unjudged;

  /**
   * @param databases folder of the databases that some cases copy
   * @param work an empty directory, in which the JVM was started
   */
  RecordedRunner(Engine engine, Path file, Path databases, Path work) {
    this.engine = engine;
    this.file = file;
    this.databases = databases;
    this.work = work;
    this.thread = new StepThread(file.getFileName().toString());
  }

  Tally run() throws IOException {
    empty(work);
    String name = file.getFileName().toString().replace(".jsonl.gz", "");
    String place = work.toAbsolutePath().toString();
    try (BufferedReader lines = open(file)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        step(JsonParser.parseString(line.replace("{work}", place)).getAsJsonObject());
      }
    } finally {
      connections.values().forEach(this::close);
      thread.close();
    }
    Tally tally = new Tally(name);
    failures.forEach(
        (test, failure) -> {
          if (failure == null && telling.contains(test)) {
            tally.pass();
          } else if (failure == null) {
            tally.passEmpty();
          } else if (failure.startsWith("excused ")) {
            tally.excuse(failure.substring("excused ".length()));
          } else {
            tally.fail(name + " / " + test + ": " + failure);
          }
        });
    if (tally.failed() > 0 && unjudged != null) {
      tally.note(name + ": first unjudged failure: " + unjudged);
    }
    return tally;
  }

  static BufferedReader open(Path file) throws IOException {
    InputStream bytes = new GZIPInputStream(Files.newInputStream(file), 1 << 16);
    return new BufferedReader(new InputStreamReader(bytes, StandardCharsets.UTF_8));
  }

  private static void empty(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path path : files.sorted(Collections.reverseOrder()).toList()) {
        if (!path.equals(directory)) {
          Files.delete(path);
        }
      }
    }
  }

  private void step(JsonObject step) throws IOException {
    switch (step.get("k").getAsString()) {
      case "open" -> openConnection(step);
      case "close" -> close(connections.remove(step.get("c").getAsString()));
      case "file" -> fileAction(step.getAsJsonArray("a"));
      case "hexio" -> writeHex(step.getAsJsonArray("a"));
      default -> sql(step);
    }
  }

  private void openConnection(JsonObject step) throws IOException {
    String name = step.get("c").getAsString();
    String database = step.has("f") ? step.get("f").getAsString() : "";
    close(connections.remove(name));
    if (step.has("from")) {
      try (InputStream bytes =
          new GZIPInputStream(
              Files.newInputStream(databases.resolve(step.get("from").getAsString() + ".gz")))) {
        Files.copy(bytes, work.resolve(database), StandardCopyOption.REPLACE_EXISTING);
      }
      for (String suffix : List.of("-journal", "-wal", "-shm")) {
        Files.deleteIfExists(work.resolve(database + suffix));
      }
    }
    try {
      connections.put(name, thread.run(running -> connect(database)));
    } catch (SQLException e) {
      noteExcuse(engine.message(e));
      noteUnjudged("open " + database + ": " + engine.message(e));
    } catch (RuntimeException | Error e) {
      noteUnjudged("open " + database + " threw " + e + at(e));
    }
  }

  private Connection connect(String database) throws SQLException {
    Connection connection = engine.connect(database);
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA busy_timeout=0");
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
    return connection;
  }

  private void close(@Nullable Connection connection) {
    if (connection != null) {
      try {
        thread.run(
            running -> {
              connection.close();
              return connection;
            });
      } catch (SQLException e) {
        noteUnjudged("close: " + engine.message(e));
      } catch (RuntimeException | Error e) {
        noteUnjudged("close threw " + e + at(e));
      }
    }
  }

  private void fileAction(JsonArray action) throws IOException {
    Path source = work.resolve(action.get(1).getAsString());
    switch (action.get(0).getAsString()) {
      case "delete" -> Files.deleteIfExists(source);
      case "copy" -> {
        if (Files.exists(source)) {
          Path target = work.resolve(action.get(2).getAsString());
          Files.copy(source, target, StandardCopyOption.REPLACE_EXISTING);
        }
      }
      default -> {
        if (Files.exists(source)) {
          Path target = work.resolve(action.get(2).getAsString());
          Files.move(source, target, StandardCopyOption.REPLACE_EXISTING);
        }
      }
    }
  }

  private void writeHex(JsonArray action) throws IOException {
    try (RandomAccessFile target =
        new RandomAccessFile(work.resolve(action.get(0).getAsString()).toFile(), "rw")) {
      target.seek(action.get(1).getAsLong());
      target.write(HexFormat.of().parseHex(action.get(2).getAsString()));
    }
  }

  private void sql(JsonObject step) {
    String test = step.has("t") ? step.get("t").getAsString() : null;
    Connection connection = connections.get(step.get("c").getAsString());
    String failure;
    if (thread.isOverdue()) {
      failure = "not run, the time for the file is used up: " + brief(step.get("q").getAsString());
    } else if (connection == null) {
      failure = step.has("e") ? null : "no connection";
    } else {
      failure = judge(step, connection);
    }
    if (test == null) {
      if (failure != null) {
        noteUnjudged(failure);
      }
    } else {
      if (step.has("e") || step.has("h") || !step.getAsJsonArray("r").isEmpty()) {
        telling.add(test);
      }
      if (failure != null && excuse != null) {
        if (SHOW_EXCUSED) {
          System.err.println("excused " + file.getFileName() + " / " + test + ": " + failure);
        }
        failure = "excused " + excuse;
      }
      String earlier = failures.get(test);
      if (!failures.containsKey(test) || earlier == null) {
        failures.put(test, failure);
      }
    }
  }

  private @Nullable String judge(JsonObject step, Connection connection) {
    String query = step.get("q").getAsString();
    List<String> values;
    int width;
    try {
      List<List<String>> rows =
          thread.run(running -> execute(running, connection, query, step.getAsJsonArray("p")));
      width = rows.isEmpty() ? 0 : rows.get(0).size();
      values = rows.stream().flatMap(List::stream).toList();
    } catch (StepThread.Hung e) {
      if (e.isAbandoned()) {
        connections.remove(step.get("c").getAsString());
      }
      return e.getMessage() + " in " + brief(query);
    } catch (SQLException e) {
      String message = engine.message(e);
      noteExcuse(message);
      if (step.has("e") && step.get("e").getAsString().equals(message)) {
        return null;
      }
      String expected = step.has("e") ? "error \"" + step.get("e").getAsString() + '"' : "rows";
      return "got error \"" + message + "\" for " + expected + " in " + brief(query);
    } catch (RuntimeException | Error e) {
      return "threw " + e + at(e) + " in " + brief(query);
    }
    if (step.has("e")) {
      return "no error \"" + step.get("e").getAsString() + "\" in " + brief(query);
    }
    if (step.has("h")) {
      String digest = values.size() + " values, md5 " + md5(values);
      return digest.equals(step.get("h").getAsString()) ? null : "other values in " + brief(query);
    }
    if (!step.has("r")) {
      return null;
    }
    List<String> expected = new ArrayList<>();
    for (JsonElement value : step.getAsJsonArray("r")) {
      expected.add(value.getAsString());
    }
    boolean equal =
        step.has("unordered")
            ? rows(values, width).equals(rows(expected, step.get("w").getAsInt()))
            : values.equals(expected);
    return equal
        ? null
        : "expected " + brief(expected) + " got " + brief(values) + " in " + brief(query);
  }

  private static String at(Throwable e) {
    StackTraceElement[] trace = e.getStackTrace();
    return trace.length == 0 ? "" : " at " + trace[0];
  }

  private void noteExcuse(String message) {
    if (excuse == null && message.startsWith("not supported yet")) {
      excuse = message;
    }
  }

  private void noteUnjudged(String failure) {
    if (unjudged == null) {
      unjudged = failure;
    }
  }

  private static List<String> rows(List<String> values, int width) {
    List<String> rows = new ArrayList<>();
    for (int i = 0; i + width <= values.size() && width > 0; i += width) {
      rows.add(String.join("\u0000", values.subList(i, i + width)));
    }
    Collections.sort(rows);
    return rows;
  }

  private static String brief(Object value) {
    String text = String.valueOf(value).replaceAll("\\s+", " ");
    return text.length() > BRIEF ? text.substring(0, BRIEF) + "…" : text;
  }

  private static String md5(List<String> values) {
    try {
      MessageDigest digest = MessageDigest.getInstance("MD5");
      for (String value : values) {
        digest.update(value.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<List<String>> execute(
      StepThread running, Connection connection, String query, @Nullable JsonArray parameters)
      throws SQLException {
    if (parameters == null) {
      try (Statement statement = running.running(connection.createStatement())) {
        return statement.execute(query) ? read(statement.getResultSet()) : List.of();
      }
    }
    try (PreparedStatement statement = running.running(connection.prepareStatement(query))) {
      int count = Math.min(statement.getParameterMetaData().getParameterCount(), parameters.size());
      for (int i = 0; i < count; i++) {
        bind(statement, i + 1, parameters.get(i).getAsString());
      }
      return statement.execute() ? read(statement.getResultSet()) : List.of();
    }
  }

  private static void bind(PreparedStatement statement, int index, String parameter)
      throws SQLException {
    String value = parameter.substring(1);
    switch (parameter.charAt(0)) {
      case 'i' -> statement.setLong(index, Long.parseLong(value));
      case 'd' -> statement.setDouble(index, Double.parseDouble(value.replace("Inf", "Infinity")));
      case 't' -> statement.setString(index, value);
      case 'b' -> statement.setBytes(index, HexFormat.of().parseHex(value));
      default -> statement.setNull(index, java.sql.Types.NULL);
    }
  }

  private static List<List<String>> read(ResultSet result) throws SQLException {
    List<List<String>> rows = new ArrayList<>();
    int columns = result.getMetaData().getColumnCount();
    while (result.next()) {
      List<String> row = new ArrayList<>(columns);
      for (int i = 1; i <= columns; i++) {
        row.add(ValueText.of(result.getObject(i)));
      }
      rows.add(row);
    }
    return rows;
  }
}
