package dev.tursojdbc.sql.exec;

import dev.tursojdbc.sql.plan.ChangePlan;
import dev.tursojdbc.storage.record.Register;

/**
 * DELETE with a condition: first finds all rows, then deletes one after the other, in the order of
 * their keys.
 */
final class DeleteOperation extends ChangeOperation {
  private static final Register[] NO_VALUES = {};

  private final TableChanger changer;
  private final RunnableQuery scan;
  private final Frame scanFrame;
  private final RowKeyList keys;
  private final FiredTriggers triggers;

  DeleteOperation(
      ChangePlan.Delete plan,
      TableChanger changer,
      RunnableQuery scan,
      Frame scanFrame,
      FiredTriggers triggers,
      ChangeContext context,
      Frame frame,
      EvaluatorBuilder builder) {
    super(plan, context, frame, builder);
    this.changer = changer;
    this.scan = scan;
    this.scanFrame = scanFrame;
    this.triggers = triggers;
    this.keys = RowKeyList.of(plan.target(), 0);
  }

  @Override
  void change() {
    keys.fill(scan, scanFrame, true);
    while (keys.next(changer.oldRow(), NO_VALUES)) {
      frame.checkInterrupted();
      if (changer.readOld() && fireBefore()) {
        changer.delete();
        changed(changer.oldRow());
        triggers.fireAfter();
      }
    }
  }

  /** A trigger may have changed or deleted the row meanwhile. */
  private boolean fireBefore() {
    if (!triggers.hasBefore()) {
      return true;
    }
    triggers.keepOld(changer.oldRow());
    return triggers.fireBefore() && changer.readOld();
  }
}
