package dev.tursojdbc.sql.function;

import dev.tursojdbc.storage.record.Register;

/** A function of one row's values. Has no state of its own; shared by all connections. */
public interface ScalarFunction extends SqlFunction {

  /**
   * Computes the function.
   *
   * @param arguments as many as the call has; not to be changed
   * @param result set by the function; never one of the arguments
   */
  void call(FunctionContext context, Register[] arguments, Register result);
}
