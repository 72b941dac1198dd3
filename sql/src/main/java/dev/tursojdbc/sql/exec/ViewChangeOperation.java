package dev.tursojdbc.sql.exec;

import dev.tursojdbc.sql.plan.ChangePlan;
import dev.tursojdbc.storage.record.RecordReader;
import dev.tursojdbc.storage.record.Register;
import dev.tursojdbc.storage.record.TextEncoding;
import java.util.Arrays;
import java.util.List;

/**
 * UPDATE or DELETE of rows of a view: finds all rows, then fires the view's triggers for each of
 * them, and does nothing else.
 */
final class ViewChangeOperation extends ChangeOperation {
  private final RunnableQuery scan;
  private final Frame scanFrame;
  private final RowStore rows = new RowStore();
  private final RecordReader reader = new RecordReader(TextEncoding.UTF8);
  private final ChangedRow oldRow;
  private final ChangedRow newRow;
  private final FiredTriggers triggers;

  /** The assigned columns; none in a DELETE. */
  private final int[] assigned;

  private final Evaluator[] values;

  /** What the scan yields: the row, then with FROM the new values. */
  private final Register[] scanned;

  private final boolean deletes;

  ViewChangeOperation(
      ChangePlan plan,
      RunnableQuery scan,
      Frame scanFrame,
      ChangedRow oldRow,
      ChangedRow newRow,
      FiredTriggers triggers,
      ChangeBuilder builder) {
    super(plan, builder.context(), builder.live(), builder.evaluators());
    this.scan = scan;
    this.scanFrame = scanFrame;
    this.oldRow = oldRow;
    this.newRow = newRow;
    this.triggers = triggers;
    this.scanned = Registers.of(scan.columnCount());
    if (plan instanceof ChangePlan.Update update) {
      List<ChangePlan.ColumnAssignment> assignments = update.assignments();
      deletes = false;
      assigned = assignments.stream().mapToInt(ChangePlan.ColumnAssignment::column).toArray();
      values =
          update.joined()
              ? Registers.evaluators(
                  Arrays.copyOfRange(scanned, oldRow.table().columnCount(), scanned.length))
              : builder
                  .evaluatorsOver(update.row(), oldRow)
                  .build(assignments.stream().map(ChangePlan.ColumnAssignment::value).toList());
    } else {
      deletes = true;
      assigned = new int[0];
      values = new Evaluator[0];
    }
  }

  @Override
  void change() {
    collect();
    for (int i = 0; i < rows.size(); i++) {
      frame.checkInterrupted();
      byte[] record = rows.record(i);
      reader.attach(record, 0, record.length);
      for (int j = 0; j < scanned.length; j++) {
        reader.read(j, scanned[j]);
      }
      for (int j = 0; j < oldRow.table().columnCount(); j++) {
        oldRow.column(j).set(scanned[j]);
      }
      computeNew();
      triggers.keepOld(oldRow);
      if (triggers.fireBefore()) {
        show(deletes ? oldRow : newRow);
      }
    }
    rows.clear();
  }

  private void collect() {
    rows.clear();
    scan.open(scanFrame);
    while (scan.next(scanFrame)) {
      for (int i = 0; i < scanned.length; i++) {
        scan.column(scanFrame, i, scanned[i]);
      }
      rows.add(scanFrame, scanned);
    }
  }

  private void computeNew() {
    if (deletes) {
      return;
    }
    newRow.copyFrom(oldRow);
    for (int i = 0; i < assigned.length; i++) {
      values[i].into(frame, newRow.column(assigned[i]));
      SameValues.own(newRow.column(assigned[i]));
    }
  }
}
