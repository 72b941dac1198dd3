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
}
