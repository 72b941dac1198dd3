package dev.tursojdbc.driver;

import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The texts that a statement was told to run together.
 *
 * <p>A batch in autocommit is one transaction: if an element fails, none has happened. In a
 * transaction of the caller's the elements before the failure stay.
 */
final class StatementBatch {
  private final JdbcStatement statement;
  private final List<String> texts = new ArrayList<>();

  StatementBatch(JdbcStatement statement) {
    this.statement = statement;
  }

  void add(String sql) {
    texts.add(sql);
  }

  void clear() {
    texts.clear();
  }

  long[] run() throws SQLException {
    List<String> batch = List.copyOf(texts);
    texts.clear();
    return run(
        statement.connection,
        batch.size(),
        i ->
            statement.update(
                statement.runScript(batch.get(i), JdbcStatement.Expected.COUNT, KeyRequest.NONE)));
  }

  /** One element of a batch; gives its update count. */
  interface Element {
    long run(int index) throws SQLException;
  }

  /**
   * Runs the elements of any batch.
   *
   * @throws BatchUpdateException with the counts of the elements before the one that failed
   */
  static long[] run(JdbcConnection connection, int size, Element element) throws SQLException {
    connection.lock();
    try {
      boolean ownTransaction = size > 1 && connection.getAutoCommit() && connection.inAutocommit();
      if (ownTransaction) {
        connection.beginBatch();
      }
      long[] counts = new long[size];
      int done = 0;
      try {
        while (done < size) {
          counts[done] = element.run(done);
          done++;
        }
        if (ownTransaction) {
          connection.execute("COMMIT");
        }
        return counts;
      } catch (SQLException e) {
        if (ownTransaction && !connection.inAutocommit()) {
          connection.execute("ROLLBACK");
        }
        throw new BatchUpdateException(
            e.getMessage(), e.getSQLState(), e.getErrorCode(), Arrays.copyOf(counts, done), e);
      }
    } finally {
      connection.unlock();
    }
  }
}
