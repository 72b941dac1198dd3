package dev.tursojdbc.sql.exec;

import dev.tursojdbc.sql.bind.Constant;
import dev.tursojdbc.storage.record.Register;

/** A value that never changes. */
final class ConstantEvaluator extends Evaluator {
  private final Register value = new Register();

  ConstantEvaluator(Constant constant) {
    constant.copyTo(value);
  }

  Register value() {
    return value;
  }

  @Override
  public int evaluate(Frame frame) {
    frame.set(value);
    return value.type;
  }
}
