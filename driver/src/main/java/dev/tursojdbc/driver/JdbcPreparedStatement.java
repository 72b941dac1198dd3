package dev.tursojdbc.driver;

import dev.tursojdbc.api.TursoPreparedStatement;
import dev.tursojdbc.sql.Query;
import java.math.BigDecimal;
import java.sql.Date;
import java.sql.ParameterMetaData;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.SQLType;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.ZoneId;
import java.util.Calendar;
import org.jspecify.annotations.Nullable;

/**
 * A statement that was compiled once, with parameters. A text of several statements is accepted as
 * long as it has no parameters; it then runs as {@link JdbcStatement} runs it.
 */
final class JdbcPreparedStatement extends OwnTextStatement
    implements TursoPreparedStatement, StreamParameters, UntypedParameters {
  private final String sql;
  private final KeyRequest request;
  private final Query query;

  /** Whether the query's rows are keys that a RETURNING clause of ours gives. */
  private final boolean givesKeys;

  private final boolean script;
  private final ParameterRow parameters;

  JdbcPreparedStatement(
      JdbcConnection connection, String text, KeyRequest request, ResultSetForm form)
      throws SQLException {
    super(connection, form);
    poolable = true;
    this.sql = translated(text);
    this.request = request;
    connection.lock();
    try {
      Query first = prepare(sql, 0);
      script = !first.isEmpty() && first.endOffset() < sql.length();
      if (script && first.parameterCount() > 0) {
        first.close();
        throw SqlErrors.misuse("several statements in one text must not have parameters");
      }
      query = script ? first : withKeys(first, request);
      givesKeys = query != first;
      parameters = new ParameterRow(query.parameterCount());
    } finally {
      connection.unlock();
    }
  }

  /** The text, for logs. */
  @Override
  public String toString() {
    return sql;
  }

  private boolean run(Expected expected) throws SQLException {
    connection.lock();
    try {
      checkOpen();
      if (script || query.isEmpty()) {
        return runScript(sql, expected, request);
      }
      startRun();
      checkExpected(expected, query.kind(), !givesKeys && query.columnCount() > 0);
      parameters.bindCurrent(query);
      runQuery(query, givesKeys, true);
      return nextOutcome();
    } finally {
      connection.unlock();
    }
  }

  /** Our own query is kept for the next run; those of a script are closed. */
  @Override
  void queryDone(Query done) {
    if (done == query) {
      endRun();
      query.reset();
    } else {
      super.queryDone(done);
    }
  }

  @Override
  void closeQueries() {
    query.close();
  }

  @Override
  public boolean execute() throws SQLException {
    return run(Expected.ANYTHING);
  }

  @Override
  public ResultSet executeQuery() throws SQLException {
    run(Expected.ROWS);
    return currentResultSet();
  }

  @Override
  public int executeUpdate() throws SQLException {
    return narrow(executeLargeUpdate());
  }

  @Override
  public long executeLargeUpdate() throws SQLException {
    return update(run(Expected.COUNT));
  }

  @Override
  public void addBatch() throws SQLException {
    checkOpen();
    parameters.addBatch();
  }

  @Override
  public void clearBatch() throws SQLException {
    checkOpen();
    parameters.clearBatch();
  }

  @Override
  public long[] executeLargeBatch() throws SQLException {
    checkOpen();
    int rows = parameters.batchRows();
    try {
      startRun();
      checkExpected(Expected.COUNT, query.kind(), query.columnCount() > 0);
      return StatementBatch.run(connection, rows, this::runRow);
    } finally {
      parameters.clearBatch();
    }
  }

  private long runRow(int row) throws SQLException {
    if (script || query.isEmpty()) {
      return update(runScript(sql, Expected.COUNT, request));
    }
    closeResults();
    parameters.bind(row, query);
    runQuery(query, givesKeys, true);
    return update(nextOutcome());
  }

  @Override
  public void clearParameters() throws SQLException {
    checkOpen();
    parameters.clear();
  }

  @Override
  public @Nullable ResultSetMetaData getMetaData() throws SQLException {
    checkOpen();
    return givesKeys || query.columnCount() == 0
        ? null
        : new JdbcResultSetMetaData(new QueryRows(this, query, false), connection);
  }

  @Override
  public ParameterMetaData getParameterMetaData() throws SQLException {
    checkOpen();
    return new JdbcParameterMetaData(query.parameterCount());
  }

  @Override
  public int parameterIndex(String name) throws SQLException {
    checkOpen();
    int index = query.parameterIndex(name);
    if (index < 0) {
      throw SqlErrors.badIndex("no such parameter: '" + name + "'");
    }
    return index + 1;
  }

  /** The parameter's position from 0, checked. */
  private int at(int parameterIndex) throws SQLException {
    checkOpen();
    int count = query.parameterCount();
    if (parameterIndex < 1 || parameterIndex > count) {
      throw SqlErrors.badIndex("parameter " + parameterIndex + " out of bounds [1, " + count + "]");
    }
    return parameterIndex - 1;
  }

  private void setText(int parameterIndex, @Nullable String value) throws SQLException {
    if (value == null) {
      parameters.setNull(at(parameterIndex));
    } else {
      parameters.setText(at(parameterIndex), value);
    }
  }

  @Override
  public void setNull(int parameterIndex, int sqlType) throws SQLException {
    parameters.setNull(at(parameterIndex));
  }

  @Override
  public void setNull(int parameterIndex, int sqlType, String typeName) throws SQLException {
    parameters.setNull(at(parameterIndex));
  }

  @Override
  public void setBoolean(int parameterIndex, boolean value) throws SQLException {
    parameters.setLong(at(parameterIndex), value ? 1 : 0);
  }

  @Override
  public void setByte(int parameterIndex, byte value) throws SQLException {
    parameters.setLong(at(parameterIndex), value);
  }

  @Override
  public void setShort(int parameterIndex, short value) throws SQLException {
    parameters.setLong(at(parameterIndex), value);
  }

  @Override
  public void setInt(int parameterIndex, int value) throws SQLException {
    parameters.setLong(at(parameterIndex), value);
  }

  @Override
  public void setLong(int parameterIndex, long value) throws SQLException {
    parameters.setLong(at(parameterIndex), value);
  }

  @Override
  public void setFloat(int parameterIndex, float value) throws SQLException {
    parameters.setDouble(at(parameterIndex), value);
  }

  @Override
  public void setDouble(int parameterIndex, double value) throws SQLException {
    parameters.setDouble(at(parameterIndex), value);
  }

  @Override
  public void setBigDecimal(int parameterIndex, @Nullable BigDecimal value) throws SQLException {
    setText(parameterIndex, value == null ? null : value.toString());
  }

  @Override
  public void setString(int parameterIndex, @Nullable String value) throws SQLException {
    setText(parameterIndex, value);
  }

  @Override
  public void setNString(int parameterIndex, @Nullable String value) throws SQLException {
    setText(parameterIndex, value);
  }

  @Override
  public void setBytes(int parameterIndex, byte @Nullable [] value) throws SQLException {
    if (value == null) {
      parameters.setNull(at(parameterIndex));
    } else {
      parameters.setBlob(at(parameterIndex), value.clone());
    }
  }

  @Override
  public void setDate(int parameterIndex, @Nullable Date value) throws SQLException {
    setDated(parameterIndex, value, null);
  }

  @Override
  public void setTime(int parameterIndex, @Nullable Time value) throws SQLException {
    setDated(parameterIndex, value, null);
  }

  @Override
  public void setTimestamp(int parameterIndex, @Nullable Timestamp value) throws SQLException {
    setDated(parameterIndex, value, null);
  }

  @Override
  public void setDate(int parameterIndex, @Nullable Date value, @Nullable Calendar calendar)
      throws SQLException {
    setDated(parameterIndex, value, calendar);
  }

  @Override
  public void setTime(int parameterIndex, @Nullable Time value, @Nullable Calendar calendar)
      throws SQLException {
    setDated(parameterIndex, value, calendar);
  }

  @Override
  public void setTimestamp(
      int parameterIndex, @Nullable Timestamp value, @Nullable Calendar calendar)
      throws SQLException {
    setDated(parameterIndex, value, calendar);
  }

  private void setDated(
      int parameterIndex, java.util.@Nullable Date value, @Nullable Calendar calendar)
      throws SQLException {
    ZoneId zone = calendar == null ? ZoneId.systemDefault() : calendar.getTimeZone().toZoneId();
    setStored(parameterIndex, value == null ? null : connection.dates().stored(value, zone));
  }

  @Override
  public void setObject(int parameterIndex, @Nullable Object value) throws SQLException {
    if (value instanceof String text) {
      setText(parameterIndex, text);
    } else if (value instanceof Integer || value instanceof Long) {
      setLong(parameterIndex, ((Number) value).longValue());
    } else {
      setStored(parameterIndex, value == null ? null : conversion().stored(value));
    }
  }

  @Override
  public void setObject(int parameterIndex, @Nullable Object value, int targetType)
      throws SQLException {
    setObject(parameterIndex, value, targetType, ParameterConversion.NO_SCALE);
  }

  @Override
  public void setObject(int parameterIndex, @Nullable Object value, int targetType, int scale)
      throws SQLException {
    setStored(parameterIndex, value == null ? null : conversion().stored(value, targetType, scale));
  }

  @Override
  public void setObject(int parameterIndex, @Nullable Object value, SQLType targetType)
      throws SQLException {
    setObject(parameterIndex, value, targetType.getVendorTypeNumber());
  }

  @Override
  public void setObject(int parameterIndex, @Nullable Object value, SQLType targetType, int scale)
      throws SQLException {
    setObject(parameterIndex, value, targetType.getVendorTypeNumber(), scale);
  }

  private ParameterConversion conversion() {
    return new ParameterConversion(connection.dates());
  }

  private void setStored(int parameterIndex, @Nullable Object value) throws SQLException {
    int parameter = at(parameterIndex);
    if (value instanceof Long number) {
      parameters.setLong(parameter, number);
    } else if (value instanceof Double number) {
      parameters.setDouble(parameter, number);
    } else if (value instanceof String text) {
      parameters.setText(parameter, text);
    } else if (value instanceof byte[] bytes) {
      parameters.setBlob(parameter, bytes);
    } else {
      parameters.setNull(parameter);
    }
  }
}
