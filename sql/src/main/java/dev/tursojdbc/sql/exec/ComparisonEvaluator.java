package dev.tursojdbc.sql.exec;

import dev.tursojdbc.sql.bind.ComparisonOperator;
import dev.tursojdbc.sql.value.Affinity;
import dev.tursojdbc.sql.value.Comparison;
import dev.tursojdbc.storage.record.Collation;
import dev.tursojdbc.storage.record.Register;
import dev.tursojdbc.storage.record.StorageClass;

/** A comparison of two values. Two INTEGERs are compared in locals. */
final class ComparisonEvaluator extends Condition {
  /** Bits of {@link #accepted}. */
  private static final int LESS = 1;

  private static final int EQUAL = 2;
  private static final int GREATER = 4;

  private final Evaluator left;
  private final Evaluator right;
  private final Affinity conversion;
  private final Collation collation;

  /** The orders of left and right for which it holds. */
  private final int accepted;

  /** Whether NULL is a value: IS and IS NOT. */
  private final boolean nullsCompare;

  private final Register leftValue = new Register();

  ComparisonEvaluator(
      ComparisonOperator operator,
      Evaluator left,
      Evaluator right,
      Affinity conversion,
      Collation collation) {
    this.left = left;
    this.right = right;
    this.conversion = conversion;
    this.collation = collation;
    this.accepted = accepted(operator);
    this.nullsCompare = operator == ComparisonOperator.IS || operator == ComparisonOperator.IS_NOT;
  }

  /** The same as the evaluator with these operands, but faster where the right one is a literal. */
  static Evaluator of(
      ComparisonOperator operator,
      Evaluator left,
      Evaluator right,
      Affinity conversion,
      Collation collation) {
    ComparisonEvaluator general =
        new ComparisonEvaluator(operator, left, right, conversion, collation);
    FixedOperand fixed = FixedOperand.of(right);
    return fixed == null ? general : new IntegerComparisonEvaluator(operator, left, fixed, general);
  }

  static int accepted(ComparisonOperator operator) {
    return (operator.holds(-1) ? LESS : 0)
        | (operator.holds(0) ? EQUAL : 0)
        | (operator.holds(1) ? GREATER : 0);
  }

  static int bit(int order) {
    return order < 0 ? LESS : order == 0 ? EQUAL : GREATER;
  }

  @Override
  public int test(Frame frame) {
    int leftType = left.evaluate(frame);
    if (leftType == StorageClass.INTEGER) {
      long value = frame.integer;
      if (right.evaluate(frame) == StorageClass.INTEGER) {
        long other = frame.integer;
        int bit = value < other ? LESS : value == other ? EQUAL : GREATER;
        return (accepted & bit) != 0 ? TRUE : FALSE;
      }
      leftValue.setInteger(value);
      return general(frame);
    }
    return withLeft(frame);
  }

  /** Compares the left value that is already in the frame. */
  int withLeft(Frame frame) {
    if (frame.type == StorageClass.NULL && !nullsCompare) {
      return UNKNOWN;
    }
    leftValue.set(frame);
    right.evaluate(frame);
    return general(frame);
  }

  private int general(Frame frame) {
    if (leftValue.type == StorageClass.NULL || frame.type == StorageClass.NULL) {
      if (!nullsCompare) {
        return UNKNOWN;
      }
      int bit = leftValue.type == frame.type ? EQUAL : LESS;
      return (accepted & bit) != 0 ? TRUE : FALSE;
    }
    int order = Comparison.compare(leftValue, frame, conversion, collation);
    return (accepted & bit(order)) != 0 ? TRUE : FALSE;
  }
}
