package dev.tursojdbc.sql.exec;

import dev.tursojdbc.sql.bind.ArithmeticOperator;
import dev.tursojdbc.storage.record.StorageClass;

/**
 * Arithmetic whose right side is an INTEGER literal, as in {@code column % 7}: one node instead of
 * two for what full scans compute most. Only INTEGERs that do not overflow are its own work.
 */
final class IntegerOperandEvaluator extends Evaluator {
  private final ArithmeticOperator operator;
  private final Evaluator left;
  private final long operand;
  private final ArithmeticEvaluator general;

  private IntegerOperandEvaluator(
      ArithmeticOperator operator, Evaluator left, long operand, ArithmeticEvaluator general) {
    this.operator = operator;
    this.left = left;
    this.operand = operand;
    this.general = general;
  }

  /** The same as an evaluator whose right side is this literal, but faster if it can be. */
  static Evaluator of(
      ArithmeticOperator operator, Evaluator left, long operand, ArithmeticEvaluator general) {
    boolean divides =
        operator == ArithmeticOperator.REMAINDER || operator == ArithmeticOperator.DIVIDE;
    boolean adds = operator == ArithmeticOperator.ADD || operator == ArithmeticOperator.SUBTRACT;
    return (divides && operand > 0) || adds
        ? new IntegerOperandEvaluator(operator, left, operand, general)
        : general;
  }

  @Override
  public int evaluate(Frame frame) {
    if (left.evaluate(frame) != StorageClass.INTEGER) {
      return general.withLeft(frame);
    }
    long value = frame.integer;
    long right = operand;
    switch (operator) {
      case REMAINDER:
        frame.integer = value % right;
        return StorageClass.INTEGER;
      case DIVIDE:
        frame.integer = value / right;
        return StorageClass.INTEGER;
      case ADD:
        long sum = value + right;
        if (((value ^ sum) & (right ^ sum)) >= 0) {
          frame.integer = sum;
          return StorageClass.INTEGER;
        }
        return general.withLeft(frame);
      default:
        long difference = value - right;
        if (((value ^ right) & (value ^ difference)) >= 0) {
          frame.integer = difference;
          return StorageClass.INTEGER;
        }
        return general.withLeft(frame);
    }
  }
}
