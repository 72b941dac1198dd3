package dev.tursojdbc.sql.exec;

/** A row that an outer join can make all NULL. */
interface NullableRow {
  /** Whether all columns read as NULL, until the row moves. */
  void setNull(boolean isNull);

  boolean isNullRow();
}
