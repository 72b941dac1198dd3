package dev.tursojdbc.sql.exec;

import dev.tursojdbc.sql.plan.ChangePlan;
import dev.tursojdbc.storage.error.ErrorCode;
import dev.tursojdbc.storage.error.TursoException;
import dev.tursojdbc.storage.record.Register;
import java.util.List;

/** Gives the old row of a {@link TableChanger} new values in some columns, and writes it. */
final class RowUpdater {
  private final TableChanger changer;

  RowUpdater(TableChanger changer) {
    this.changer = changer;
  }

  TableChanger changer() {
    return changer;
  }

  /**
   * Updates the old row, which has been read.
   *
   * @param values of the assignments, in their order
   */
  TableChanger.Outcome update(
      List<ChangePlan.ColumnAssignment> assignments, Evaluator[] values, Frame frame) {
    ChangedRow row = changer.newRow();
    row.copyFrom(changer.oldRow());
    for (int i = 0; i < values.length; i++) {
      int column = assignments.get(i).column();
      Register target =
          column == ChangePlan.ColumnAssignment.ROWID ? row.rowid() : row.column(column);
      values[i].into(frame, target);
      SameValues.own(target);
      if (column == ChangePlan.ColumnAssignment.ROWID) {
        RowidValue.convert(target);
        if (target.isNull()) {
          throw new TursoException(ErrorCode.MISMATCH);
        }
      }
    }
    return changer.update();
  }
}
