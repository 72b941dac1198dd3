package dev.tursojdbc.driver;

import org.jspecify.annotations.Nullable;

/** What a result set knows of its columns, whatever their rows come from. Columns count from 0. */
interface ColumnInfo {
  int count();

  String label(int column);

  /**
   * Declared type as written in CREATE TABLE; of an expression a forecast, null if there is none.
   */
  @Nullable String declaredType(int column);

  /** The database of the table that the column comes from, null for an expression. */
  @Nullable String database(int column);

  /** The table that the column comes from, null for an expression. */
  @Nullable String table(int column);

  /** The column's own name in its table, null for an expression. */
  @Nullable String origin(int column);
}
