package dev.tursojdbc.sql.exec;

import dev.tursojdbc.sql.plan.ChangePlan;
import dev.tursojdbc.sql.schema.Table;
import dev.tursojdbc.storage.record.Register;
import org.jspecify.annotations.Nullable;

/**
 * INSERT: computes row after row and hands each to the table.
 *
 * <p>For a single row of parameters nothing is allocated here: values go from the parameters into
 * the row's registers, from there into the encoder's buffer, and from there into the page.
 */
final class InsertOperation extends ChangeOperation implements InsertedRows.Target {
  private final ChangePlan.Insert plan;
  private final Table table;
  private final TableChanger changer;
  private final InsertedRows rows;
  private final int[] columns;
  private final @Nullable RowidSequence sequence;
  private final @Nullable UpsertOperation upsert;
  private final FiredTriggers triggers;

  InsertOperation(
      ChangePlan.Insert plan,
      TableChanger changer,
      InsertedRows rows,
      @Nullable RowidSequence sequence,
      @Nullable UpsertOperation upsert,
      FiredTriggers triggers,
      ChangeContext context,
      Frame frame,
      EvaluatorBuilder builder) {
    super(plan, context, frame, builder);
    this.plan = plan;
    this.table = plan.target().table();
    this.changer = changer;
    this.rows = rows;
    this.sequence = sequence;
    this.upsert = upsert;
    this.triggers = triggers;
    this.columns = plan.columns().stream().mapToInt(Integer::intValue).toArray();
  }

  @Override
  void change() {
    if (sequence != null) {
      sequence.begin();
    }
    rows.forEach(this);
  }

  @Override
  public void insert(Evaluator[] values, Frame valueFrame) {
    ChangedRow row = changer.newRow();
    for (int i = 0; i < columns.length; i++) {
      int position = columns[i];
      if (position >= 0) {
        values[position].into(valueFrame, row.registers().column(i));
        if (rows.readsPages()) {
          SameValues.own(row.registers().column(i));
        }
      } else if (i != table.rowidColumn()) {
        row.setDefault(frame, i);
      }
    }
    if (triggers.hasBefore() && !fireBefore(values, valueFrame, row)) {
      return;
    }
    if (table.hasRowid()) {
      setRowid(values, valueFrame, row.rowid());
    }
    write(row);
  }

  /** A rowid that is not chosen yet is -1 to BEFORE triggers. */
  private boolean fireBefore(Evaluator[] values, Frame valueFrame, ChangedRow row) {
    if (table.hasRowid()) {
      setGivenRowid(values, valueFrame, row.rowid());
      if (row.rowid().isNull()) {
        row.rowid().setInteger(-1);
      }
    }
    changer.convertNew();
    return triggers.fireBefore();
  }

  private void setGivenRowid(Evaluator[] values, Frame valueFrame, Register rowid) {
    if (plan.rowid() >= 0) {
      values[plan.rowid()].into(valueFrame, rowid);
      RowidValue.convert(rowid);
    } else {
      rowid.setNull();
    }
  }

  private void setRowid(Evaluator[] values, Frame valueFrame, Register rowid) {
    setGivenRowid(values, valueFrame, rowid);
    RowidSequence counter = sequence;
    if (counter != null) {
      counter.assign(rowid);
    } else if (rowid.isNull()) {
      rowid.setInteger(changer.newRowid());
    }
  }

  private void write(ChangedRow row) {
    UpsertOperation onConflict = upsert;
    if (onConflict != null) {
      onConflict.begin();
    }
    if (changer.insert() == TableChanger.Outcome.WRITTEN) {
      if (table.hasRowid()) {
        context.setLastInsertRowid(row.rowid().integer);
      }
      changed(row, triggers);
    } else if (onConflict != null && onConflict.hasUpdated()) {
      updatedInstead++;
      onConflict.reportTo(this);
    }
  }
}
