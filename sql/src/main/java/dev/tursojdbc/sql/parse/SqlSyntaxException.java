package dev.tursojdbc.sql.parse;

import dev.tursojdbc.storage.error.ErrorCode;
import dev.tursojdbc.storage.error.TursoException;

/** The text is no SQL statement; knows where it stops being one. */
public final class SqlSyntaxException extends TursoException {
  private static final long serialVersionUID = 1L;

  private final int offset;

  SqlSyntaxException(String message, int offset) {
    super(ErrorCode.ERROR, message);
    this.offset = offset;
  }

  /** Offset of the offending token from the start of the statement's text; -1 if there is none. */
  public int offset() {
    return offset;
  }
}
