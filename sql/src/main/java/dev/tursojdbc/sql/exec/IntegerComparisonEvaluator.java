package dev.tursojdbc.sql.exec;

import dev.tursojdbc.sql.bind.ComparisonOperator;
import dev.tursojdbc.storage.record.Register;
import dev.tursojdbc.storage.record.StorageClass;

/**
 * A comparison with a literal or parameter, as in {@code column > 5}: one node instead of two. Only
 * INTEGERs are its own work.
 */
final class IntegerComparisonEvaluator extends Condition {
  private final Evaluator left;
  private final FixedOperand right;
  private final boolean less;
  private final boolean equal;
  private final boolean greater;
  private final ComparisonEvaluator general;

  IntegerComparisonEvaluator(
      ComparisonOperator operator,
      Evaluator left,
      FixedOperand right,
      ComparisonEvaluator general) {
    this.left = left;
    this.right = right;
    this.less = operator.holds(-1);
    this.equal = operator.holds(0);
    this.greater = operator.holds(1);
    this.general = general;
  }

  @Override
  public int test(Frame frame) {
    if (left.evaluate(frame) != StorageClass.INTEGER) {
      return general.withLeft(frame);
    }
    Register operand = right.value(frame);
    if (operand.type != StorageClass.INTEGER) {
      return general.withLeft(frame);
    }
    long value = frame.integer;
    long literal = operand.integer;
    boolean holds = value < literal ? less : value == literal ? equal : greater;
    return holds ? TRUE : FALSE;
  }
}
