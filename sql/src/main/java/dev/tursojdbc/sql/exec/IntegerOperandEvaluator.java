package dev.tursojdbc.sql.exec;

import dev.tursojdbc.sql.bind.ArithmeticOperator;
import dev.tursojdbc.storage.record.Register;
import dev.tursojdbc.storage.record.StorageClass;

/**
 * Arithmetic whose right side is a literal or parameter, as in {@code column % 7}: one node instead
 * of two for what full scans compute most. Only INTEGERs that do not overflow are its own work.
 */
final class IntegerOperandEvaluator extends Evaluator {
  private final ArithmeticOperator operator;
  private final Evaluator left;
  private final FixedOperand operand;
  private final boolean divides;
  private final ArithmeticEvaluator general;

  private IntegerOperandEvaluator(
      ArithmeticOperator operator,
      Evaluator left,
      FixedOperand operand,
      ArithmeticEvaluator general) {
    this.operator = operator;
    this.left = left;
    this.operand = operand;
    this.divides = divides(operator);
    this.general = general;
  }

  /** The same as an evaluator with this right side, but faster if it can be. */
  static Evaluator of(
      ArithmeticOperator operator,
      Evaluator left,
      FixedOperand operand,
      ArithmeticEvaluator general) {
    boolean adds = operator == ArithmeticOperator.ADD || operator == ArithmeticOperator.SUBTRACT;
    return adds || divides(operator)
        ? new IntegerOperandEvaluator(operator, left, operand, general)
        : general;
  }

  private static boolean divides(ArithmeticOperator operator) {
    return operator == ArithmeticOperator.REMAINDER || operator == ArithmeticOperator.DIVIDE;
  }

  @Override
  public int evaluate(Frame frame) {
    if (left.evaluate(frame) != StorageClass.INTEGER) {
      return general.withLeft(frame);
    }
    Register fixed = operand.value(frame);
    if (fixed.type != StorageClass.INTEGER || (divides && fixed.integer <= 0)) {
      return general.withLeft(frame);
    }
    long value = frame.integer;
    long right = fixed.integer;
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
