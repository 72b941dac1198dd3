package dev.tursojdbc.sql.exec;

/**
 * RAISE(IGNORE): the trigger ends here, and the change of the row that fired it is left out or, if
 * it was made already, stays without the triggers that would follow. No error; caught where
 * triggers are fired. In RETURNING, which is in no trigger's program, it ends the statement.
 */
final class IgnoredRowException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  IgnoredRowException() {
    super("RAISE(IGNORE)", null, false, false);
  }
}
