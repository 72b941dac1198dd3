package dev.tursojdbc.sql.exec;

import dev.tursojdbc.storage.record.StorageClass;

/** The first value that is not NULL. */
final class CoalesceEvaluator extends Evaluator {
  private final Evaluator[] arguments;

  CoalesceEvaluator(Evaluator[] arguments) {
    this.arguments = arguments;
  }

  @Override
  public int evaluate(Frame frame) {
    int type = StorageClass.NULL;
    for (Evaluator argument : arguments) {
      type = argument.evaluate(frame);
      if (type != StorageClass.NULL) {
        return type;
      }
    }
    return type;
  }
}
