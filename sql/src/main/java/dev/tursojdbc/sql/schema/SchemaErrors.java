package dev.tursojdbc.sql.schema;

import dev.tursojdbc.storage.error.ErrorCode;
import dev.tursojdbc.storage.error.TursoException;

/** Failures of definitions, in SQLite's words. */
final class SchemaErrors {
  private SchemaErrors() {}

  static TursoException error(String message) {
    return new TursoException(ErrorCode.ERROR, message);
  }

  /** A row of sqlite_schema that says nothing. */
  static TursoException malformed(String object) {
    return new MalformedSchemaException(object, null);
  }

  static TursoException malformed(String object, String why) {
    return new MalformedSchemaException(object, why);
  }
}
