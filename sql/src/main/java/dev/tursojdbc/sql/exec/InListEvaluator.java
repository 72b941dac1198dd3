package dev.tursojdbc.sql.exec;

import dev.tursojdbc.sql.value.Affinity;
import dev.tursojdbc.sql.value.Comparison;
import dev.tursojdbc.storage.record.Collation;
import dev.tursojdbc.storage.record.Register;

/** operand IN (a, b, …): true if an element is equal; else NULL if one was NULL. */
final class InListEvaluator extends Condition {
  private final Evaluator operand;
  private final Evaluator[] elements;
  private final Affinity conversion;
  private final Collation collation;
  private final Register value = new Register();

  InListEvaluator(
      Evaluator operand, Evaluator[] elements, Affinity conversion, Collation collation) {
    this.operand = operand;
    this.elements = elements;
    this.conversion = conversion;
    this.collation = collation;
  }

  @Override
  public int test(Frame frame) {
    operand.into(frame, value);
    if (value.isNull()) {
      return UNKNOWN;
    }
    boolean unknown = false;
    for (Evaluator element : elements) {
      element.evaluate(frame);
      if (frame.isNull()) {
        unknown = true;
      } else if (Comparison.compare(value, frame, conversion, collation) == 0) {
        return TRUE;
      }
    }
    return unknown ? UNKNOWN : FALSE;
  }
}
