package dev.tursojdbc.sql.exec;

/** An evaluator whose value is true, false or NULL. */
abstract class Condition extends Evaluator {
  @Override
  public final int evaluate(Frame frame) {
    return truth(frame, test(frame));
  }

  @Override
  public abstract int test(Frame frame);
}
