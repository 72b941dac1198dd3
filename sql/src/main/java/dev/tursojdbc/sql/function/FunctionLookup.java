package dev.tursojdbc.sql.function;

import org.jspecify.annotations.Nullable;

/** The functions that a connection knows. */
public interface FunctionLookup {

  /**
   * The function for a name and a number of arguments, exact counts first; null if there is none.
   */
  @Nullable SqlFunction find(String name, int argumentCount);

  /** Whether there is a function of this name, for whatever number of arguments. */
  boolean knows(String name);

  /** Whether the function may be called from the schema: views, triggers, constraints, indexes. */
  default boolean isSafeInSchema(SqlFunction function) {
    return true;
  }

  /** Whether a function of the application's own stands in place of a built-in one. */
  default boolean hidesBuiltIn(String name, int argumentCount) {
    return false;
  }
}
