package dev.tursojdbc.sql.exec;

import dev.tursojdbc.sql.plan.ChangePlan;
import dev.tursojdbc.storage.error.ErrorCode;
import dev.tursojdbc.storage.error.TursoException;
import dev.tursojdbc.storage.record.Register;
import java.util.List;

/** Gives the old row of a {@link TableChanger} new values in some columns, and writes it. */
final class RowUpdater {
  private final TableChanger changer;
  private final FiredTriggers triggers;

  RowUpdater(TableChanger changer, FiredTriggers triggers) {
    this.changer = changer;
    this.triggers = triggers;
  }

  TableChanger changer() {
    return changer;
  }

  FiredTriggers triggers() {
    return triggers;
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
    boolean rowid = false;
    for (int i = 0; i < values.length; i++) {
      int column = assignments.get(i).column();
      boolean isRowid = column == ChangePlan.ColumnAssignment.ROWID;
      rowid |= isRowid;
      Register target = isRowid ? row.rowid() : row.column(column);
      values[i].into(frame, target);
      SameValues.own(target);
    }
    if (rowid) {
      // Only the last of several values has to be one.
      RowidValue.convert(row.rowid());
      if (row.rowid().isNull()) {
        throw new TursoException(ErrorCode.MISMATCH);
      }
    }
    if (triggers.hasBefore() && !fireBefore(assignments)) {
      return TableChanger.Outcome.IGNORED;
    }
    return changer.update();
  }

  /** A trigger may have changed the row meanwhile: what is not assigned to is read again. */
  private boolean fireBefore(List<ChangePlan.ColumnAssignment> assignments) {
    changer.convertNew();
    triggers.keepOld(changer.oldRow());
    if (!triggers.fireBefore() || !changer.readOld()) {
      return false;
    }
    ChangedRow row = changer.newRow();
    for (int i = 0; i < row.table().columnCount(); i++) {
      int column = i;
      if (column != row.table().rowidColumn()
          && assignments.stream().noneMatch(assignment -> assignment.column() == column)) {
        row.column(i).set(changer.oldRow().column(i));
      }
    }
    return true;
  }
}
