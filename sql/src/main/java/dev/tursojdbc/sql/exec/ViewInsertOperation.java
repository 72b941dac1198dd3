package dev.tursojdbc.sql.exec;

import dev.tursojdbc.sql.plan.ChangePlan;

/** INSERT into a view: its triggers fire for each row, and nothing else is done. */
final class ViewInsertOperation extends ChangeOperation {
  private final int[] columns;
  private final InsertedRows rows;
  private final ChangedRow newRow;
  private final FiredTriggers triggers;

  ViewInsertOperation(
      ChangePlan.Insert plan,
      InsertedRows rows,
      ChangedRow newRow,
      FiredTriggers triggers,
      ChangeBuilder builder) {
    super(plan, builder.context(), builder.live(), builder.evaluators());
    this.columns = plan.columns().stream().mapToInt(Integer::intValue).toArray();
    this.rows = rows;
    this.newRow = newRow;
    this.triggers = triggers;
  }

  @Override
  void change() {
    rows.forEach(this::insert);
  }

  private void insert(Evaluator[] values, Frame valueFrame) {
    for (int i = 0; i < columns.length; i++) {
      if (columns[i] >= 0) {
        values[columns[i]].into(valueFrame, newRow.column(i));
        SameValues.own(newRow.column(i));
      } else {
        newRow.column(i).setNull();
      }
    }
    if (triggers.fireBefore()) {
      show(newRow);
    }
  }
}
