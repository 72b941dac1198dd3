package dev.tursojdbc.sql;

import dev.tursojdbc.sql.exec.ConstraintException;
import dev.tursojdbc.storage.error.ErrorCode;
import dev.tursojdbc.storage.error.TursoException;

/** How much a failed statement undoes. */
final class StatementFailure {
  private StatementFailure() {}

  /** What is undone. */
  enum Undo {
    /** Nothing: the changes before the failure stay (FAIL). */
    NOTHING,
    /** What the statement changed (ABORT, the default). */
    STATEMENT,
    /** The whole transaction (ROLLBACK, and failures that leave nothing to build upon). */
    TRANSACTION
  }

  static Undo undo(Throwable failure, boolean hasWritten, boolean hasSavepoint) {
    if (failure instanceof ConstraintException constraint) {
      return switch (constraint.resolution()) {
        case ROLLBACK -> Undo.TRANSACTION;
        case FAIL -> Undo.NOTHING;
        case ABORT, IGNORE, REPLACE -> Undo.STATEMENT;
      };
    }
    if (!hasWritten) {
      return Undo.STATEMENT;
    }
    if (failure instanceof TursoException known) {
      int code = known.code().primaryCode();
      if (code == ErrorCode.IOERR.code() || code == ErrorCode.INTERRUPT.code()) {
        return Undo.TRANSACTION;
      }
      if (code == ErrorCode.FULL.code() || code == ErrorCode.NOMEM.code()) {
        return hasSavepoint ? Undo.STATEMENT : Undo.TRANSACTION;
      }
      return Undo.STATEMENT;
    }
    return Undo.TRANSACTION;
  }

  /**
   * The failure as an exception of the kind that the driver understands. One that should not be
   * possible is INTERNAL, with itself as the cause: who works with a database over JDBC is prepared
   * for no other kind of failure.
   */
  static RuntimeException toThrow(Throwable failure) {
    if (failure instanceof OutOfMemoryError error) {
      return new TursoException(ErrorCode.NOMEM, ErrorCode.NOMEM.message(), error);
    }
    if (failure instanceof StackOverflowError error) {
      return new TursoException(ErrorCode.ERROR, "expression tree is too deep", error);
    }
    if (failure instanceof TursoException known) {
      return known;
    }
    return new TursoException(ErrorCode.INTERNAL, "internal error: " + failure, failure);
  }
}
