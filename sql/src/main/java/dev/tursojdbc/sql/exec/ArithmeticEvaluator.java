package dev.tursojdbc.sql.exec;

import dev.tursojdbc.sql.bind.ArithmeticOperator;
import dev.tursojdbc.sql.value.Arithmetic;
import dev.tursojdbc.sql.value.NumericValue;
import dev.tursojdbc.storage.record.Register;
import dev.tursojdbc.storage.record.StorageClass;
import dev.tursojdbc.storage.record.TextEncoding;

/**
 * Operators between two values. Two INTEGERs that do not overflow are computed in locals; all else
 * goes through {@link Arithmetic}.
 *
 * <p>The evaluate methods of the five that calculate are alike on purpose: in a method of its own
 * each has call sites of its own, which see only the operands that this operator has.
 */
abstract class ArithmeticEvaluator extends Evaluator {
  final Evaluator left;
  final Evaluator right;
  final Register leftValue = new Register();
  final Register rightValue = new Register();

  ArithmeticEvaluator(Evaluator left, Evaluator right) {
    this.left = left;
    this.right = right;
  }

  static Evaluator of(ArithmeticOperator operator, Evaluator left, Evaluator right) {
    ArithmeticEvaluator general = general(operator, left, right);
    FixedOperand fixed = FixedOperand.of(right);
    return fixed == null ? general : IntegerOperandEvaluator.of(operator, left, fixed, general);
  }

  private static ArithmeticEvaluator general(
      ArithmeticOperator operator, Evaluator left, Evaluator right) {
    return switch (operator) {
      case ADD -> new Add(left, right);
      case SUBTRACT -> new Subtract(left, right);
      case MULTIPLY -> new Multiply(left, right);
      case DIVIDE -> new Divide(left, right);
      case REMAINDER -> new Remainder(left, right);
      case BIT_AND -> new BitAnd(left, right);
      case BIT_OR -> new BitOr(left, right);
      case SHIFT_LEFT -> new ShiftLeft(left, right);
      case SHIFT_RIGHT -> new ShiftRight(left, right);
      case CONCATENATE -> new Concatenate(left, right);
    };
  }

  /** Computes from {@link #leftValue} and {@link #rightValue} into the frame. */
  abstract void compute(Frame frame);

  /** The left value is in its register, the right one in the frame. */
  final int slow(Frame frame) {
    rightValue.set(frame);
    if (leftValue.type >= StorageClass.TEXT || rightValue.type >= StorageClass.TEXT) {
      prepareTexts(frame.call().encoding());
    }
    compute(frame);
    return frame.type;
  }

  /** Reads operands that are texts or blobs as the encoding of the database wants it. */
  void prepareTexts(TextEncoding encoding) {
    if (encoding != TextEncoding.UTF8) {
      NumericValue.readUtf16(leftValue, encoding);
      NumericValue.readUtf16(rightValue, encoding);
    }
  }

  @Override
  public int evaluate(Frame frame) {
    left.evaluate(frame);
    return withLeft(frame);
  }

  /** Computes with the left value that is already in the frame. */
  final int withLeft(Frame frame) {
    leftValue.set(frame);
    right.evaluate(frame);
    return slow(frame);
  }

  static final class Add extends ArithmeticEvaluator {
    Add(Evaluator left, Evaluator right) {
      super(left, right);
    }

    @Override
    public int evaluate(Frame frame) {
      if (left.evaluate(frame) == StorageClass.INTEGER) {
        long a = frame.integer;
        if (right.evaluate(frame) == StorageClass.INTEGER) {
          long b = frame.integer;
          long r = a + b;
          if (((a ^ r) & (b ^ r)) >= 0) {
            frame.integer = r;
            return StorageClass.INTEGER;
          }
        }
        leftValue.setInteger(a);
        return slow(frame);
      }
      leftValue.set(frame);
      right.evaluate(frame);
      return slow(frame);
    }

    @Override
    void compute(Frame frame) {
      Arithmetic.add(leftValue, rightValue, frame);
    }
  }

  static final class Subtract extends ArithmeticEvaluator {
    Subtract(Evaluator left, Evaluator right) {
      super(left, right);
    }

    @Override
    public int evaluate(Frame frame) {
      if (left.evaluate(frame) == StorageClass.INTEGER) {
        long a = frame.integer;
        if (right.evaluate(frame) == StorageClass.INTEGER) {
          long b = frame.integer;
          long r = a - b;
          if (((a ^ b) & (a ^ r)) >= 0) {
            frame.integer = r;
            return StorageClass.INTEGER;
          }
        }
        leftValue.setInteger(a);
        return slow(frame);
      }
      leftValue.set(frame);
      right.evaluate(frame);
      return slow(frame);
    }

