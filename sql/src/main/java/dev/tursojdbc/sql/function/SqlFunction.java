package dev.tursojdbc.sql.function;

/** A function as a name and a number of arguments select it. */
public interface SqlFunction {
  /** What {@link #argumentCount} answers for a function of any number of arguments. */
  int ANY_COUNT = -1;

  String name();

  /** Number of arguments, or {@link #ANY_COUNT}. */
  int argumentCount();

  /**
   * Whether equal arguments give equal results, at least within one statement; then a call over
   * constants is computed once, and may stand in an index.
   */
  boolean isDeterministic();
}
