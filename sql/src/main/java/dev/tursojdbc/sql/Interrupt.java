package dev.tursojdbc.sql;

import dev.tursojdbc.storage.error.ErrorCode;
import dev.tursojdbc.storage.error.TursoException;

/**
 * The wish of another thread, or of a statement's own time limit, that what runs in a session ends.
 *
 * <p>As in SQLite a raised interrupt ends all running statements and is forgotten when none is
 * left.
 */
final class Interrupt {
  private volatile boolean raised;

  /** {@link System#nanoTime} at which the running statement has to end; 0: no limit. */
  private long deadline;

  void raise() {
    raised = true;
  }

  void clear() {
    raised = false;
  }

  /** Whether what runs is to end, be it because its time is up. */
  boolean isRaised() {
    return raised || (deadline != 0 && System.nanoTime() - deadline > 0);
  }

  /** Sets the limit of the step that begins now; 0 for none. */
  void setDeadline(long nanoTime) {
    deadline = nanoTime;
  }

  /** Called by scans once a leaf and by long loops. */
  void check() {
    if (isRaised()) {
      throw new TursoException(ErrorCode.INTERRUPT);
    }
  }
}
