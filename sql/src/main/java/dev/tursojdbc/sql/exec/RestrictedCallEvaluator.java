package dev.tursojdbc.sql.exec;

/** A call in an index, a CHECK or a generated column of a function that may ask for the time. */
final class RestrictedCallEvaluator extends Evaluator {
  private final FunctionEvaluator call;
  private final String function;
  private final String place;

  RestrictedCallEvaluator(FunctionEvaluator call, String function, String place) {
    this.call = call;
    this.function = function;
    this.place = place;
  }

  @Override
  public int evaluate(Frame frame) {
    call.evaluateArguments(frame);
    frame.restrictCalls(function, place);
    try {
      return call.call(frame);
    } finally {
      frame.restrictCalls("", null);
    }
  }
}
