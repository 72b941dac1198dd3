package dev.tursojdbc.driver;

import dev.tursojdbc.api.ScalarFunction;
import dev.tursojdbc.sql.FunctionCall;
import dev.tursojdbc.sql.UserScalar;

/** A scalar function of the application's as the engine calls it. */
record CalledScalar(ScalarFunction function, ParameterConversion results) implements UserScalar {
  @Override
  public void call(FunctionCall call) throws Exception {
    CallArguments.answer(call, function.call(new CallArguments(call)), results);
  }
}
