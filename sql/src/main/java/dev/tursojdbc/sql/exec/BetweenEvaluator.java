package dev.tursojdbc.sql.exec;

import dev.tursojdbc.sql.bind.BoundCondition;
import dev.tursojdbc.sql.value.Affinity;
import dev.tursojdbc.sql.value.Comparison;
import dev.tursojdbc.storage.record.Collation;
import dev.tursojdbc.storage.record.Register;

/** low &lt;= operand AND operand &lt;= high, in three-valued logic. */
final class BetweenEvaluator extends Condition {
  private final Evaluator operand;
  private final Evaluator low;
  private final Evaluator high;
  private final Affinity lowConversion;
  private final Affinity highConversion;
  private final Collation lowCollation;
  private final Collation highCollation;
  private final Register value = new Register();

  BetweenEvaluator(
      BoundCondition.Between between, Evaluator operand, Evaluator low, Evaluator high) {
    this.operand = operand;
    this.low = low;
    this.high = high;
    this.lowConversion = between.lowConversion();
    this.highConversion = between.highConversion();
    this.lowCollation = between.lowCollation();
    this.highCollation = between.highCollation();
  }

  @Override
  public int test(Frame frame) {
    operand.into(frame, value);
    if (value.isNull()) {
      return UNKNOWN;
    }
    low.evaluate(frame);
    boolean unknown = frame.isNull();
    if (!unknown && Comparison.compare(value, frame, lowConversion, lowCollation) < 0) {
      return FALSE;
    }
    high.evaluate(frame);
    if (frame.isNull()) {
      return UNKNOWN;
    }
    if (Comparison.compare(value, frame, highConversion, highCollation) > 0) {
      return FALSE;
    }
    return unknown ? UNKNOWN : TRUE;
  }
}
