package dev.tursojdbc.api;

import org.jspecify.annotations.Nullable;

/** A function that SQL can call with values of one row. */
@FunctionalInterface
public interface ScalarFunction {

  /**
   * Computes the result. May use the connection that the call comes from.
   *
   * @return null, or a value that {@link java.sql.PreparedStatement#setObject(int, Object)} takes
   * @throws Exception makes the statement fail with the exception's message and as its cause
   */
  @Nullable Object call(FunctionArguments arguments) throws Exception;
}
