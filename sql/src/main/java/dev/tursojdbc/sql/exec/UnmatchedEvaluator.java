package dev.tursojdbc.sql.exec;

import dev.tursojdbc.storage.record.StorageClass;

/** A value that is NULL with the row of an outer join that found no partner. */
final class UnmatchedEvaluator extends Evaluator {
  private final NullableRow row;
  private final Evaluator operand;

  UnmatchedEvaluator(NullableRow row, Evaluator operand) {
    this.row = row;
    this.operand = operand;
  }

  @Override
  public int evaluate(Frame frame) {
    if (row.isNullRow()) {
      frame.type = StorageClass.NULL;
      return StorageClass.NULL;
    }
    return operand.evaluate(frame);
  }
}
