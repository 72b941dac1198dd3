package dev.tursojdbc.sql.value;

import dev.tursojdbc.storage.record.Register;
import dev.tursojdbc.storage.record.StorageClass;
import dev.tursojdbc.storage.record.TextEncoding;
import java.util.Arrays;

/**
 * The arithmetic and bit operators.
 *
 * <p>NULL in, NULL out. Two INTEGERs give an INTEGER, or a REAL if that overflows; a REAL operand
 * makes a REAL; texts and blobs count as the number they begin with. Division and remainder by zero
 * are NULL, and so is a result that is not a number.
 */
public final class Arithmetic {
  private Arithmetic() {}

  private static boolean areIntegers(Register left, Register right) {
    return left.type == StorageClass.INTEGER && right.type == StorageClass.INTEGER;
  }

  public static void add(Register left, Register right, Register result) {
    if (areIntegers(left, right)) {
      addIntegers(left.integer, right.integer, result);
    } else if (left.type == StorageClass.REAL && right.type == StorageClass.REAL) {
      result.setReal(left.real + right.real);
    } else if (left.isNull() || right.isNull()) {
      result.setNull();
    } else if (isInteger(left) && isInteger(right)) {
      addIntegers(NumericValue.toInteger(left), NumericValue.toInteger(right), result);
    } else {
      result.setReal(NumericValue.toReal(left) + NumericValue.toReal(right));
    }
  }

  private static void addIntegers(long left, long right, Register result) {
    long sum = left + right;
    if (((left ^ sum) & (right ^ sum)) < 0) {
      result.setReal((double) left + (double) right);
    } else {
      result.setInteger(sum);
    }
  }

  public static void subtract(Register left, Register right, Register result) {
    if (areIntegers(left, right)) {
      subtractIntegers(left.integer, right.integer, result);
    } else if (left.type == StorageClass.REAL && right.type == StorageClass.REAL) {
      result.setReal(left.real - right.real);
    } else if (left.isNull() || right.isNull()) {
      result.setNull();
    } else if (isInteger(left) && isInteger(right)) {
      subtractIntegers(NumericValue.toInteger(left), NumericValue.toInteger(right), result);
    } else {
      result.setReal(NumericValue.toReal(left) - NumericValue.toReal(right));
    }
  }

  private static void subtractIntegers(long left, long right, Register result) {
    long difference = left - right;
    if (((left ^ right) & (left ^ difference)) < 0) {
      result.setReal((double) left - (double) right);
    } else {
      result.setInteger(difference);
    }
  }

  public static void multiply(Register left, Register right, Register result) {
    if (areIntegers(left, right)) {
      multiplyIntegers(left.integer, right.integer, result);
    } else if (left.type == StorageClass.REAL && right.type == StorageClass.REAL) {
      result.setReal(left.real * right.real);
    } else if (left.isNull() || right.isNull()) {
      result.setNull();
    } else if (isInteger(left) && isInteger(right)) {
      multiplyIntegers(NumericValue.toInteger(left), NumericValue.toInteger(right), result);
    } else {
      result.setReal(NumericValue.toReal(left) * NumericValue.toReal(right));
    }
  }

  private static void multiplyIntegers(long left, long right, Register result) {
    long low = left * right;
    if (Math.multiplyHigh(left, right) == low >> 63) {
      result.setInteger(low);
    } else {
      result.setReal((double) left * (double) right);
    }
  }

  public static void divide(Register left, Register right, Register result) {
    if (left.isNull() || right.isNull()) {
      result.setNull();
    } else if (isInteger(left) && isInteger(right)) {
      long dividend = NumericValue.toInteger(left);
      long divisor = NumericValue.toInteger(right);
      if (divisor == 0) {
        result.setNull();
      } else if (divisor == -1 && dividend == Long.MIN_VALUE) {
        result.setReal(0x1p63);
      } else {
        result.setInteger(dividend / divisor);
      }
    } else {
      double divisor = NumericValue.toReal(right);
      if (divisor == 0) {
        result.setNull();
      } else {
        result.setReal(NumericValue.toReal(left) / divisor);
      }
    }
  }

  /** The remainder is that of the operands as INTEGERs, but a REAL if one of them is a REAL. */
  public static void remainder(Register left, Register right, Register result) {
    if (left.isNull() || right.isNull()) {
      result.setNull();
      return;
    }
    boolean integers = isInteger(left) && isInteger(right);
    long divisor = NumericValue.toInteger(right);
    if (divisor == 0) {
      result.setNull();
      return;
    }
    long remainder = NumericValue.toInteger(left) % divisor;
    if (integers) {
      result.setInteger(remainder);
    } else {
      result.setReal((double) remainder);
    }
  }

