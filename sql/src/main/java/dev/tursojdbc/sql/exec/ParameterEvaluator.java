package dev.tursojdbc.sql.exec;

import dev.tursojdbc.storage.record.Register;

/** Reads a parameter. */
final class ParameterEvaluator extends Evaluator {
  private final int index;

  ParameterEvaluator(int index) {
    this.index = index;
  }

  int index() {
    return index;
  }

  @Override
  public int evaluate(Frame frame) {
    Register value = frame.parameter(index);
    frame.set(value);
    return value.type;
  }
}
