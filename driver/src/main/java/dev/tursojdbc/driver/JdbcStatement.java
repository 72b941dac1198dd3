package dev.tursojdbc.driver;

import dev.tursojdbc.sql.Query;
import dev.tursojdbc.sql.StatementKind;
import dev.tursojdbc.sql.TableInfo;
import dev.tursojdbc.storage.error.ErrorCode;
import dev.tursojdbc.storage.error.TursoException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Runs SQL text. A text of several statements runs whole: each gives a result or a count, in order;
 * rows of a statement that others follow are kept in memory, those of the last are read lazily.
 * Parameters, which nobody can set here, are NULL.
 *
 * <p>An INSERT whose keys are wanted runs with a RETURNING clause of ours, whose rows are the keys.
 */
class JdbcStatement extends TextExecution {
  final JdbcConnection connection;
  private final StatementResults results = new StatementResults(this);
  private final GeneratedKeys keys = new GeneratedKeys();
  private @Nullable StatementBatch batch;
  private StatementKind lastKind = StatementKind.EMPTY;
  private boolean closed;
  private long deadlineNanos;

  /** Whether a statement runs or has rows left, so that there is something to cancel. */
  private volatile boolean active;

  private volatile boolean cancelled;

  JdbcStatement(JdbcConnection connection, ResultSetForm form) {
    super(form);
    this.connection = connection;
  }

  @Override
  final void checkOpen() throws SQLException {
    if (closed) {
      throw connection.isClosed() ? SqlErrors.connectionClosed() : SqlErrors.closed("statement");
    }
  }

  // Execution

  /** Rows of a pragma or of RETURNING are read to their end and dropped. */
  @Override
  final long update(boolean rows) throws SQLException {
    long count = results.updateCount();
    if (rows) {
      JdbcResultSet result = currentResultSet();
      boolean change = lastKind == StatementKind.CHANGE;
      while (result.next()) {
        // A change with RETURNING has made all its changes at its first step.
      }
      count = change ? connection.session().changes() : 0;
      closeResults();
    }
    return Math.max(count, 0);
  }

  @Override
  final boolean runScript(String text, Expected expected, KeyRequest request) throws SQLException {
    connection.lock();
    try {
      startRun();
      String sql = translated(text);
      int from = 0;
      do {
        Query query = prepare(sql, from);
        from = query.endOffset();
        if (query.isEmpty()) {
          query.close();
        } else {
          runOnce(query, expected, request, from >= sql.length());
        }
      } while (from < sql.length());
      if (results.isEmpty()) {
        checkExpected(expected, StatementKind.EMPTY, false);
        results.addCount(0);
      }
      return nextOutcome();
    } finally {
      connection.unlock();
    }
  }

  private void runOnce(Query given, Expected expected, KeyRequest request, boolean last)
      throws SQLException {
    Query query = given;
    try {
      if (results.isEmpty()) {
        checkExpected(expected, query.kind(), query.columnCount() > 0);
      }
      query = withKeys(given, request);
    } catch (SQLException e) {
      given.close();
      throw e;
    }
    runQuery(query, query != given, last);
  }

  /** Refuses a statement that cannot give what is expected. */
  static void checkExpected(Expected expected, StatementKind kind, boolean rows)
      throws SQLException {
    if (expected == Expected.ROWS && !rows) {
      throw SqlErrors.misuse("query does not return results");
    }
    boolean onlyRows = kind == StatementKind.QUERY || kind == StatementKind.EXPLAIN;
    if (expected == Expected.COUNT && onlyRows) {
      throw SqlErrors.misuse("query returns results");
    }
  }

  /** The text without JDBC's escapes. */
  final String translated(String sql) throws SQLException {
    return escapeProcessing ? JdbcEscapes.translate(sql) : sql;
  }

  final void startRun() throws SQLException {
    checkOpen();
    closeResults();
    keys.clear();
    active = true;
    cancelled = false;
    long millis = timeoutMillis();
    deadlineNanos = millis == 0 ? 0 : System.nanoTime() + millis * 1_000_000;
  }

  /** The statement's own limit or the connection's, whichever comes first; 0 for none. */
  private long timeoutMillis() {
    long own = queryTimeoutSeconds * 1000L;
    long network = connection.networkTimeoutMillis();
    if (own == 0 || network == 0) {
      return own + network;
    }
    return Math.min(own, network);
  }

  final Query prepare(String sql, int from) throws SQLException {
    try {
      return connection.session().prepare(sql, from);
    } catch (TursoException e) {
      throw SqlErrors.preparing(e, from);
    }
  }

  /**
   * The query, or in its place one that gives the wanted keys as rows; the first is closed then.
   */
  final Query withKeys(Query query, KeyRequest request) throws SQLException {
    if (!request.wanted()
        || query.kind() != StatementKind.CHANGE
        || !connection.settings().isTrue(ConnectionProperty.GENERATED_KEYS)) {
      return query;
    }
    TableInfo target = query.insertTarget();
    List<String> columns = target == null ? List.of() : request.columns(target);
    if (columns.isEmpty()) {
      return query;
    }
    Query withKeys = prepare(KeyRequest.returning(query.text(), columns), 0);
    query.close();
    return withKeys;
  }

