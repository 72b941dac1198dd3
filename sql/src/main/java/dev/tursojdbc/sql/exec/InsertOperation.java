package dev.tursojdbc.sql.exec;

import dev.tursojdbc.sql.bind.BoundExpression;
import dev.tursojdbc.sql.plan.ChangePlan;
import dev.tursojdbc.sql.schema.Table;
import dev.tursojdbc.storage.record.Register;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * INSERT: computes row after row and hands each to the table.
 *
 * <p>For a single row of parameters nothing is allocated here: values go from the parameters into
 * the row's registers, from there into the encoder's buffer, and from there into the page.
 */
final class InsertOperation extends ChangeOperation {
  private final ChangePlan.Insert plan;
  private final Table table;
  private final TableChanger changer;
  private final Evaluator[][] rows;
  private final @Nullable RunnableQuery query;
  private final Frame queryFrame;
  private final int[] columns;
  private final @Nullable RowidSequence sequence;
  private final @Nullable UpsertOperation upsert;

  /** Whether values may come from pages that this statement changes, and have to be copied. */
  private final boolean copiesValues;

  /**
   * @param query gives the rows, if the plan has a query
   * @param queryFrame runs the query over pages that do not change
   */
  InsertOperation(
      ChangePlan.Insert plan,
      TableChanger changer,
      @Nullable RunnableQuery query,
      Frame queryFrame,
      @Nullable RowidSequence sequence,
      @Nullable UpsertOperation upsert,
      ChangeContext context,
      Frame frame,
      EvaluatorBuilder builder) {
    super(plan, context, frame, builder);
    this.plan = plan;
    this.table = plan.target().table();
    this.changer = changer;
    this.query = query;
    this.queryFrame = queryFrame;
    this.sequence = sequence;
    this.upsert = upsert;
    this.columns = plan.columns().stream().mapToInt(Integer::intValue).toArray();
    this.rows = new Evaluator[plan.rows().size()][];
    boolean copies = false;
    for (int i = 0; i < rows.length; i++) {
      List<BoundExpression> row = plan.rows().get(i);
      rows[i] = builder.build(row);
      copies |= row.stream().anyMatch(LiveValues::mayReadPages);
    }
    this.copiesValues = copies;
  }

  @Override
  void change() {
    RowidSequence counter = sequence;
    if (counter != null) {
      counter.begin();
    }
    RunnableQuery source = query;
    if (source == null) {
      for (Evaluator[] row : rows) {
        insert(row, frame);
      }
    } else {
      source.open(queryFrame);
      while (source.next(queryFrame)) {
        insert(source.columns(), queryFrame);
      }
    }
    if (counter != null) {
      counter.end();
    }
  }

  private void insert(Evaluator[] values, Frame valueFrame) {
    ChangedRow row = changer.newRow();
    for (int i = 0; i < columns.length; i++) {
      int position = columns[i];
      if (position >= 0) {
        values[position].into(valueFrame, row.registers().column(i));
        if (copiesValues) {
          SameValues.own(row.registers().column(i));
        }
      } else if (i != table.rowidColumn()) {
        row.setDefault(frame, i);
      }
    }
    if (table.hasRowid()) {
      setRowid(values, valueFrame, row.rowid());
    }
    write(row);
  }

  private void setRowid(Evaluator[] values, Frame valueFrame, Register rowid) {
    if (plan.rowid() >= 0) {
      values[plan.rowid()].into(valueFrame, rowid);
      RowidValue.convert(rowid);
    } else {
      rowid.setNull();
    }
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
      changed(row);
    } else if (onConflict != null && onConflict.hasUpdated()) {
      updatedInstead++;
      changed(onConflict.updatedRow());
    }
  }
}
