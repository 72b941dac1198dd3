package dev.tursojdbc.sql.function;

/** What the binder and the planner may want to know of a function. */
public enum FunctionFlag {
  /** The same arguments give the same value, whenever: may stand in an index. */
  DETERMINISTIC,
  /** The value stays the same while a statement runs, such as changes() and date('now'). */
  STABLE,
  /**
   * Deterministic unless the arguments ask for the present moment or local time. May stand where
   * only deterministic functions may, and then calls {@link FunctionContext#useMoment} first.
   */
  DETERMINISTIC_BUT_FOR_NOW,
  /** Harmless in schemas that are not trusted: may be called in views, triggers and so on. */
  INNOCUOUS,
  /** Must not be called from the schema: views, triggers, CHECK, DEFAULT, indexes. */
  DIRECT_ONLY,
  /** Compares texts by {@link FunctionContext#collation()}. */
  NEEDS_COLLATION,
  /** Looks at the subtype of its arguments. */
  SUBTYPE,
  /** May give its result a subtype. */
  RESULT_SUBTYPE,
  /** May be called with OVER. */
  WINDOW,
  /** Evaluates its arguments only as far as needed, which only the binder can do. */
  LAZY
}
