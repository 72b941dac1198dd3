package dev.tursojdbc.sql.exec;

import dev.tursojdbc.sql.value.NumericValue;
import dev.tursojdbc.storage.record.Register;
import dev.tursojdbc.storage.record.StorageClass;

/**
 * An expression compiled for one statement: its columns are bound to cursors and registers, its
 * affinities and collations to code.
 *
 * <p>Evaluating changes nothing but the frame's value and what the evaluator keeps for itself.
 */
public abstract class Evaluator {

  /** What {@link #test} answers for true, false and NULL. */
  static final int TRUE = 1;

  static final int FALSE = 0;
  static final int UNKNOWN = -1;

  /**
   * Computes the value and leaves it in the frame.
   *
   * @return its storage class, which is also in the frame
   */
  public abstract int evaluate(Frame frame);

  /** The value as a condition: 1 true, 0 false, -1 NULL. */
  public int test(Frame frame) {
    switch (evaluate(frame)) {
      case StorageClass.NULL:
        return UNKNOWN;
      case StorageClass.INTEGER:
        return frame.integer != 0 ? TRUE : FALSE;
      case StorageClass.REAL:
        return frame.real != 0 ? TRUE : FALSE;
      default:
        return NumericValue.toReal(frame) != 0 ? TRUE : FALSE;
    }
  }

  /** Computes the value into a register. Bytes are shared with wherever they come from. */
  public final void into(Frame frame, Register target) {
    evaluate(frame);
    target.set(frame);
  }

  static int integer(Frame frame, long value) {
    frame.type = StorageClass.INTEGER;
    frame.integer = value;
    return StorageClass.INTEGER;
  }

  static int nothing(Frame frame) {
    frame.type = StorageClass.NULL;
    return StorageClass.NULL;
  }

  /** A test's answer as a value. */
  static int truth(Frame frame, int test) {
    return test < 0 ? nothing(frame) : integer(frame, test);
  }
}
