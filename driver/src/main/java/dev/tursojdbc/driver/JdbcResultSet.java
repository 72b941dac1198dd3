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
 * A read-only result set over a {@link RowSource}, whichever way it moves: its columns, and how it
 * ends.
 */
abstract class JdbcResultSet extends TypedResultSet implements LabelledResultSet, UntypedResultSet {
  final JdbcStatement statement;
  RowSource rows;

  /** Whether there is a current row. */
  boolean onRow;

  private final boolean generatedKeys;
  private @Nullable Map<String, Integer> columnsByLabel;
  private boolean wasNull;
  private boolean closed;
  private int fetchSize;

  JdbcResultSet(JdbcStatement statement, RowSource rows, boolean generatedKeys) {
    this.generatedKeys = generatedKeys;
    this.statement = statement;
    this.rows = rows;
    values = new ColumnValues(rows, statement.connection, statement.maxFieldSize);
  }

  /** Goes on with another source of the same columns. */
  final void readFrom(RowSource source) {
    rows = source;
    values = new ColumnValues(source, statement.connection, statement.maxFieldSize);
  }

  final void checkOpen() throws SQLException {
    if (closed) {
      throw SqlErrors.closed("result set");
    }
  }

  /** Also notes whether the value is NULL. */
  @Override
  final int column(int columnIndex) throws SQLException {
    checkOpen();
    if (!onRow) {
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
  public int findColumn(@Nullable String columnLabel) throws SQLException {
    checkOpen();
    Map<String, Integer> map = columnsByLabel;
    if (map == null) {
      map = new HashMap<>();
      for (int i = 0; i < rows.columnCount(); i++) {
        map.putIfAbsent(rows.info().label(i).toLowerCase(Locale.ROOT), i + 1);
      }
      columnsByLabel = map;
    }
    if (columnLabel == null) {
      throw SqlErrors.badIndex("no column label");
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
  public int getConcurrency() throws SQLException {
    checkOpen();
    return ResultSet.CONCUR_READ_ONLY;
  }

  @Override
  public int getHoldability() throws SQLException {
    checkOpen();
    return statement.form.holdability();
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
