package dev.tursojdbc.sql.ast;

import dev.tursojdbc.storage.error.ErrorCode;
import dev.tursojdbc.storage.error.TursoException;

/** What is wrong with a statement, and where in its text. */
public class StatementException extends TursoException {
  private static final long serialVersionUID = 1L;

  private final int offset;

  /**
   * @param offset of the first character that is complained of, from the start of the statement's
   *     text; -1 if no place in it is to blame
   */
  public StatementException(String message, int offset) {
    super(ErrorCode.ERROR, message);
    this.offset = offset;
  }

  /** A failure to make sense of what stands there. */
  public static StatementException at(Span span, String message) {
    return new StatementException(message, span.end() == 0 ? -1 : span.start());
  }

  /** Offset of the offending text from the start of the statement's; -1 if there is none. */
  public final int offset() {
    return offset;
  }
}
