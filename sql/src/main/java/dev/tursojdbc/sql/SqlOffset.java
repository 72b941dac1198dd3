package dev.tursojdbc.sql;

import dev.tursojdbc.sql.ast.StatementException;
import dev.tursojdbc.storage.error.TursoException;

/** Where in a text the statement stops being SQL, or names what is not there. */
public final class SqlOffset {
  private SqlOffset() {}

  /**
   * The index of the first character that a failure complains of, counted from where the compiled
   * statement's text began; -1 if it names no place.
   */
  public static int of(TursoException failure) {
    return failure instanceof StatementException located ? located.offset() : -1;
  }
}
