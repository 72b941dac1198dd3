package dev.tursojdbc.sql.exec;

import dev.tursojdbc.storage.record.Register;

/** Arrays of registers, for operators that keep a row. */
final class Registers {
  private Registers() {}

  static Register[] of(int count) {
    Register[] registers = new Register[count];
    for (int i = 0; i < count; i++) {
      registers[i] = new Register();
    }
    return registers;
  }

  static void setNull(Register[] registers) {
    for (Register register : registers) {
      register.setNull();
    }
  }

  /** Evaluators that read the registers. */
  static Evaluator[] evaluators(Register[] registers) {
    Evaluator[] evaluators = new Evaluator[registers.length];
    for (int i = 0; i < registers.length; i++) {
      evaluators[i] = new RegisterEvaluator(registers[i]);
    }
    return evaluators;
  }
}
