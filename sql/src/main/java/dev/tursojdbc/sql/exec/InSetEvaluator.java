package dev.tursojdbc.sql.exec;

import dev.tursojdbc.storage.record.Register;

/** operand IN a set of values. Nothing is in an empty set, not even NULL. */
final class InSetEvaluator extends Condition {
  private final Evaluator operand;
  private final ValueSet values;
  private final Register value = new Register();

  InSetEvaluator(Evaluator operand, ValueSet values) {
    this.operand = operand;
    this.values = values;
  }

  @Override
  public int test(Frame frame) {
    operand.into(frame, value);
    values.fill(frame);
    if (values.isEmpty()) {
      return FALSE;
    }
    if (value.isNull()) {
      return UNKNOWN;
    }
    if (values.contains(value)) {
      return TRUE;
    }
    return values.hasNull() ? UNKNOWN : FALSE;
  }
}
