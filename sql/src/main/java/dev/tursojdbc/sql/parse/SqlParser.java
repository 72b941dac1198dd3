package dev.tursojdbc.sql.parse;

import dev.tursojdbc.sql.ast.Expression;
import dev.tursojdbc.storage.error.TursoException;

/** Reads SQL text, one statement at a time. May be used by many threads at once. */
public final class SqlParser {
  private SqlParser() {}

  /**
   * Parses the statement that begins at {@code from}.
   *
   * @throws SqlSyntaxException in SQLite's words if it is none
   */
  public static ParsedStatement parse(String sql, int from) {
    throw TursoException.notSupported("parsing");
  }

  /** Parses one expression, all of the text. */
  public static Expression parseExpression(String text) {
    throw TursoException.notSupported("parsing");
  }
}
