package dev.tursojdbc.sql.exec;

import dev.tursojdbc.sql.bind.UnaryOperator;
import dev.tursojdbc.sql.value.Arithmetic;
import dev.tursojdbc.sql.value.NumericValue;
import dev.tursojdbc.storage.record.Register;
import dev.tursojdbc.storage.record.StorageClass;
import dev.tursojdbc.storage.record.TextEncoding;

/** Minus and complement. */
final class UnaryEvaluator extends Evaluator {
  private final boolean negate;
  private final Evaluator operand;
  private final Register value = new Register();

  private UnaryEvaluator(boolean negate, Evaluator operand) {
    this.negate = negate;
    this.operand = operand;
  }

  static Evaluator of(UnaryOperator operator, Evaluator operand) {
    return operator == UnaryOperator.PLUS
        ? operand
        : new UnaryEvaluator(operator == UnaryOperator.NEGATE, operand);
  }

  @Override
  public int evaluate(Frame frame) {
    int type = operand.evaluate(frame);
    if (type == StorageClass.NULL) {
      return type;
    }
    value.set(frame);
    if (type >= StorageClass.TEXT && frame.call().encoding() != TextEncoding.UTF8) {
      NumericValue.readUtf16(value, frame.call().encoding());
    }
    if (negate) {
      Arithmetic.negate(value, frame);
    } else {
      Arithmetic.bitNot(value, frame);
    }
    return frame.type;
  }
}
