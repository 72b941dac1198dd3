package dev.tursojdbc.sql;

/** A function of one row's values that the application defines. */
@FunctionalInterface
public interface UserScalar {

  /**
   * Computes the result from the arguments. May use the session that the call comes from.
   *
   * @throws Exception makes the statement fail with the exception's message
   */
  void call(FunctionCall call) throws Exception;
}
