package dev.tursojdbc.sql.exec;

import dev.tursojdbc.sql.plan.ChangePlan;
import dev.tursojdbc.storage.error.ErrorCode;
import dev.tursojdbc.storage.error.TursoException;
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
    boolean blind = changer.deletesByRowid() && triggers.isEmpty() && !hasReturning();
    boolean alone = changer.isAlone() && triggers.isEmpty();
    long previous = Long.MIN_VALUE;
    while (keys.next(changer.oldRow(), NO_VALUES)) {
      frame.checkInterrupted();
      boolean found = blind ? changer.hasOld() : changer.readOld();
      if (!found && alone) {
        requireKnown(previous);
      }
      if (found && fireBefore()) {
        changer.delete();
        // As OLD, RETURNING has what the row was before a BEFORE trigger changed it.
        changed(
            changer.oldRow().table(),
            triggers.hasBefore() ? triggers.oldRow() : changer.oldRow().registers(),
            triggers);
      }
      previous = changer.oldRow().rowid().integer;
    }
  }

  /**
   * If nothing but this deletes rows, one that is not there came along before, or is out of order,
   * or an index leads to it that is not the table's.
   */
  private void requireKnown(long previous) {
    if (changer.oldRow().rowid().integer != previous && !changer.hasOldOutOfOrder()) {
      throw new TursoException(ErrorCode.CORRUPT_INDEX);
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
