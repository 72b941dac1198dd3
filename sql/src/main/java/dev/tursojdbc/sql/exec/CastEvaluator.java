package dev.tursojdbc.sql.exec;

import dev.tursojdbc.sql.value.Affinity;
import dev.tursojdbc.sql.value.Cast;

/** CAST. */
final class CastEvaluator extends Evaluator {
  private final Evaluator operand;
  private final Affinity target;

  CastEvaluator(Evaluator operand, Affinity target) {
    this.operand = operand;
    this.target = target;
  }

  @Override
  public int evaluate(Frame frame) {
    operand.evaluate(frame);
    Cast.cast(frame, target, frame.call().encoding(), frame);
    return frame.type;
  }
}
