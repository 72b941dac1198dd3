package dev.tursojdbc.sql.exec;

import dev.tursojdbc.sql.function.ScalarFunction;
import dev.tursojdbc.storage.record.Collation;
import dev.tursojdbc.storage.record.Register;

/** A call of a scalar function. */
final class FunctionEvaluator extends Evaluator {
  private final ScalarFunction function;
  private final Evaluator[] arguments;
  private final Register[] values;
  private final Collation collation;

  FunctionEvaluator(ScalarFunction function, Evaluator[] arguments, Collation collation) {
    this.function = function;
    this.arguments = arguments;
    this.values = new Register[arguments.length];
    this.collation = collation;
    for (int i = 0; i < values.length; i++) {
      values[i] = new Register();
    }
  }

  @Override
  public int evaluate(Frame frame) {
    evaluateArguments(frame);
    return call(frame);
  }

  void evaluateArguments(Frame frame) {
    for (int i = 0; i < arguments.length; i++) {
      arguments[i].into(frame, values[i]);
    }
  }

  /** Calls the function with the frame's value as one of its arguments. */
  int evaluateWith(Frame frame, int known) {
    values[known].set(frame);
    for (int i = 0; i < arguments.length; i++) {
      if (i != known) {
        arguments[i].into(frame, values[i]);
      }
    }
    return call(frame);
  }

  /** The call itself; the arguments have been evaluated. */
  int call(Frame frame) {
    frame.setNull();
    function.call(frame.call(collation), values, frame);
    return frame.type;
  }
}
