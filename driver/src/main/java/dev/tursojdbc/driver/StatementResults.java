package dev.tursojdbc.driver;

import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a run of a statement gave, one outcome for each statement of the text, and which of them is
 * the current one.
 */
final class StatementResults {

  /** Rows, or a count if there are none. */
  private record Outcome(@Nullable RowSource rows, long updateCount) {}

  private final JdbcStatement statement;
  private final Deque<Outcome> waiting = new ArrayDeque<>();

  /** Result sets that stay open although another one is current. */
  private final List<JdbcResultSet> kept = new ArrayList<>(0);

  /** Result sets that are no outcome: generated keys, metadata. */
  private final List<JdbcResultSet> beside = new ArrayList<>(0);

  private @Nullable JdbcResultSet current;
  private long updateCount = -1;

  StatementResults(JdbcStatement statement) {
    this.statement = statement;
  }

  /** Whether no outcome waits to become the current one. */
  boolean isEmpty() {
    return waiting.isEmpty();
  }

  void addRows(RowSource rows) {
    waiting.add(new Outcome(rows, -1));
  }

  void addCount(long count) {
    waiting.add(new Outcome(null, count));
  }

  /** Makes the next outcome current. @return whether it has rows */
  boolean next() throws SQLException {
    if (current != null) {
      current.close();
      current = null;
    }
    Outcome outcome = waiting.poll();
    if (outcome == null) {
      updateCount = -1;
      return false;
    }
    updateCount = outcome.updateCount;
    if (outcome.rows == null) {
      return false;
    }
    current =
        statement.form.scrollable() && outcome.rows instanceof VisitableRows rows
            ? new ScrollableResultSet(statement, rows, statement.maxRows)
            : new ForwardOnlyResultSet(statement, outcome.rows, statement.maxRows);
    return true;
  }

  /** The same, and what becomes of the result sets before it, as {@link Statement} says. */
  boolean next(int before) throws SQLException {
    switch (before) {
      case Statement.CLOSE_CURRENT_RESULT -> {}
      case Statement.KEEP_CURRENT_RESULT -> {
        if (current != null) {
          kept.add(current);
          current = null;
        }
      }
      case Statement.CLOSE_ALL_RESULTS -> closeAll(kept);
      default -> throw SqlErrors.misuse("no such way to go on: " + before);
    }
    return next();
  }

  /** The current result set, null if the current outcome is a count. */
  @Nullable JdbcResultSet current() {
    return current;
  }

  JdbcResultSet requireCurrent() throws SQLException {
    if (current == null) {
      throw SqlErrors.misuse("no current result set");
    }
    return current;
  }

  /** The current count; -1 if the current outcome has rows, or there is none. */
  long updateCount() {
    return updateCount;
  }

  /** A result set that is no outcome, but ends with them. */
  JdbcResultSet beside(RowSource rows, boolean generatedKeys) {
    JdbcResultSet result = new ForwardOnlyResultSet(statement, rows, 0, generatedKeys);
    beside.add(result);
    return result;
  }

  /** Closes everything; there is no outcome any more. */
  void close() throws SQLException {
    if (current != null) {
      JdbcResultSet last = current;
      // First, as closing may lead back here.
      current = null;
      last.close();
    }
    closeAll(kept);
    closeAll(beside);
    for (Outcome outcome : waiting) {
      if (outcome.rows != null) {
        outcome.rows.close();
      }
    }
    waiting.clear();
    updateCount = -1;
  }

  private static void closeAll(List<JdbcResultSet> results) throws SQLException {
    if (!results.isEmpty()) {
      List<JdbcResultSet> open = List.copyOf(results);
      // First, as closing may lead back here.
      results.clear();
      for (JdbcResultSet result : open) {
        result.close();
      }
    }
  }
}
