package dev.tursojdbc.sql.schema;

import dev.tursojdbc.storage.error.ErrorCode;
import dev.tursojdbc.storage.error.TursoException;

/**
 * How many columns a table may have, and how many terms the lists of a statement: SQLite's
 * SQLITE_LIMIT_COLUMN as it is set at first.
 */
public final class ColumnLimit {
  public static final int MAX = 2000;

  private ColumnLimit() {}

  /** Refuses a list that is too long, which the message names. */
  public static void require(int count, String what) {
    if (count > MAX) {
      throw new TursoException(ErrorCode.ERROR, "too many " + what);
    }
  }
}
