package dev.tursojdbc.driver;

import dev.tursojdbc.storage.error.TursoException;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.Reader;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Date;
import java.sql.NClob;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.ZoneId;
import java.util.Calendar;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A forward-only, read-only result set over a {@link RowSource}. At the end of the rows the source
 * is closed, so that in autocommit the read-mark goes before {@link #close()}.
 */
final class JdbcResultSet extends ReadOnlyResultSet
    implements LabelledResultSet, ForwardOnlyResultSet {
  private enum Place {
    BEFORE_FIRST,
    ON_ROW,
    AFTER_LAST
  }

  private final JdbcStatement statement;
  private RowSource rows;
  private ColumnValues values;
  private final long maxRows;
  private final boolean generatedKeys;
  private @Nullable Map<String, Integer> columnsByLabel;
  private Place place = Place.BEFORE_FIRST;
  private long rowNumber;
  private boolean wasNull;
  private boolean closed;
  private int fetchSize;

  JdbcResultSet(JdbcStatement statement, RowSource rows, long maxRows) {
    this(statement, rows, maxRows, false);
  }

  JdbcResultSet(JdbcStatement statement, RowSource rows, long maxRows, boolean generatedKeys) {
    this.generatedKeys = generatedKeys;
    this.statement = statement;
    this.rows = rows;
    this.maxRows = maxRows;
    this.values = new ColumnValues(rows, statement.connection, statement.maxFieldSize);
  }

  @Override
  public boolean next() throws SQLException {
    statement.connection.lock();
    try {
      checkOpen();
      if (place == Place.AFTER_LAST) {
        return false;
      }
      boolean within = maxRows == 0 || rowNumber < maxRows;
      // Until there is a row, or if the next one fails, there is none.
      place = Place.AFTER_LAST;
      if (within && rows.next()) {
        place = Place.ON_ROW;
        rowNumber++;
        return true;
      }
      rows.close();
      return false;
    } finally {
      statement.connection.unlock();
    }
  }

  private void checkOpen() throws SQLException {
    if (closed) {
      throw SqlErrors.closed("result set");
    }
  }

  /** Checks that there is a row with such a column; notes whether its value is NULL. */
  private int column(int columnIndex) throws SQLException {
    checkOpen();
    if (place != Place.ON_ROW) {
      throw SqlErrors.notOnRow();
    }
    if (columnIndex < 1 || columnIndex > rows.columnCount()) {
      throw SqlErrors.badIndex(
          "column " + columnIndex + " out of bounds [1, " + rows.columnCount() + "]");
    }
    int column = columnIndex - 1;
    try {
      wasNull = values.isNull(column);
    } catch (TursoException e) {
      // The statement was ended from outside, say by a rollback.
      throw SqlErrors.running(e);
    }
    return column;
  }

  @Override
  public int findColumn(String columnLabel) throws SQLException {
    checkOpen();
    Map<String, Integer> map = columnsByLabel;
    if (map == null) {
      map = new HashMap<>();
      for (int i = 0; i < rows.columnCount(); i++) {
        map.putIfAbsent(rows.info().label(i).toLowerCase(Locale.ROOT), i + 1);
      }
      columnsByLabel = map;
    }
    Integer found = map.get(columnLabel.toLowerCase(Locale.ROOT));
    if (found == null) {
      if (generatedKeys && map.size() == 1 && GeneratedKeys.isOtherName(columnLabel)) {
        return 1;
      }
      throw SqlErrors.badIndex("no such column: '" + columnLabel + "'");
    }
    return found;
  }

  private static ZoneId zone(@Nullable Calendar calendar) {
    return calendar == null ? ZoneId.systemDefault() : calendar.getTimeZone().toZoneId();
  }

  @Override
  public @Nullable String getString(int columnIndex) throws SQLException {
    return values.string(column(columnIndex));
  }

  @Override
  public boolean getBoolean(int columnIndex) throws SQLException {
    return values.truth(column(columnIndex));
  }

  @Override
  public byte getByte(int columnIndex) throws SQLException {
    return values.byteValue(column(columnIndex));
  }

  @Override
  public short getShort(int columnIndex) throws SQLException {
    return values.shortValue(column(columnIndex));
  }

  @Override
  public int getInt(int columnIndex) throws SQLException {
    return values.intValue(column(columnIndex));
  }

  @Override
  public long getLong(int columnIndex) throws SQLException {
    return values.longValue(column(columnIndex));
  }

  @Override
  public float getFloat(int columnIndex) throws SQLException {
    return (float) values.real(column(columnIndex));
  }

  @Override
  public double getDouble(int columnIndex) throws SQLException {
    return values.real(column(columnIndex));
  }

  @Override
  public byte @Nullable [] getBytes(int columnIndex) throws SQLException {
    return values.bytes(column(columnIndex));
  }

  @Override
  public @Nullable BigDecimal getBigDecimal(int columnIndex) throws SQLException {
    return values.decimal(column(columnIndex));
  }

  @Override
  public @Nullable Date getDate(int columnIndex) throws SQLException {
    return values.date(column(columnIndex), zone(null));
  }

  @Override
  public @Nullable Date getDate(int columnIndex, @Nullable Calendar calendar) throws SQLException {
    return values.date(column(columnIndex), zone(calendar));
  }

  @Override
  public @Nullable Time getTime(int columnIndex) throws SQLException {
    return values.time(column(columnIndex), zone(null));
  }

  @Override
  public @Nullable Time getTime(int columnIndex, @Nullable Calendar calendar) throws SQLException {
    return values.time(column(columnIndex), zone(calendar));
  }

  @Override
  public @Nullable Timestamp getTimestamp(int columnIndex) throws SQLException {
    return values.timestamp(column(columnIndex), zone(null));
  }

  @Override
  public @Nullable Timestamp getTimestamp(int columnIndex, @Nullable Calendar calendar)
      throws SQLException {
    return values.timestamp(column(columnIndex), zone(calendar));
  }

  @Override
  public @Nullable Object getObject(int columnIndex) throws SQLException {
    return values.object(column(columnIndex));
  }

  @Override
  public @Nullable Object getObject(int columnIndex, Map<String, Class<?>> map)
      throws SQLException {
    return getObject(columnIndex);
  }

  @Override
  public <T> @Nullable T getObject(int columnIndex, Class<T> type) throws SQLException {
    return ColumnObjects.get(values, column(columnIndex), type);
  }

  @Override
  public @Nullable InputStream getBinaryStream(int columnIndex) throws SQLException {
    return ColumnObjects.stream(values, column(columnIndex));
  }

  @Override
  public @Nullable InputStream getAsciiStream(int columnIndex) throws SQLException {
    String text = values.string(column(columnIndex));
    return text == null ? null : new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII));
  }

  @Override
  public @Nullable Reader getCharacterStream(int columnIndex) throws SQLException {
    return ColumnObjects.reader(values, column(columnIndex));
  }

  @Override
  public @Nullable Reader getNCharacterStream(int columnIndex) throws SQLException {
    return getCharacterStream(columnIndex);
  }

  @Override
  public @Nullable String getNString(int columnIndex) throws SQLException {
    return getString(columnIndex);
  }

  @Override
  public @Nullable Blob getBlob(int columnIndex) throws SQLException {
    return ColumnObjects.blob(values, column(columnIndex));
  }

  @Override
  public @Nullable Clob getClob(int columnIndex) throws SQLException {
    return ColumnObjects.clob(values, column(columnIndex));
  }

  @Override
  public @Nullable NClob getNClob(int columnIndex) throws SQLException {
    return ColumnObjects.clob(values, column(columnIndex));
  }

  @Override
  @Deprecated
  public @Nullable BigDecimal getBigDecimal(int columnIndex, int scale) throws SQLException {
    BigDecimal value = getBigDecimal(columnIndex);
    return value == null ? null : value.setScale(scale, RoundingMode.HALF_UP);
  }

  @Override
  public boolean wasNull() throws SQLException {
    checkOpen();
    return wasNull;
  }

  @Override
  public ResultSetMetaData getMetaData() throws SQLException {
    checkOpen();
    return new JdbcResultSetMetaData(rows.info(), statement.connection);
  }

  @Override
  public void close() throws SQLException {
    if (closed) {
      return;
    }
    closed = true;
    try {
      rows.close();
    } catch (TursoException e) {
      throw SqlErrors.running(e);
    }
    statement.resultSetClosed();
  }

  @Override
  public boolean isClosed() {
    return closed;
  }

  @Override
  public boolean isBeforeFirst() throws SQLException {
    checkOpen();
    return place == Place.BEFORE_FIRST;
  }

  @Override
  public boolean isAfterLast() throws SQLException {
    checkOpen();
    return place == Place.AFTER_LAST && rowNumber > 0;
  }

  @Override
  public boolean isFirst() throws SQLException {
    checkOpen();
    return place == Place.ON_ROW && rowNumber == 1;
  }

  /** Looks for the next row; the current one is kept. */
  @Override
  public boolean isLast() throws SQLException {
    statement.connection.lock();
    try {
      checkOpen();
      if (place != Place.ON_ROW) {
        return false;
      }
      if (maxRows > 0 && rowNumber == maxRows) {
        return true;
      }
      PeekedRows peeked = new PeekedRows(rows);
      rows = peeked;
      values = new ColumnValues(rows, statement.connection, statement.maxFieldSize);
      return peeked.isLast();
    } finally {
      statement.connection.unlock();
    }
  }

  @Override
  public int getRow() throws SQLException {
    checkOpen();
    return place == Place.ON_ROW ? JdbcStatement.narrow(rowNumber) : 0;
  }

  @Override
  public Statement getStatement() throws SQLException {
    checkOpen();
    return statement;
  }

  @Override
  public @Nullable SQLWarning getWarnings() throws SQLException {
    checkOpen();
    return null;
  }

  @Override
  public void clearWarnings() throws SQLException {
    checkOpen();
  }

  @Override
  public int getType() throws SQLException {
    checkOpen();
    return ResultSet.TYPE_FORWARD_ONLY;
  }

  @Override
  public int getConcurrency() throws SQLException {
    checkOpen();
    return ResultSet.CONCUR_READ_ONLY;
  }

  @Override
  public int getHoldability() throws SQLException {
    checkOpen();
    return statement.connection.getHoldability();
  }

  @Override
  public int getFetchDirection() throws SQLException {
    checkOpen();
    return ResultSet.FETCH_FORWARD;
  }

  @Override
  public void setFetchDirection(int direction) throws SQLException {
    checkOpen();
    if (direction != ResultSet.FETCH_FORWARD) {
      throw SqlErrors.misuse("the result set is forward-only");
    }
  }

  @Override
  public void setFetchSize(int size) throws SQLException {
    checkOpen();
    if (size < 0) {
      throw SqlErrors.misuse("fetch size must be >= 0");
    }
    fetchSize = size;
  }

  @Override
  public int getFetchSize() throws SQLException {
    checkOpen();
    return fetchSize;
  }

  @Override
  public boolean rowUpdated() throws SQLException {
    checkOpen();
    return false;
  }

  @Override
  public boolean rowInserted() throws SQLException {
    checkOpen();
    return false;
  }

  @Override
  public boolean rowDeleted() throws SQLException {
    checkOpen();
    return false;
  }
}
