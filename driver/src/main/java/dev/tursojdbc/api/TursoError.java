package dev.tursojdbc.api;

/**
 * What every {@link java.sql.SQLException} of this driver that comes from the engine also is.
 *
 * <p>{@link java.sql.SQLException#getErrorCode()} carries the primary result code, the low byte of
 * {@link #extendedResultCode()}; the message is SQLite's.
 */
public interface TursoError {

  /** SQLite's extended result code, such as 2067 for a violated UNIQUE constraint. */
  int extendedResultCode();

  /** SQLite's name for it, such as {@code SQLITE_CONSTRAINT_UNIQUE}. */
  String resultCodeName();

  /**
   * Index of the first character of the SQL text that the error complains of: the token at which
   * the text stops being SQL, the name or call that has no meaning there. It is -1 for other
   * errors, and where the text ends too early or the mistake is in a view or trigger.
   */
  int sqlOffset();
}
