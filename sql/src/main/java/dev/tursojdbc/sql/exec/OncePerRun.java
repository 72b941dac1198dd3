package dev.tursojdbc.sql.exec;

import dev.tursojdbc.storage.record.Register;

/** An expression without columns: computed at its first use in a run, then kept. */
final class OncePerRun extends Evaluator {
  private final Evaluator expression;
  private final Register value = new Register();
  private long computedIn = -1;

  OncePerRun(Evaluator expression) {
    this.expression = expression;
  }

  @Override
  public int evaluate(Frame frame) {
    if (computedIn != frame.run()) {
      expression.into(frame, value);
      computedIn = frame.run();
    }
    frame.set(value);
    return value.type;
  }
}
