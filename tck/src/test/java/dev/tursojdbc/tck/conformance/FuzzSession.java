package dev.tursojdbc.tck.conformance;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One engine's connection to a new database in memory, whose statements have a time limit. */
final class FuzzSession implements AutoCloseable {
  /** Rows behind so many values are not read. */
  private static final int MAX_VALUES = 10_000;

  /** Of longer values the beginning is compared, the length and a hash. */
  private static final int MAX_LENGTH = 2000;

  private final Engine engine;
  private final StepThread thread;
  private @Nullable Connection connection;

  FuzzSession(Engine engine, StepThread thread) {
    this.engine = engine;
    this.thread = thread;
    try {
      connection = engine.connect("");
    } catch (SQLException e) {
      throw new IllegalStateException("no database in memory", e);
    }
  }

  FuzzAnswer run(String sql) {
    try {
      return thread.run(running -> answer(running, sql));
    } catch (StepThread.Hung e) {
      if (e.isAbandoned()) {
        connection = null;
      }
      return FuzzAnswer.overdue(String.valueOf(e.getMessage()));
    } catch (SQLException e) {
      return FuzzAnswer.error(engine.message(e));
    } catch (RuntimeException | Error e) {
      return FuzzAnswer.thrown(e);
    }
  }

  private FuzzAnswer answer(StepThread running, String sql) throws SQLException {
    Connection open = connection;
    if (open == null) {
      throw new SQLException("the connection is in use by a statement that does not end");
    }
    try (Statement statement = running.running(open.createStatement())) {
      if (!statement.execute(sql)) {
        return FuzzAnswer.rows(List.of(), List.of());
      }
      try (ResultSet rows = statement.getResultSet()) {
        ResultSetMetaData columns = rows.getMetaData();
        int count = columns.getColumnCount();
        List<String> labels = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
          // From the fifth namesake on the reference numbers them at random.
          labels.add(columns.getColumnLabel(i).replaceFirst(":([5-9]|[1-9][0-9]+)$", ":…"));
        }
        List<String> values = new ArrayList<>();
        while (values.size() < MAX_VALUES && rows.next()) {
          for (int i = 1; i <= count; i++) {
            values.add(withClass(rows.getObject(i)));
          }
        }
        return FuzzAnswer.rows(labels, values);
      }
    }
  }

  /** The value as text behind its storage class, so that '1' is not 1. */
  private static String withClass(@Nullable Object value) {
    if (value == null) {
      return "null";
    }
    String text = ValueText.of(value);
    if (text.length() > MAX_LENGTH) {
      text = text.substring(0, MAX_LENGTH) + "… " + text.length() + " #" + text.hashCode();
    }
    if (value instanceof String) {
      return "text " + text;
    }
    if (value instanceof byte[]) {
      return "blob " + text;
    }
    return (value instanceof Double ? "real " : "integer ") + text;
  }

  @Override
  public void close() {
    Connection open = connection;
    if (open != null) {
      try {
        open.close();
      } catch (SQLException e) {
        System.err.println("on closing: " + e.getMessage());
      }
    }
  }
}
