package dev.tursojdbc.sql;

import org.jspecify.annotations.Nullable;

/**
 * One compiled statement of a session: parameters are set, rows are stepped through, and it can run
 * again. Like SQLite's prepared statement it notices a changed schema at its first step and
 * compiles itself anew.
 *
 * <p>Parameter and column positions count from 0. Column values are of the current row, after
 * {@link #step()} answered true.
 */
public interface Query extends AutoCloseable {

  /** Where the text after this statement begins. */
  int endOffset();

  /** Nothing but blanks and comments: not a statement. */
  boolean isEmpty();

  /** Whether it leaves the database as it is (as sqlite3_stmt_readonly says). */
  boolean isReadOnly();

  /** Whether it is an INSERT, UPDATE, DELETE or REPLACE. */
  boolean isChange();

  /** 0: not an EXPLAIN, 1: EXPLAIN, 2: EXPLAIN QUERY PLAN. */
  int explainMode();

  int parameterCount();

  /** The parameter's spelling with its sigil, or null for {@code ?}. */
  @Nullable String parameterName(int parameter);

  /** Position of a named parameter with its sigil, or -1. */
  int parameterIndex(String name);

  void setNull(int parameter);

  void setLong(int parameter, long value);

  void setDouble(int parameter, double value);

  void setText(int parameter, String value);

  /** The array must not be changed afterwards. */
  void setTextBytes(int parameter, byte[] utf8);

  /** The array must not be changed afterwards. */
  void setBlob(int parameter, byte[] value);

  /** All parameters become NULL. */
  void clearParameters();

  /**
   * Runs to the next row. The first call after {@link #reset()} starts the statement anew.
   *
   * @return true: a row can be read; false: done (in autocommit, committed)
   */
  boolean step();

  /** Ends the current run; parameters keep their values. */
  void reset();

  /** Limit for each run, in milliseconds; 0 for none. Ends with INTERRUPT. */
  void setTimeoutMillis(long millis);

  /** 0 for a statement that yields no rows. */
  int columnCount();

  String columnName(int column);

  /** Declared type of the column that the result column comes from, or null for an expression. */
  @Nullable String columnDeclaredType(int column);

  @Nullable String columnDatabase(int column);

  @Nullable String columnTable(int column);

  @Nullable String columnOrigin(int column);

  /** One of the {@link dev.tursojdbc.storage.record.StorageClass} constants. */
  int columnType(int column);

  /** The value converted as sqlite3_column_int64 does. */
  long columnLong(int column);

  double columnDouble(int column);

  /** The value as text, null for NULL; a new String at each call. */
  @Nullable String columnText(int column);

  /** The value's bytes as a new array, null for NULL. */
  byte @Nullable [] columnBlob(int column);

  @Override
  void close();
}
