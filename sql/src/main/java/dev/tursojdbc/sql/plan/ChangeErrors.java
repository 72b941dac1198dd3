package dev.tursojdbc.sql.plan;

import dev.tursojdbc.storage.error.ErrorCode;
import dev.tursojdbc.storage.error.TursoException;

/** What can be wrong with a statement that changes rows, in SQLite's words. */
final class ChangeErrors {
  private ChangeErrors() {}

  static TursoException error(String message) {
    return new TursoException(ErrorCode.ERROR, message);
  }

  static TursoException noSuchColumn(String name) {
    return error("no such column: " + name);
  }
}
