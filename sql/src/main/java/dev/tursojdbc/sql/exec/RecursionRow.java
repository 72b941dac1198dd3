package dev.tursojdbc.sql.exec;

import dev.tursojdbc.sql.bind.BoundExpression;
import dev.tursojdbc.storage.record.Register;

/** The row that a recursive query runs over. */
final class RecursionRow implements RowBinding {
  private final Register[] values;

  RecursionRow(int columnCount) {
    values = Registers.of(columnCount);
  }

  Register[] values() {
    return values;
  }

  @Override
  public Evaluator column(BoundExpression.Column column) {
    return new RegisterEvaluator(values[column.column()]);
  }
}
