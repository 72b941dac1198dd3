package dev.tursojdbc.sql.exec;

import dev.tursojdbc.sql.plan.RowTriggers;
import dev.tursojdbc.sql.plan.TriggerPlan;
import dev.tursojdbc.storage.record.Register;
import java.util.List;

/**
 * The triggers that the changes of a {@link TableChanger} fire, over its old and its new row.
 *
 * <p>A BEFORE trigger may change the very row that is about to be changed, and the row is read
 * again. But OLD stays what it was: with BEFORE triggers it is a copy.
 */
final class FiredTriggers {
  private final TriggerProgram[] before;
  private final TriggerProgram[] leading;
  private final TriggerProgram[] after;
  private final RegisterRow oldRow;

  private FiredTriggers(
      TriggerProgram[] before,
      TriggerProgram[] leading,
      TriggerProgram[] after,
      RegisterRow oldRow) {
    this.before = before;
    this.leading = leading;
    this.after = after;
    this.oldRow = oldRow;
  }

  /** Without a trigger. */
  static FiredTriggers none() {
    TriggerProgram[] none = new TriggerProgram[0];
    return new FiredTriggers(none, none, none, new RegisterRow(0));
  }

  static FiredTriggers of(
      RowTriggers plans, ChangedRow oldRow, ChangedRow newRow, ChangeBuilder builder) {
    if (plans.isEmpty()) {
      return none();
    }
    List<TriggerPlan> before = notBlocked(plans.before(), builder);
    RegisterRow old =
        before.isEmpty() ? oldRow.registers() : new RegisterRow(oldRow.table().columnCount());
    return new FiredTriggers(
        programs(before, old, newRow, builder),
        programs(
            notBlocked(plans.after().subList(0, plans.leading()), builder), old, newRow, builder),
        programs(
            notBlocked(plans.after().subList(plans.leading(), plans.after().size()), builder),
            old,
            newRow,
            builder),
        old);
  }

  private static List<TriggerPlan> notBlocked(List<TriggerPlan> plans, ChangeBuilder builder) {
    return plans.stream().filter(plan -> !ActiveTriggers.blocks(builder.active(), plan)).toList();
  }

  private static TriggerProgram[] programs(
      List<TriggerPlan> plans, RegisterRow oldRow, ChangedRow newRow, ChangeBuilder builder) {
    return plans.stream()
        .map(plan -> new TriggerProgram(plan, oldRow, newRow.registers(), builder))
        .toArray(TriggerProgram[]::new);
  }

  boolean isEmpty() {
    return before.length == 0 && leading.length == 0 && after.length == 0;
  }

  boolean hasBefore() {
    return before.length > 0;
  }

  /** OLD; with BEFORE triggers what {@link #keepOld} has taken over. */
  RegisterRow oldRow() {
    return oldRow;
  }

  /** Takes over OLD, when there are BEFORE triggers. */
  void keepOld(ChangedRow row) {
    Register[] columns = oldRow.columns();
    for (int i = 0; i < columns.length; i++) {
      columns[i].set(row.column(i));
      SameValues.own(columns[i]);
    }
    oldRow.rowid().set(row.rowid());
  }

  /**
   * Fires the BEFORE triggers.
   *
   * @return whether the row is to be changed
   */
  boolean fireBefore() {
    return fire(before);
  }

  /** Fires the AFTER triggers. */
  void fireAfter() {
    if (fireLeading()) {
      fireTrailing();
    }
  }

  /**
   * Fires the AFTER triggers that come before RETURNING.
   *
   * @return whether the rest, RETURNING among it, is to follow
   */
  boolean fireLeading() {
    return leading.length == 0 || fire(leading);
  }

  /** Fires the AFTER triggers that come behind RETURNING. */
  void fireTrailing() {
    if (after.length > 0) {
      fire(after);
    }
  }

  private static boolean fire(TriggerProgram[] programs) {
    for (TriggerProgram program : programs) {
      if (!program.fire()) {
        return false;
      }
    }
    return true;
  }
}
