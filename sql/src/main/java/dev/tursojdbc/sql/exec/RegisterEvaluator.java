package dev.tursojdbc.sql.exec;

import dev.tursojdbc.storage.record.Register;

/** Reads a register. */
final class RegisterEvaluator extends Evaluator {
  private final Register register;

  RegisterEvaluator(Register register) {
    this.register = register;
  }

  @Override
  public int evaluate(Frame frame) {
    frame.set(register);
    return register.type;
  }
}
