package dev.tursojdbc.sql.exec;

import dev.tursojdbc.sql.plan.ChangePlan;
import dev.tursojdbc.storage.record.Register;

/**
 * UPDATE: first finds all rows to change, then changes one after the other.
 *
 * <p>A row that is gone when its turn comes, because REPLACE or a trigger deleted it, is skipped.
 */
final class UpdateOperation extends ChangeOperation {
  private final ChangePlan.Update plan;
  private final RowUpdater updater;
  private final RunnableQuery scan;
  private final Frame scanFrame;
  private final boolean byKey;
  private final boolean oneRow;
  private final RowKeyList keys;
  private final Evaluator[] values;

  /** With FROM: the values that the scan computed for the current row. */
  private final Register[] joinedValues;

  /**
   * @param byKey whether rows are visited in the order of their keys, not that of the scan
   * @param oneRow whether the scan finds at most one row
   */
  UpdateOperation(
      ChangePlan.Update plan,
      RowUpdater updater,
      RunnableQuery scan,
      boolean byKey,
      boolean oneRow,
      Frame scanFrame,
      ChangeContext context,
      Frame frame,
      EvaluatorBuilder builder) {
    super(plan, context, frame, builder);
    this.plan = plan;
    this.updater = updater;
    this.scan = scan;
    this.byKey = byKey;
    this.oneRow = oneRow;
    this.scanFrame = scanFrame;
    int count = plan.assignments().size();
    if (plan.joined()) {
      joinedValues = Registers.of(count);
      values = Registers.evaluators(joinedValues);
    } else {
      joinedValues = new Register[0];
      Bindings bindings =
          builder.bindings().with(plan.row(), updater.changer().oldRow().registers());
      values =
          builder
              .over(bindings)
              .build(plan.assignments().stream().map(ChangePlan.ColumnAssignment::value).toList());
    }
    this.keys = RowKeyList.of(plan.target(), joinedValues.length);
  }

  @Override
  public boolean findsOneRow() {
    return oneRow;
  }

  @Override
  void change() {
    keys.fill(scan, scanFrame, byKey);
    TableChanger changer = updater.changer();
    while (keys.next(changer.oldRow(), joinedValues)) {
      frame.checkInterrupted();
      if (changer.readOld()
          && updater.update(plan.assignments(), values, frame) == TableChanger.Outcome.WRITTEN) {
        changed(changer.newRow(), updater.triggers());
      }
    }
  }
}
