package dev.tursojdbc.sql.bind;

/**
 * How result columns that have no alias are named, as the pragmas {@code short_column_names} and
 * {@code full_column_names} have it.
 */
public enum ColumnNaming {
  /** A column by its name in the table; the usual way. */
  SHORT,
  /** A column by its table and its name; those of a star by their names only. */
  FULL,
  /** A column by its table and its name, those of a star by the alias of the table. */
  LONG,
  /** Everything by its text, those of a star by their names. */
  WRITTEN;

  public static ColumnNaming of(boolean isShort, boolean isFull) {
    if (isShort) {
      return isFull ? FULL : SHORT;
    }
    return isFull ? LONG : WRITTEN;
  }
}
