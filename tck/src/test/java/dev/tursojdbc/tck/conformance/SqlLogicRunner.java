package dev.tursojdbc.tck.conformance;

import java.io.BufferedReader;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Runs one sqllogictest file on a database in memory. */
final class SqlLogicRunner {
  /** SQLite's own {@code %.3f} has no more significant digits. */
  private static final MathContext PRINTED_DIGITS = new MathContext(16, RoundingMode.HALF_UP);

  private final Engine engine;
  private final Path file;
  private final Tally tally;
  private final Map<String, String> labels = new HashMap<>();
  private final StepThread thread;
  private int lineNumber;
  private @Nullable String excuse;

  /** Why nothing more of the file can run. */
  private @Nullable String broken;

  SqlLogicRunner(Engine engine, Path file, String name) {
    this.engine = engine;
    this.file = file;
    this.tally = new Tally(name.replaceFirst("\\.(test|slt)\\.gz$", ""));
    this.thread = new StepThread(name);
  }

  Tally run() throws IOException, SQLException {
    try (thread;
        Connection connection = engine.connect("");
        BufferedReader lines = RecordedRunner.open(file)) {
      List<String> record = new ArrayList<>();
      int start = 1;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        lineNumber++;
        if (!line.isEmpty()) {
          if (record.isEmpty()) {
            start = lineNumber;
          }
          record.add(line);
        } else if (!record.isEmpty()) {
          if (!run(connection, record, start)) {
            return tally;
          }
          record.clear();
        }
      }
      if (!record.isEmpty()) {
        run(connection, record, start);
      }
    }
    return tally;
  }

  /** Runs a record. @return whether to go on */
  private boolean run(Connection connection, List<String> record, int start) {
    int at = 0;
    while (at < record.size()) {
      String line = record.get(at).replaceFirst("\\s*#.*$", "");
      String[] words = line.trim().split("\\s+");
      switch (words[0]) {
        case "" -> at++;
        case "skipif" -> {
          if (words[1].equals("sqlite")) {
            return true;
          }
          at++;
        }
        case "onlyif" -> {
          if (!words[1].equals("sqlite")) {
            return true;
          }
          at++;
        }
        case "hash-threshold" -> {
          // An expected hash tells itself that it is one.
          return true;
        }
        case "halt" -> {
          return false;
        }
        case "statement" -> {
          statement(connection, record.subList(at + 1, record.size()), words[1], start);
          return true;
        }
        case "query" -> {
          query(connection, record.subList(at + 1, record.size()), words, start);
          return true;
        }
        default -> throw new IllegalStateException(file + ":" + start + ": " + line);
      }
    }
    return true;
  }

  private void judge(@Nullable String failure, int start) {
    if (failure == null) {
      tally.pass();
    } else if (excuse != null) {
      tally.excuse(excuse);
    } else {
      tally.fail(file.getFileName() + ":" + start + ": " + failure);
    }
  }

  private String message(SQLException e) {
    if (e instanceof StepThread.Hung hung && hung.isAbandoned()) {
      broken = "not run, an earlier statement still runs";
    }
    String message = engine.message(e);
    if (excuse == null && message.startsWith("not supported yet")) {
      excuse = message;
    }
    return message;
  }

  private void statement(Connection connection, List<String> sql, String expected, int start) {
    if (isOver(start)) {
      return;
    }
    String text = String.join("\n", sql);
    String failure = null;
    try {
      thread.run(
          running -> {
            try (Statement statement = running.running(connection.createStatement())) {
              return statement.execute(text);
            }
          });
      if (expected.equals("error")) {
        failure = "no error in " + text;
      }
    } catch (SQLException e) {
      String message = message(e);
      if (!expected.equals("error") || e instanceof StepThread.Hung) {
        failure = message + " in " + text;
      }
    } catch (RuntimeException | Error e) {
      failure = e + " in " + text;
    }
    judge(failure, start);
  }

  /** Judges the record as failed if nothing more of the file is to be run. */
  private boolean isOver(int start) {
    if (broken == null && thread.isOverdue()) {
      broken = "not run, the time for the file is used up";
    }
    if (broken != null) {
      judge(broken, start);
    }
    return broken != null;
  }

  private void query(Connection connection, List<String> lines, String[] words, int start) {
    if (isOver(start)) {
      return;
    }
    int separator = lines.indexOf("----");
    String sql = String.join("\n", separator < 0 ? lines : lines.subList(0, separator));
    List<String> expected = separator < 0 ? List.of() : lines.subList(separator + 1, lines.size());
    String types = words[1];
    String sort = words.length > 2 ? words[2] : "nosort";
    String label = words.length > 3 ? words[3] : null;
    String failure;
    try {
      List<List<String>> rows = thread.run(running -> execute(running, connection, sql, types));
      List<String> values = sorted(rows, sort, types.length());
      failure = compare(values, expected);
      if (label != null && failure == null) {
        String digest = md5(values);
        String earlier = labels.putIfAbsent(label, digest);
        failure = earlier == null || earlier.equals(digest) ? null : "differs from its label";
      }
    } catch (SQLException e) {
      boolean fails =
          !expected.isEmpty() || e instanceof StepThread.Hung || !compiles(connection, sql);
      failure = fails ? message(e) + " in " + sql : null;
    } catch (RuntimeException | Error e) {
      failure = e + " in " + sql;
    }
    judge(failure, start);
  }

  /**
   * A query that fails at its first row is taken for one without rows, as the program that recorded
   * the results did; one that does not compile is not.
   */
  private static boolean compiles(Connection connection, String sql) {
    try {
      connection.prepareStatement(sql).close();
      return true;
    } catch (SQLException e) {
      return false;
    }
  }

  private static @Nullable String compare(List<String> values, List<String> expected) {
    if (expected.size() == 1 && expected.get(0).matches("\\d+ values hashing to [0-9a-f]{32}")) {
      String actual = values.size() + " values hashing to " + md5(values);
      return actual.equals(expected.get(0))
          ? null
          : "expected " + expected.get(0) + " got " + actual;
    }
    return values.equals(expected) ? null : "expected " + expected + " got " + values;
  }

  private static List<List<String>> execute(
      StepThread running, Connection connection, String sql, String types) throws SQLException {
    List<List<String>> rows = new ArrayList<>();
    try (Statement statement = running.running(connection.createStatement());
        ResultSet result = statement.executeQuery(sql)) {
      while (result.next()) {
        List<String> row = new ArrayList<>();
        for (int i = 0; i < types.length(); i++) {
          row.add(text(result, i + 1, types.charAt(i)));
        }
        rows.add(row);
      }
    }
    return rows;
  }

  private static String text(ResultSet result, int column, char type) throws SQLException {
    Object value = result.getObject(column);
    if (value == null) {
      return "NULL";
    }
    if (type == 'I') {
      return value instanceof Number number
          ? Long.toString(number.longValue())
          : Long.toString(leadingInteger(ValueText.of(value)));
    }
    if (type == 'R') {
      double real = value instanceof Number number ? number.doubleValue() : leadingReal(value);
      return new BigDecimal(real)
          .round(PRINTED_DIGITS)
          .setScale(3, RoundingMode.HALF_UP)
          .toPlainString();
    }
    String text = value instanceof byte[] ? ValueText.of(value) : result.getString(column);
    if (text.isEmpty()) {
      return "(empty)";
    }
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1)
        .replaceAll("[^ -~]", "@");
  }

  private static long leadingInteger(String text) {
    String digits = text.replaceFirst("^\\s*([-+]?\\d+).*$", "$1");
    return digits.matches("[-+]?\\d+") ? Long.parseLong(digits) : 0;
  }

  private static double leadingReal(Object value) {
    try {
      return Double.parseDouble(ValueText.of(value));
    } catch (NumberFormatException e) {
      return leadingInteger(ValueText.of(value));
    }
  }

  private static List<String> sorted(List<List<String>> rows, String sort, int width) {
    List<String> flat = new ArrayList<>(rows.size() * width);
    if (sort.equals("rowsort")) {
      rows.sort(
          (a, b) -> {
            int order = 0;
            for (int i = 0; i < width && order == 0; i++) {
              order = a.get(i).compareTo(b.get(i));
            }
            return order;
          });
    }
    rows.forEach(flat::addAll);
    if (sort.equals("valuesort")) {
      flat.sort(null);
    }
    return flat;
  }

  private static String md5(List<String> values) {
    try {
      MessageDigest digest = MessageDigest.getInstance("MD5");
      for (String value : values) {
        digest.update(value.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) '\n');
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
