package dev.tursojdbc.driver;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A source that has been asked whether its current row is the last: it has moved on to find out,
 * and serves a copy of the row until it is moved by its reader, too.
 */
final class PeekedRows implements RowSource {
  private final RowSource rows;
  private final StoredRows copy;
  private final boolean hasNext;
  private boolean moved;

  /** Copies the current row and looks for the next. */
  PeekedRows(RowSource rows) throws SQLException {
    this.rows = rows;
    Object[] row = new Object[rows.columnCount()];
    for (int i = 0; i < row.length; i++) {
      row[i] = StoredRows.value(rows, i);
    }
    List<@Nullable Object[]> only = new ArrayList<>(1);
    only.add(row);
    copy = new StoredRows(rows.info(), only);
    copy.next();
    hasNext = rows.next();
  }

  boolean isLast() {
    return !hasNext;
  }

  private RowSource source() {
    return moved ? rows : copy;
  }

  @Override
  public boolean isEmpty() {
    return false;
  }

  @Override
  public boolean next() throws SQLException {
    if (!moved) {
      moved = true;
      return hasNext;
    }
    return hasNext && rows.next();
  }

  @Override
  public int columnCount() {
    return rows.columnCount();
  }

  @Override
  public int type(int column) throws SQLException {
    return source().type(column);
  }

  @Override
  public long longValue(int column) throws SQLException {
    return source().longValue(column);
  }

  @Override
  public double doubleValue(int column) throws SQLException {
    return source().doubleValue(column);
  }

  @Override
  public @Nullable String text(int column) throws SQLException {
    return source().text(column);
  }

  @Override
  public byte @Nullable [] blob(int column) throws SQLException {
    return source().blob(column);
  }

  @Override
  public ColumnInfo info() {
    return rows.info();
  }

  @Override
  public void close() {
    rows.close();
  }
}
