package dev.tursojdbc.driver;

import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * A result set that is read once, from its first row to its last. At the end of the rows the source
 * is closed, so that in autocommit the read-mark goes before {@link #close()}.
 */
final class ForwardOnlyResultSet extends JdbcResultSet {
  private final long maxRows;
  private boolean ended;
  private long rowNumber;

  ForwardOnlyResultSet(JdbcStatement statement, RowSource rows, long maxRows) {
    this(statement, rows, maxRows, false);
  }

  ForwardOnlyResultSet(
      JdbcStatement statement, RowSource rows, long maxRows, boolean generatedKeys) {
    super(statement, rows, generatedKeys);
    this.maxRows = maxRows;
  }

  @Override
  public boolean next() throws SQLException {
    statement.connection.lock();
    try {
      checkOpen();
      if (ended) {
        return false;
      }
      boolean within = maxRows == 0 || rowNumber < maxRows;
      // Until there is a row, or if the next one fails, there is none.
      ended = true;
      onRow = false;
      if (within && rows.next()) {
        ended = false;
        onRow = true;
        rowNumber++;
        return true;
      }
      rows.close();
      return false;
    } finally {
      statement.connection.unlock();
    }
  }

  @Override
  public boolean isBeforeFirst() throws SQLException {
    checkOpen();
    return !onRow && !ended && !rows.isEmpty();
  }

  @Override
  public boolean isAfterLast() throws SQLException {
    checkOpen();
    return ended && rowNumber > 0;
  }

  @Override
  public boolean isFirst() throws SQLException {
    checkOpen();
    return onRow && rowNumber == 1;
  }

  /** Looks for the next row; the current one is kept. */
  @Override
  public boolean isLast() throws SQLException {
    statement.connection.lock();
    try {
      checkOpen();
      if (!onRow) {
        return false;
      }
      if (maxRows > 0 && rowNumber == maxRows) {
        return true;
      }
      PeekedRows peeked = new PeekedRows(rows);
      readFrom(peeked);
      return peeked.isLast();
    } finally {
      statement.connection.unlock();
    }
  }

  @Override
  public int getRow() throws SQLException {
    checkOpen();
    return onRow ? JdbcStatement.narrow(rowNumber) : 0;
  }

  @Override
  public int getType() throws SQLException {
    checkOpen();
    return ResultSet.TYPE_FORWARD_ONLY;
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

  private static SQLException forwardOnly() {
    return SqlErrors.misuse("the result set is forward-only");
  }

  @Override
  public void beforeFirst() throws SQLException {
    throw forwardOnly();
  }

  @Override
  public void afterLast() throws SQLException {
    throw forwardOnly();
  }

  @Override
  public boolean first() throws SQLException {
    throw forwardOnly();
  }

  @Override
  public boolean last() throws SQLException {
    throw forwardOnly();
  }

  @Override
  public boolean absolute(int row) throws SQLException {
    throw forwardOnly();
  }

  @Override
  public boolean relative(int count) throws SQLException {
    throw forwardOnly();
  }

  @Override
  public boolean previous() throws SQLException {
    throw forwardOnly();
  }
}
