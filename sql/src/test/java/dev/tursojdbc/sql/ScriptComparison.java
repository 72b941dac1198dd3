package dev.tursojdbc.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tursojdbc.storage.error.TursoException;
import dev.tursojdbc.storage.file.MemoryFileSystem;
import dev.tursojdbc.storage.pager.OpenOptions;
import dev.tursojdbc.storage.record.StorageClass;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.sqlite.SQLiteException;

/**
 * Runs a script on this engine and on SQLite, and expects the same of both: rows with their storage
 * classes, names of columns, result codes and messages.
 *
 * <p>A script has one statement a line.
 */
final class ScriptComparison {
  private ScriptComparison() {}

  static void compare(String script) {
    List<String> statements = script.lines().filter(line -> !line.isBlank()).toList();
    assertThat(String.join("\n", ours(statements)))
        .isEqualTo(String.join("\n", reference(statements)));
  }

  private static List<String> ours(List<String> statements) {
    List<String> transcript = new ArrayList<>();
    try (Session session = Session.open(new MemoryFileSystem(), ":memory:", OpenOptions.DEFAULT)) {
      for (String statement : statements) {
        transcript.add("> " + statement);
        try (Query query = session.prepare(statement, 0)) {
          run(query, transcript);
        } catch (TursoException failure) {
          transcript.add("error " + failure.code().code() + ": " + failure.getMessage());
        }
      }
    }
    return transcript;
  }

  private static void run(Query query, List<String> transcript) {
    // SQLite's driver, too, makes the first step before anybody sees the columns.
    boolean more = query.step();
    int count = query.columnCount();
    if (count > 0) {
      StringBuilder names = new StringBuilder("columns");
      for (int i = 0; i < count; i++) {
        names.append(" | ").append(query.columnName(i));
      }
      transcript.add(names.toString());
    }
    for (; more; more = query.step()) {
      StringBuilder row = new StringBuilder("row");
      for (int i = 0; i < count; i++) {
        row.append(" | ").append(value(query, i));
      }
      transcript.add(row.toString());
    }
  }

  private static String value(Query query, int column) {
    return switch (query.columnType(column)) {
      case StorageClass.INTEGER -> "integer " + query.columnText(column);
      case StorageClass.REAL -> "real " + query.columnDouble(column);
      case StorageClass.TEXT -> "text " + query.columnText(column);
      case StorageClass.BLOB -> "blob " + HexFormat.of().formatHex(query.columnBlob(column));
      default -> "null";
    };
  }

  private static List<String> reference(List<String> statements) {
    List<String> transcript = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite::memory:");
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        transcript.add("> " + sql);
        try {
          // What columns ALTER TABLE seems to have are of queries that SQLite asks within.
          if (statement.execute(sql) && !sql.startsWith("alter ")) {
            rows(statement, transcript);
          }
        } catch (SQLiteException failure) {
          transcript.add("error " + failure.getResultCode().code + ": " + message(failure));
        }
      }
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
    return transcript;
  }

  /** SQLite's own message, which the driver puts into parentheses behind its own words. */
  private static String message(SQLiteException failure) {
    String message = failure.getMessage();
    return message.substring(message.indexOf('(') + 1, message.length() - 1);
  }

  private static void rows(Statement statement, List<String> transcript) throws SQLException {
    try (ResultSet rows = statement.getResultSet()) {
      int count = rows.getMetaData().getColumnCount();
      StringBuilder names = new StringBuilder("columns");
      for (int i = 1; i <= count; i++) {
        names.append(" | ").append(rows.getMetaData().getColumnName(i));
      }
      transcript.add(names.toString());
      while (rows.next()) {
        StringBuilder row = new StringBuilder("row");
        for (int i = 1; i <= count; i++) {
          row.append(" | ").append(value(rows.getObject(i)));
        }
        transcript.add(row.toString());
      }
    }
  }

  private static String value(Object value) {
    if (value == null) {
      return "null";
    }
    if (value instanceof byte[] bytes) {
      return "blob " + HexFormat.of().formatHex(bytes);
    }
    if (value instanceof Double || value instanceof Float) {
      return "real " + value;
    }
    return (value instanceof Number ? "integer " : "text ") + value;
  }
}
