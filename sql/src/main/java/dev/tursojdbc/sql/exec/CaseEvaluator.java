package dev.tursojdbc.sql.exec;

import dev.tursojdbc.sql.value.Affinity;
import dev.tursojdbc.sql.value.Comparison;
import dev.tursojdbc.storage.record.Collation;
import dev.tursojdbc.storage.record.Register;
import org.jspecify.annotations.Nullable;

/** CASE: the result of the first branch that applies. */
final class CaseEvaluator extends Evaluator {
  private final @Nullable Evaluator base;
  private final Evaluator[] conditions;
  private final Evaluator[] results;
  private final Affinity[] conversions;
  private final Collation[] collations;
  private final @Nullable Evaluator otherwise;
  private final Register value = new Register();

  CaseEvaluator(
      @Nullable Evaluator base,
      Evaluator[] conditions,
      Evaluator[] results,
      Affinity[] conversions,
      Collation[] collations,
      @Nullable Evaluator otherwise) {
    this.base = base;
    this.conditions = conditions;
    this.results = results;
    this.conversions = conversions;
    this.collations = collations;
    this.otherwise = otherwise;
  }

  @Override
  public int evaluate(Frame frame) {
    Evaluator compared = base;
    if (compared != null) {
      compared.into(frame, value);
    }
    for (int i = 0; i < conditions.length; i++) {
      if (compared == null ? conditions[i].test(frame) == TRUE : equalsBase(frame, i)) {
        return results[i].evaluate(frame);
      }
    }
    return otherwise == null ? nothing(frame) : otherwise.evaluate(frame);
  }

  private boolean equalsBase(Frame frame, int branch) {
    if (value.isNull()) {
      return false;
    }
    conditions[branch].evaluate(frame);
    return !frame.isNull()
        && Comparison.compare(value, frame, conversions[branch], collations[branch]) == 0;
  }
}