    @Override
    void compute(Frame frame) {
      Arithmetic.subtract(leftValue, rightValue, frame);
    }
  }

  static final class Multiply extends ArithmeticEvaluator {
    Multiply(Evaluator left, Evaluator right) {
      super(left, right);
    }

    @Override
    public int evaluate(Frame frame) {
      if (left.evaluate(frame) == StorageClass.INTEGER) {
        long a = frame.integer;
        if (right.evaluate(frame) == StorageClass.INTEGER) {
          long b = frame.integer;
          long r = a * b;
          if (Math.multiplyHigh(a, b) == r >> 63) {
            frame.integer = r;
            return StorageClass.INTEGER;
          }
        }
        leftValue.setInteger(a);
        return slow(frame);
      }
      leftValue.set(frame);
      right.evaluate(frame);
      return slow(frame);
    }

    @Override
    void compute(Frame frame) {
      Arithmetic.multiply(leftValue, rightValue, frame);
    }
  }

  static final class Divide extends ArithmeticEvaluator {
    Divide(Evaluator left, Evaluator right) {
      super(left, right);
    }

    @Override
    public int evaluate(Frame frame) {
      if (left.evaluate(frame) == StorageClass.INTEGER) {
        long a = frame.integer;
        if (right.evaluate(frame) == StorageClass.INTEGER) {
          long b = frame.integer;
          long r = b == 0 ? 0 : a / b;
          if (b != 0 && b != -1) {
            frame.integer = r;
            return StorageClass.INTEGER;
          }
        }
        leftValue.setInteger(a);
        return slow(frame);
      }
      leftValue.set(frame);
      right.evaluate(frame);
      return slow(frame);
    }

    @Override
    void compute(Frame frame) {
      Arithmetic.divide(leftValue, rightValue, frame);
    }
  }

  static final class Remainder extends ArithmeticEvaluator {
    Remainder(Evaluator left, Evaluator right) {
      super(left, right);
    }

    @Override
    public int evaluate(Frame frame) {
      if (left.evaluate(frame) == StorageClass.INTEGER) {
        long a = frame.integer;
        if (right.evaluate(frame) == StorageClass.INTEGER) {
          long b = frame.integer;
          long r = b == 0 ? 0 : a % b;
          if (b != 0 && b != -1) {
            frame.integer = r;
            return StorageClass.INTEGER;
          }
        }
        leftValue.setInteger(a);
        return slow(frame);
      }
      leftValue.set(frame);
      right.evaluate(frame);
      return slow(frame);
    }

    @Override
    void compute(Frame frame) {
      Arithmetic.remainder(leftValue, rightValue, frame);
    }
  }

  static final class BitAnd extends ArithmeticEvaluator {
    BitAnd(Evaluator left, Evaluator right) {
      super(left, right);
    }

    @Override
    void compute(Frame frame) {
      Arithmetic.bitAnd(leftValue, rightValue, frame);
    }
  }

  static final class BitOr extends ArithmeticEvaluator {
    BitOr(Evaluator left, Evaluator right) {
      super(left, right);
    }

    @Override
    void compute(Frame frame) {
      Arithmetic.bitOr(leftValue, rightValue, frame);
    }
  }

  static final class ShiftLeft extends ArithmeticEvaluator {
    ShiftLeft(Evaluator left, Evaluator right) {
      super(left, right);
    }

    @Override
    void compute(Frame frame) {
      Arithmetic.shiftLeft(leftValue, rightValue, frame);
    }
  }

  static final class ShiftRight extends ArithmeticEvaluator {
    ShiftRight(Evaluator left, Evaluator right) {
      super(left, right);
    }

    @Override
    void compute(Frame frame) {
      Arithmetic.shiftRight(leftValue, rightValue, frame);
    }
  }

  static final class Concatenate extends ArithmeticEvaluator {
    Concatenate(Evaluator left, Evaluator right) {
      super(left, right);
    }

    @Override
    void prepareTexts(TextEncoding encoding) {
      // They are not taken as numbers.
    }

    @Override
    void compute(Frame frame) {
      Arithmetic.concatenate(
          leftValue, rightValue, frame.call().encoding(), frame.call().lengthLimit(), frame);
    }
  }
}
