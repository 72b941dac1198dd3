package dev.tursojdbc.sql.alter;

import dev.tursojdbc.sql.ast.CreateVirtualTableStatement;
import dev.tursojdbc.sql.ast.Statement;
import dev.tursojdbc.sql.parse.SqlParser;
import dev.tursojdbc.sql.schema.Names;
import dev.tursojdbc.sql.schema.SchemaRow;
import dev.tursojdbc.storage.error.ErrorCode;
import dev.tursojdbc.storage.error.TursoException;

/**
 * A row of sqlite_schema and what its text says.
 *
 * @param database the one that it is in
 * @param statement a CREATE
 */
record Definition(int database, SchemaRow row, String text, Statement statement) {
  private static final String CREATE = "CREATE ";

  /** Whether a row is one that ALTER TABLE looks at: the engine's own have no text to edit. */
  static boolean isWritten(SchemaRow row) {
    return row.sql() != null && !row.sql().isEmpty() && !Names.startsWith(row.name(), "sqlite_");
  }

  /**
   * Reads a row that {@link #isWritten}.
   *
   * @throws TursoException CORRUPT if it is no definition at all
   */
  static Definition of(int database, SchemaRow row) {
    String sql = String.valueOf(row.sql());
    if (!sql.regionMatches(true, 0, CREATE, 0, CREATE.length())) {
      throw new TursoException(ErrorCode.CORRUPT);
    }
    Statement statement = SqlParser.parse(sql, 0).statement();
    if (statement == null) {
      throw new TursoException(ErrorCode.ERROR, "incomplete input");
    }
    return new Definition(database, row, sql, statement);
  }

  boolean isVirtualTable() {
    return statement instanceof CreateVirtualTableStatement;
  }
}
