package dev.tursojdbc.tck.conformance;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one engine made of one statement: the rows up to the end or the error, and the error.
 *
 * @param rows values with their storage classes, at most {@value #MAX_ROWS} rows
 * @param error the engine's message, null if there was none
 */
record StatementOutcome(List<String> rows, @Nullable String error) {
  private static final int MAX_ROWS = 3000;

  /** Anything thrown but an SQLException begins so. */
  static final String THROWN = "THROWN ";

  StatementOutcome {
    rows = List.copyOf(rows);
  }

  static StatementOutcome of(Engine engine, Statement statement, String sql) {
    List<String> rows = new ArrayList<>();
    try {
      if (statement.execute(sql)) {
        try (ResultSet results = statement.getResultSet()) {
          int columns = results.getMetaData().getColumnCount();
          while (rows.size() < MAX_ROWS && results.next()) {
            StringBuilder row = new StringBuilder();
            for (int i = 1; i <= columns; i++) {
              row.append(i > 1 ? "|" : "").append(text(results.getObject(i)));
            }
            rows.add(row.toString());
          }
        }
      }
      return new StatementOutcome(rows, null);
    } catch (SQLException e) {
      return new StatementOutcome(rows, engine.message(e));
    } catch (RuntimeException | Error e) {
      StackTraceElement[] stack = e.getStackTrace();
      return new StatementOutcome(rows, THROWN + e + " at " + (stack.length > 0 ? stack[0] : "?"));
    }
  }

  private static String text(@Nullable Object value) {
    if (value == null) {
      return "NULL";
    }
    if (value instanceof byte[] bytes) {
      return "x'" + HexFormat.of().formatHex(bytes) + "'";
    }
    if (value instanceof String) {
      return "'" + value + "'";
    }
    return value instanceof Double number ? ValueText.real(number) : value.toString();
  }
}
