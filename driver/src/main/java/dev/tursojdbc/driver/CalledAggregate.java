package dev.tursojdbc.driver;

import dev.tursojdbc.api.AggregateFunction;
import dev.tursojdbc.api.WindowFunction;
import dev.tursojdbc.sql.FunctionCall;
import dev.tursojdbc.sql.UserAggregate;
import org.jspecify.annotations.Nullable;

/** An aggregate function of the application's as the engine calls it. */
final class CalledAggregate<S> implements UserAggregate<S> {
  private final AggregateFunction<S> function;
  private final @Nullable WindowFunction<S> window;
  private final ParameterConversion results;

  CalledAggregate(AggregateFunction<S> function, ParameterConversion results) {
    this.function = function;
    this.window = function instanceof WindowFunction<S> moving ? moving : null;
    this.results = results;
  }

  @Override
  public S start() throws Exception {
    return function.start();
  }

  @Override
  public void add(S group, FunctionCall row) throws Exception {
    function.add(group, new CallArguments(row));
  }

  @Override
  public void remove(S group, FunctionCall row) throws Exception {
    if (window == null) {
      throw new IllegalStateException("rows cannot be taken out of this aggregate");
    }
    window.remove(group, new CallArguments(row));
  }

  @Override
  public void result(S group, FunctionCall call) throws Exception {
    CallArguments.answer(call, function.result(group), results);
  }

  @Override
  public boolean isInvertible() {
    return window != null;
  }
}
