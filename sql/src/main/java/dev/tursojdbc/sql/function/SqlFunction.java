package dev.tursojdbc.sql.function;

import java.util.Set;

/** A function as a name and a number of arguments select it. */
public interface SqlFunction {
  /** What {@link #argumentCount} answers for a function of any number of arguments. */
  int ANY_COUNT = -1;

  String name();

  /** Number of arguments, or {@link #ANY_COUNT}. */
  int argumentCount();

  /** Whether a call may have so many arguments. */
  default boolean accepts(int count) {
    return argumentCount() == ANY_COUNT || argumentCount() == count;
  }

  /** What else is known of the function. */
  default Set<FunctionFlag> flags() {
    return isDeterministic() ? Set.of(FunctionFlag.DETERMINISTIC) : Set.of();
  }

  /**
   * Whether equal arguments give equal results, at least within one statement; then a call over
   * constants is computed once, and may stand in an index.
   */
  boolean isDeterministic();
}
