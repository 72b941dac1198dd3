package dev.tursojdbc.driver;

import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * A result set whose rows can be visited in any order. Its rows are those that were there when the
 * statement ran, whatever is changed later.
 *
 * <p>Rows count from 1. Position 0 is before the first; what lies behind the last row is all one
 * position.
 */
final class ScrollableResultSet extends JdbcResultSet {
  private final VisitableRows visitable;
  private final int maxRows;
  private int position;
  private int fetchDirection = ResultSet.FETCH_FORWARD;

  ScrollableResultSet(JdbcStatement statement, VisitableRows rows, long maxRows) {
    super(statement, rows, false);
    this.visitable = rows;
    this.maxRows = maxRows == 0 ? Integer.MAX_VALUE : JdbcStatement.narrow(maxRows);
  }

  /** Reads from the rows while no other thread uses the connection. */
  private interface Reading<T> {
    T run() throws SQLException;
  }

  private <T> T locked(Reading<T> reading) throws SQLException {
    statement.connection.lock();
    try {
      checkOpen();
      return reading.run();
    } finally {
      statement.connection.unlock();
    }
  }

  /** How many rows there are for the caller. */
  private int count() throws SQLException {
    return visitable.moveTo(maxRows) ? maxRows : visitable.count();
  }

  /** Until there is a row, or if there is a failure on the way to it, there is none. */
  private boolean moveTo(long number) throws SQLException {
    onRow = false;
    if (number < 1) {
      position = 0;
    } else if (number <= maxRows && visitable.moveTo((int) number)) {
      position = (int) number;
      onRow = true;
    } else {
      position = count() + 1;
    }
    return onRow;
  }

  /** Moves to as many rows behind the last one. */
  private boolean moveToEnd(long behind) throws SQLException {
    onRow = false;
    return moveTo(count() + behind);
  }

  @Override
  public boolean next() throws SQLException {
    return locked(() -> moveTo(position + 1L));
  }

  @Override
  public boolean previous() throws SQLException {
    return locked(() -> moveTo(position - 1L));
  }

  @Override
  public boolean first() throws SQLException {
    return locked(() -> moveTo(1));
  }

  @Override
  public boolean last() throws SQLException {
    return locked(() -> moveToEnd(0));
  }

  @Override
  public void beforeFirst() throws SQLException {
    locked(() -> moveTo(0));
  }

  @Override
  public void afterLast() throws SQLException {
    locked(() -> moveToEnd(1));
  }

  /** A negative number counts from behind: -1 is the last row. */
  @Override
  public boolean absolute(int row) throws SQLException {
    return locked(() -> row < 0 ? moveToEnd(1L + row) : moveTo(row));
  }

  @Override
  public boolean relative(int rows) throws SQLException {
    return locked(() -> moveTo((long) position + rows));
  }

  @Override
  public boolean isBeforeFirst() throws SQLException {
    return locked(() -> position == 0 && !visitable.isEmpty());
  }

  @Override
  public boolean isFirst() throws SQLException {
    checkOpen();
    return onRow && position == 1;
  }

  @Override
  public boolean isLast() throws SQLException {
    return locked(
        () -> {
          if (!onRow) {
            return false;
          }
          boolean another = position < maxRows && visitable.moveTo(position + 1);
          visitable.moveTo(position);
          return !another;
        });
  }

  @Override
  public boolean isAfterLast() throws SQLException {
    return locked(() -> !onRow && position > 0 && count() > 0);
  }

  @Override
  public int getRow() throws SQLException {
    checkOpen();
    return onRow ? position : 0;
  }

  @Override
  public int getType() throws SQLException {
    checkOpen();
    return ResultSet.TYPE_SCROLL_INSENSITIVE;
  }

  @Override
  public int getFetchDirection() throws SQLException {
    checkOpen();
    return fetchDirection;
  }

  @Override
  public void setFetchDirection(int direction) throws SQLException {
    checkOpen();
    StatementOptions.checkFetchDirection(direction);
    fetchDirection = direction;
  }
}
