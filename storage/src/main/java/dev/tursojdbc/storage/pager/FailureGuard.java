package dev.tursojdbc.storage.pager;

import dev.tursojdbc.storage.error.ErrorCode;
import dev.tursojdbc.storage.error.TursoException;
import org.jspecify.annotations.Nullable;

/**
 * Whether something went wrong in a write transaction after which the images and the log may not
 * agree: then nothing helps but a rollback, and all else is refused with what went wrong.
 */
final class FailureGuard {
  private boolean failed;

  /** Null if what was thrown is no {@link TursoException}. */
  private @Nullable TursoException cause;

  /** Does something after whose failure only a rollback helps. */
  void run(Runnable action) {
    failed = true;
    try {
      action.run();
      failed = false;
    } catch (TursoException e) {
      cause = e;
      throw e;
    }
  }

  boolean hasFailed() {
    return failed;
  }

  void requireNoFailure() {
    if (failed) {
      throw afterFailure();
    }
  }

  private TursoException afterFailure() {
    TursoException before = cause;
    String advice = "the transaction must be rolled back";
    return before == null
        ? new TursoException(ErrorCode.INTERNAL, advice)
        : new TursoException(before.code(), before.getMessage() + " (" + advice + ")", before);
  }

  /** The transaction has ended. */
  void reset() {
    failed = false;
    cause = null;
  }
}
