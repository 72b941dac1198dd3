package dev.tursojdbc.driver;

import dev.tursojdbc.sql.Query;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Date;
import java.sql.ParameterMetaData;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Calendar;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A statement that was compiled once, with parameters. A text of several statements is accepted as
 * long as it has no parameters; it then runs as {@link JdbcStatement} runs it.
 */
final class JdbcPreparedStatement extends JdbcStatement
    implements StreamParameters, UntypedParameters {
  private final String sql;
  private final boolean wantKeys;
  private final Query query;
  private final boolean script;
  private final ParameterRow parameters;

  JdbcPreparedStatement(JdbcConnection connection, String sql, boolean wantKeys)
      throws SQLException {
    super(connection);
    this.sql = sql;
    this.wantKeys = wantKeys;
    connection.lock();
    try {
      query = prepare(sql, 0);
      script = !query.isEmpty() && query.endOffset() < sql.length();
      if (script && query.parameterCount() > 0) {
        query.close();
        throw SqlErrors.misuse("several statements in one text must not have parameters");
      }
      parameters = new ParameterRow(query.parameterCount());
    } finally {
      connection.unlock();
    }
  }

  private boolean run() throws SQLException {
    connection.lock();
    try {
      checkOpen();
      if (script || query.isEmpty()) {
        return runScript(sql, wantKeys);
      }
      startRun(wantKeys);
      parameters.bindCurrent(query);
      runQuery(query, true);
      return nextOutcome();
    } finally {
      connection.unlock();
    }
  }

  /** Our own query is kept for the next run; those of a script are closed. */
  @Override
  void queryDone(Query done) {
    if (done == query) {
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
    return run();
  }

  @Override
  public ResultSet executeQuery() throws SQLException {
    if (!run()) {
      throw SqlErrors.misuse("query does not return results");
    }
    return currentResultSet();
  }

  @Override
  public int executeUpdate() throws SQLException {
    return narrow(executeLargeUpdate());
  }

  @Override
  public long executeLargeUpdate() throws SQLException {
    return update(run());
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
      startRun(wantKeys);
      return runBatch(rows, this::runRow);
    } finally {
      parameters.clearBatch();
    }
  }

  private long runRow(int row) throws SQLException {
    if (script || query.isEmpty()) {
      return update(runScript(sql, wantKeys));
    }
    closeResults();
    parameters.bind(row, query);
    runQuery(query, true);
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
    return query.columnCount() == 0
        ? null
        : new JdbcResultSetMetaData(new QueryRows(this, query, false));
  }

  @Override
  public ParameterMetaData getParameterMetaData() throws SQLException {
    checkOpen();
    return new JdbcParameterMetaData(query.parameterCount());
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
    setDate(parameterIndex, value, null);
  }

  @Override
  public void setTime(int parameterIndex, @Nullable Time value) throws SQLException {
    setTime(parameterIndex, value, null);
  }

  @Override
  public void setTimestamp(int parameterIndex, @Nullable Timestamp value) throws SQLException {
    setTimestamp(parameterIndex, value, null);
  }

  @Override
  public void setDate(int parameterIndex, @Nullable Date value, @Nullable Calendar calendar)
      throws SQLException {
    if (value == null) {
      parameters.setNull(at(parameterIndex));
    } else if (!storeInstant(parameterIndex, Instant.ofEpochMilli(value.getTime()))) {
      setText(parameterIndex, Temporals.write(local(value, calendar).toLocalDate()));
    }
  }

  @Override
  public void setTime(int parameterIndex, @Nullable Time value, @Nullable Calendar calendar)
      throws SQLException {
    if (value == null) {
      parameters.setNull(at(parameterIndex));
    } else if (!storeInstant(parameterIndex, Instant.ofEpochMilli(value.getTime()))) {
      setText(parameterIndex, Temporals.write(local(value, calendar).toLocalTime()));
    }
  }

  @Override
  public void setTimestamp(
      int parameterIndex, @Nullable Timestamp value, @Nullable Calendar calendar)
      throws SQLException {
    if (value == null) {
      parameters.setNull(at(parameterIndex));
    } else if (!storeInstant(parameterIndex, value.toInstant())) {
      LocalDateTime local = LocalDateTime.ofInstant(value.toInstant(), zone(calendar));
      setText(parameterIndex, Temporals.write(local));
    }
  }

  private static LocalDateTime local(java.util.Date value, @Nullable Calendar calendar) {
    return LocalDateTime.ofInstant(Instant.ofEpochMilli(value.getTime()), zone(calendar));
  }

  private static ZoneId zone(@Nullable Calendar calendar) {
    return calendar == null ? ZoneId.systemDefault() : calendar.getTimeZone().toZoneId();
  }

  /** Stores a point in time as a number if {@code date_class} says so. @return whether it did */
  private boolean storeInstant(int parameterIndex, Instant instant) throws SQLException {
    String dateClass = String.valueOf(connection.settings().get(ConnectionProperty.DATE_CLASS));
    if (dateClass.equalsIgnoreCase("INTEGER")) {
      boolean seconds =
          "SECONDS".equalsIgnoreCase(connection.settings().get(ConnectionProperty.DATE_PRECISION));
      parameters.setLong(
          at(parameterIndex), seconds ? instant.getEpochSecond() : instant.toEpochMilli());
      return true;
    }
    if (dateClass.equalsIgnoreCase("REAL")) {
      parameters.setDouble(at(parameterIndex), instant.toEpochMilli() / 86_400_000.0 + 2_440_587.5);
      return true;
    }
    return false;
  }

  @Override
  public void setObject(int parameterIndex, @Nullable Object value, int targetType)
      throws SQLException {
    setObject(parameterIndex, value);
  }

  @Override
  public void setObject(int parameterIndex, @Nullable Object value, int targetType, int scale)
      throws SQLException {
    setObject(parameterIndex, value);
  }

  @Override
  public void setObject(int parameterIndex, @Nullable Object value) throws SQLException {
    if (value == null) {
      parameters.setNull(at(parameterIndex));
    } else if (value instanceof String || value instanceof Character || value instanceof UUID) {
      setText(parameterIndex, value.toString());
    } else if (value instanceof Number number) {
      setNumber(parameterIndex, number);
    } else if (value instanceof Boolean truth) {
      setBoolean(parameterIndex, truth);
    } else if (value instanceof byte[] bytes) {
      setBytes(parameterIndex, bytes);
    } else if (value instanceof Date date) {
      setDate(parameterIndex, date);
    } else if (value instanceof Time time) {
      setTime(parameterIndex, time);
    } else if (value instanceof Timestamp timestamp) {
      setTimestamp(parameterIndex, timestamp);
    } else if (value instanceof java.util.Date date) {
      setTimestamp(parameterIndex, new Timestamp(date.getTime()));
    } else {
      setText(parameterIndex, temporal(value));
    }
  }

  private void setNumber(int parameterIndex, Number number) throws SQLException {
    if (number instanceof Long
        || number instanceof Integer
        || number instanceof Short
        || number instanceof Byte) {
      setLong(parameterIndex, number.longValue());
    } else if (number instanceof Double || number instanceof Float) {
      setDouble(parameterIndex, number.doubleValue());
    } else if (number instanceof BigInteger big && big.bitLength() < 64) {
      setLong(parameterIndex, big.longValue());
    } else {
      setText(parameterIndex, number.toString());
    }
  }

  private static String temporal(Object value) throws SQLException {
    if (value instanceof LocalDateTime dateTime) {
      return Temporals.write(dateTime);
    } else if (value instanceof LocalDate date) {
      return Temporals.write(date);
    } else if (value instanceof LocalTime time) {
      return Temporals.write(time);
    } else if (value instanceof Instant instant) {
      return Temporals.write(instant);
    } else if (value instanceof OffsetDateTime dateTime) {
      return Temporals.write(dateTime);
    } else if (value instanceof ZonedDateTime dateTime) {
      return Temporals.write(dateTime);
    } else if (value instanceof OffsetTime time) {
      return Temporals.write(time);
    }
    throw SqlErrors.notSupported("a parameter of " + value.getClass().getName());
  }

  @Override
  public boolean execute(String text) throws SQLException {
    throw SqlErrors.misuse("a prepared statement runs its own text only");
  }

  @Override
  public ResultSet executeQuery(String text) throws SQLException {
    throw SqlErrors.misuse("a prepared statement runs its own text only");
  }

  @Override
  public int executeUpdate(String text) throws SQLException {
    throw SqlErrors.misuse("a prepared statement runs its own text only");
  }

  @Override
  public long executeLargeUpdate(String text) throws SQLException {
    throw SqlErrors.misuse("a prepared statement runs its own text only");
  }
}
