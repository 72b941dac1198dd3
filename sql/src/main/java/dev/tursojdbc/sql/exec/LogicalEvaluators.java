package dev.tursojdbc.sql.exec;

import dev.tursojdbc.storage.record.StorageClass;

/** Conditions made of conditions, in three-valued logic. */
final class LogicalEvaluators {
  private LogicalEvaluators() {}

  /** False if one side is, whatever the other. */
  static final class And extends Condition {
    private final Evaluator left;
    private final Evaluator right;

    And(Evaluator left, Evaluator right) {
      this.left = left;
      this.right = right;
    }

    @Override
    public int test(Frame frame) {
      int first = left.test(frame);
      if (first == FALSE) {
        return FALSE;
      }
      int second = right.test(frame);
      return first == TRUE || second == FALSE ? second : UNKNOWN;
    }
  }

  /** True if one side is, whatever the other. */
  static final class Or extends Condition {
    private final Evaluator left;
    private final Evaluator right;

    Or(Evaluator left, Evaluator right) {
      this.left = left;
      this.right = right;
    }

    @Override
    public int test(Frame frame) {
      int first = left.test(frame);
      if (first == TRUE) {
        return TRUE;
      }
      int second = right.test(frame);
      return first == FALSE || second == TRUE ? second : UNKNOWN;
    }
  }

  /** True for false, false for true. */
  static final class Not extends Condition {
    private final Evaluator operand;

    Not(Evaluator operand) {
      this.operand = operand;
    }

    @Override
    public int test(Frame frame) {
      int value = operand.test(frame);
      return value < 0 ? UNKNOWN : 1 - value;
    }
  }

  /** IS NULL and NOT NULL. */
  static final class IsNull extends Condition {
    private final Evaluator operand;
    private final boolean negated;

    IsNull(Evaluator operand, boolean negated) {
      this.operand = operand;
      this.negated = negated;
    }

    @Override
    public int test(Frame frame) {
      return (operand.evaluate(frame) == StorageClass.NULL) != negated ? TRUE : FALSE;
    }
  }

  /** IS TRUE and its like, which are never NULL. */
  static final class IsTruth extends Condition {
    private final Evaluator operand;
    private final int truth;
    private final boolean negated;

    IsTruth(Evaluator operand, boolean truth, boolean negated) {
      this.operand = operand;
      this.truth = truth ? TRUE : FALSE;
      this.negated = negated;
    }

    @Override
    public int test(Frame frame) {
      return (operand.test(frame) == truth) != negated ? TRUE : FALSE;
    }
  }
}
