package dev.tursojdbc.sql.exec;

import dev.tursojdbc.storage.error.ErrorCode;
import dev.tursojdbc.storage.error.TursoException;

/**
 * A trigger said RAISE. Whoever runs triggers decides what becomes of row, statement, transaction.
 */
public final class RaisedException extends TursoException {
  private static final long serialVersionUID = 1L;

  private final Action action;

  /** What shall happen. */
  public enum Action {
    /** The row, and the rest of the trigger, are skipped without an error. */
    IGNORE,
    /** The transaction is rolled back. */
    ROLLBACK,
    /** The statement is undone. */
    ABORT,
    /** The statement ends; what it has done stays. */
    FAIL
  }

  RaisedException(Action action, String message) {
    super(ErrorCode.CONSTRAINT_TRIGGER, message);
    this.action = action;
  }

  public Action action() {
    return action;
  }
}
