package dev.tursojdbc.sql.exec;

import dev.tursojdbc.sql.ast.ConflictAction;
import dev.tursojdbc.storage.error.ErrorCode;
import dev.tursojdbc.storage.error.TursoException;

/**
 * A constraint does not hold, or a trigger raised an error; knows what is to be undone: the
 * statement (ABORT), the transaction (ROLLBACK), or nothing (FAIL).
 */
public final class ConstraintException extends TursoException {
  private static final long serialVersionUID = 1L;

  private final ConflictAction resolution;

  public ConstraintException(ErrorCode code, String message, ConflictAction resolution) {
    super(code, message);
    this.resolution = resolution;
  }

  public ConflictAction resolution() {
    return resolution;
  }
}
