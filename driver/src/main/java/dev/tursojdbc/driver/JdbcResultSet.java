package dev.tursojdbc.driver;

import dev.tursojdbc.storage.error.TursoException;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A forward-only, read-only result set over a {@link RowSource}. At the end of the rows the source
 * is closed, so that in autocommit the read-mark goes before {@link #close()}.
 */
final class JdbcResultSet extends TypedResultSet
    implements LabelledResultSet, ForwardOnlyResultSet {
  private enum Place {
    BEFORE_FIRST,
    ON_ROW,
    AFTER_LAST
  }

  private final JdbcStatement statement;
  private RowSource rows;
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
    readFrom(rows);
  }

  private void readFrom(RowSource source) {
    values = new ColumnValues(source, statement.connection, statement.maxFieldSize);
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

  /** Also notes whether the value is NULL. */
  @Override
  int column(int columnIndex) throws SQLException {
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
      readFrom(peeked);
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
