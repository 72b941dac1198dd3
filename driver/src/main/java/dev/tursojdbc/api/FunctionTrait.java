package dev.tursojdbc.api;

/** What SQLite may rely on in a function. */
public enum FunctionTrait {
  /**
   * Equal arguments always give equal results. Only such a function may stand in an index or a
   * generated column; calls over constants are computed once.
   */
  DETERMINISTIC,
  /**
   * Statements of the application may call it, but not what comes with a file: views, triggers,
   * CHECK, DEFAULT, indexes, generated columns. For functions that do or tell something.
   */
  DIRECT_ONLY,
  /** Does no harm and tells no secret: may be called from a schema even if it is not trusted. */
  INNOCUOUS
}
