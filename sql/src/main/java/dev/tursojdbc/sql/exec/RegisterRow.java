package dev.tursojdbc.sql.exec;

import dev.tursojdbc.sql.bind.BoundExpression;
import dev.tursojdbc.storage.record.Register;

/**
 * A row held in registers: the row that a constraint looks at, OLD, NEW, excluded, or one that an
 * operator keeps.
 */
final class RegisterRow implements RowBinding {
  private final Register rowid = new Register();
  private final Register[] columns;

  public RegisterRow(int columnCount) {
    columns = new Register[columnCount];
    for (int i = 0; i < columnCount; i++) {
      columns[i] = new Register();
    }
  }

  /** The rowid; also what reading the INTEGER PRIMARY KEY column answers. */
  public Register rowid() {
    return rowid;
  }

  public Register column(int index) {
    return columns[index];
  }

  /** All columns in order; the array itself. */
  public Register[] columns() {
    return columns;
  }

  @Override
  public Evaluator column(BoundExpression.Column column) {
    return new RegisterEvaluator(column.isRowid() ? rowid : columns[column.column()]);
  }
}