  /**
   * Runs a query up to its first row, or to its end, and notes what it gave.
   *
   * @param givesKeys whether its rows are keys, which nobody sees as its result
   */
  final void runQuery(Query query, boolean givesKeys, boolean last) throws SQLException {
    boolean row;
    try {
      connection.beginIfNeeded(query.kind());
      query.setTimeoutMillis(timeoutMillis());
      row = query.step();
      if (givesKeys) {
        keys.describe(query);
        while (row) {
          keys.add(query);
          row = query.step();
        }
      }
    } catch (TursoException e) {
      queryDone(query);
      throw runningError(e);
    } catch (SQLException e) {
      queryDone(query);
      throw e;
    }
    lastKind = query.kind();
    if (givesKeys || query.columnCount() == 0) {
      long count = lastKind == StatementKind.CHANGE ? connection.session().changes() : 0;
      queryDone(query);
      results.addCount(count);
      return;
    }
    RowSource rows =
        form.scrollable() && last
            ? new KeptQueryRows(this, query, row)
            : new QueryRows(this, query, row);
    if (!last) {
      try {
        rows = StoredRows.drain(rows);
      } finally {
        queryDone(query);
      }
    }
    results.addRows(rows);
  }

  /** A result set gives its query back; the text's own statement closes it. */
  void queryDone(Query query) {
    active = false;
    query.close();
  }

  /** There is nothing left to cancel. */
  final void endRun() {
    active = false;
  }

  final SQLException runningError(TursoException e) {
    if (e.code() == ErrorCode.INTERRUPT
        && !cancelled
        && deadlineNanos != 0
        && System.nanoTime() - deadlineNanos >= 0) {
      return SqlErrors.timeout(e);
    }
    return SqlErrors.running(e);
  }

  // Results

  /** Makes the next outcome current. @return whether it has rows */
  final boolean nextOutcome() throws SQLException {
    return results.next();
  }

  @Override
  final JdbcResultSet currentResultSet() throws SQLException {
    return results.requireCurrent();
  }

  final void closeResults() throws SQLException {
    results.close();
  }

  final void resultSetClosed() throws SQLException {
    if (closeOnCompletion && results.isEmpty() && !closed) {
      close();
    }
  }

  /** A result set of metadata, which ends with this statement. */
  final ResultSet metadata(StoredRows rows) {
    return results.beside(rows, false);
  }

  @Override
  public @Nullable ResultSet getResultSet() throws SQLException {
    checkOpen();
    return results.current();
  }

  @Override
  public int getUpdateCount() throws SQLException {
    checkOpen();
    return narrow(results.updateCount());
  }

  @Override
  public long getLargeUpdateCount() throws SQLException {
    checkOpen();
    return results.updateCount();
  }

  @Override
  public boolean getMoreResults() throws SQLException {
    return getMoreResults(CLOSE_CURRENT_RESULT);
  }

  @Override
  public boolean getMoreResults(int current) throws SQLException {
    connection.lock();
    try {
      checkOpen();
      return results.next(current);
    } finally {
      connection.unlock();
    }
  }

  @Override
  public ResultSet getGeneratedKeys() throws SQLException {
    checkOpen();
    return results.beside(keys.rows(), true);
  }

  // Batch

  private StatementBatch batch() throws SQLException {
    checkOpen();
    StatementBatch present = batch;
    if (present == null) {
      present = new StatementBatch(this);
      batch = present;
    }
    return present;
  }

  @Override
  public void addBatch(String sql) throws SQLException {
    batch().add(sql);
  }

  @Override
  public void clearBatch() throws SQLException {
    batch().clear();
  }

  @Override
  public final int[] executeBatch() throws SQLException {
    long[] large = executeLargeBatch();
    int[] counts = new int[large.length];
    for (int i = 0; i < counts.length; i++) {
      counts[i] = narrow(large[i]);
    }
    return counts;
  }

  @Override
  public long[] executeLargeBatch() throws SQLException {
    return batch().run();
  }

  // Life

  @Override
  public void close() throws SQLException {
    if (closed || connection.isClosed()) {
      closed = true;
      return;
    }
    connection.lock();
    try {
      if (!closed) {
        // First, as closing a result set may lead back here.
        closed = true;
        closeResults();
        closeQueries();
        connection.unregister(this);
      }
    } finally {
      connection.unlock();
    }
  }

  /** Gives up what is held beyond result sets. */
  void closeQueries() {}

  final void closeWithConnection() throws SQLException {
    closed = true;
    closeResults();
    closeQueries();
  }

  @Override
  public boolean isClosed() {
    return closed || connection.isClosed();
  }

  /** May be called by any thread, and does nothing when nothing runs. */
  @Override
  public void cancel() throws SQLException {
    checkOpen();
    if (active) {
      cancelled = true;
      connection.session().interrupt();
    }
  }

  @Override
  public final Connection getConnection() throws SQLException {
    checkOpen();
    return connection;
  }
}
