package dev.tursojdbc.sql.ast;

/** What to do when a constraint does not hold: {@code ON CONFLICT action}, {@code OR action}. */
public enum ConflictAction {
  ROLLBACK,
  ABORT,
  FAIL,
  IGNORE,
  REPLACE
}
