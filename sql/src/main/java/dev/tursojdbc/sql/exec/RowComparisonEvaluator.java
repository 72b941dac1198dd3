package dev.tursojdbc.sql.exec;

import dev.tursojdbc.sql.bind.ComparisonOperator;
import dev.tursojdbc.sql.value.Affinity;
import dev.tursojdbc.sql.value.Comparison;
import dev.tursojdbc.storage.record.Collation;
import dev.tursojdbc.storage.record.Register;

/**
 * A comparison of row values: the first elements that differ decide. A NULL before that makes it
 * NULL, except that rows with elements that differ are not equal whatever else is NULL.
 */
final class RowComparisonEvaluator extends Condition {
  private final ComparisonOperator operator;
  private final Evaluator[] left;
  private final Evaluator[] right;
  private final Affinity[] conversions;
  private final Collation[] collations;
  private final Register leftValue = new Register();

  RowComparisonEvaluator(
      ComparisonOperator operator,
      Evaluator[] left,
      Evaluator[] right,
      Affinity[] conversions,
      Collation[] collations) {
    this.operator = operator;
    this.left = left;
    this.right = right;
    this.conversions = conversions;
    this.collations = collations;
  }

  @Override
  public int test(Frame frame) {
    boolean nullsCompare =
        operator == ComparisonOperator.IS || operator == ComparisonOperator.IS_NOT;
    boolean equality =
        operator == ComparisonOperator.EQUAL || operator == ComparisonOperator.NOT_EQUAL;
    boolean unknown = false;
    for (int i = 0; i < left.length; i++) {
      left[i].into(frame, leftValue);
      right[i].evaluate(frame);
      int order;
      if (leftValue.isNull() || frame.isNull()) {
        if (!nullsCompare) {
          if (!equality) {
            return UNKNOWN;
          }
          unknown = true;
          continue;
        }
        order = leftValue.isNull() == frame.isNull() ? 0 : 1;
      } else {
        order = Comparison.compare(leftValue, frame, conversions[i], collations[i]);
      }
      if (order != 0) {
        return operator.holds(order) ? TRUE : FALSE;
      }
    }
    return unknown ? UNKNOWN : operator.holds(0) ? TRUE : FALSE;
  }
}