  /** Unary minus, which is zero less the value. */
  public static void negate(Register value, Register result) {
    if (value.isNull()) {
      result.setNull();
    } else if (isInteger(value)) {
      subtractIntegers(0, NumericValue.toInteger(value), result);
    } else {
      result.setReal(0.0 - NumericValue.toReal(value));
    }
  }

  public static void bitAnd(Register left, Register right, Register result) {
    if (left.isNull() || right.isNull()) {
      result.setNull();
    } else {
      result.setInteger(NumericValue.toInteger(left) & NumericValue.toInteger(right));
    }
  }

  public static void bitOr(Register left, Register right, Register result) {
    if (left.isNull() || right.isNull()) {
      result.setNull();
    } else {
      result.setInteger(NumericValue.toInteger(left) | NumericValue.toInteger(right));
    }
  }

  public static void bitNot(Register value, Register result) {
    if (value.isNull()) {
      result.setNull();
    } else {
      result.setInteger(~NumericValue.toInteger(value));
    }
  }

  public static void shiftLeft(Register left, Register right, Register result) {
    if (left.isNull() || right.isNull()) {
      result.setNull();
    } else {
      result.setInteger(shift(NumericValue.toInteger(left), NumericValue.toInteger(right)));
    }
  }

  public static void shiftRight(Register left, Register right, Register result) {
    if (left.isNull() || right.isNull()) {
      result.setNull();
    } else {
      // Negating the smallest INTEGER leaves it negative, but a shift by that much gives no bits
      // of the value either way, save for the sign.
      long count = NumericValue.toInteger(right);
      long negated = count == Long.MIN_VALUE ? Long.MAX_VALUE : -count;
      result.setInteger(shift(NumericValue.toInteger(left), negated));
    }
  }

  /** Shifts to the left, by a negative count to the right, with the sign; by any count. */
  private static long shift(long value, long count) {
    if (count >= 0) {
      return count < Long.SIZE ? value << count : 0;
    }
    return count > -Long.SIZE ? value >> -count : value >> (Long.SIZE - 1);
  }

  /**
   * The operator {@code ||}: both as text, one behind the other. The result is TEXT even if both
   * are blobs.
   *
   * @param encoding of the database, in which a blob's bytes are text
   * @param lengthLimit most bytes in the result; more fail as TOOBIG
   */
  public static void concatenate(
      Register left, Register right, TextEncoding encoding, int lengthLimit, Register result) {
    if (left.isNull() || right.isNull()) {
      result.setNull();
      return;
    }
    long expected = (long) expectedLength(left) + expectedLength(right);
    TextBuilder text = new TextBuilder(lengthLimit, (int) Math.min(expected, lengthLimit));
    if (encoding != TextEncoding.UTF8
        && (left.type == StorageClass.BLOB || right.type == StorageClass.BLOB)) {
      concatenateBytes(left, right, encoding, text);
    } else {
      ValueText.append(left, text);
      ValueText.append(right, text);
    }
    text.toText(result);
  }

  /** In UTF-16 the bytes are what counts: behind a blob of odd length all characters are others. */
  private static void concatenateBytes(
      Register left, Register right, TextEncoding encoding, TextBuilder target) {
    byte[] first = bytes(left, encoding);
    byte[] second = bytes(right, encoding);
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    Register text = new Register();
    text.setText(encoding.toUtf8(both, 0, both.length));
    target.append(text);
  }

  private static byte[] bytes(Register value, TextEncoding encoding) {
    Register text = new Register();
    ValueText.read(value, text);
    return value.type == StorageClass.BLOB
        ? Arrays.copyOfRange(text.bytes, text.offset, text.offset + text.length)
        : encoding.fromUtf8(text.bytes, text.offset, text.length);
  }

  private static int expectedLength(Register value) {
    return value.type >= StorageClass.TEXT ? value.length : 24;
  }

  /** Whether an operand counts as INTEGER; it is not NULL. */
  private static boolean isInteger(Register value) {
    if (value.type == StorageClass.INTEGER) {
      return true;
    }
    if (value.type == StorageClass.REAL) {
      return false;
    }
    Register number = new Register();
    return NumericValue.toNumber(value, number) == StorageClass.INTEGER;
  }
}
