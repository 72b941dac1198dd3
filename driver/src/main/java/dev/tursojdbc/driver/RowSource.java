package dev.tursojdbc.driver;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * What a result set reads from: a running query, or rows that are all in memory. Columns count from
 * 0.
 */
interface RowSource {
  /** Whether there is not even one row; asked before the first {@link #next()}. */
  boolean isEmpty();

  boolean next() throws SQLException;

  int columnCount();

  /** One of the {@link dev.tursojdbc.storage.record.StorageClass} constants. */
  int type(int column) throws SQLException;

  long longValue(int column) throws SQLException;

  double doubleValue(int column) throws SQLException;

  @Nullable String text(int column) throws SQLException;

  byte @Nullable [] blob(int column) throws SQLException;

  ColumnInfo info();

  void close();
}
