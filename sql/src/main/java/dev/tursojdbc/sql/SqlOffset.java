package dev.tursojdbc.sql;

import dev.tursojdbc.sql.parse.SqlSyntaxException;
import dev.tursojdbc.storage.error.TursoException;

/** Where in a text the statement stops being SQL. */
public final class SqlOffset {
  private SqlOffset() {}

  /**
   * The index of the first character that a failure complains of, counted from where the compiled
   * statement's text began; -1 if it names no place.
   */
  public static int of(TursoException failure) {
    return failure instanceof SqlSyntaxException syntax ? syntax.offset() : -1;
  }
}
