package dev.tursojdbc.sql.plan;

import dev.tursojdbc.sql.bind.Binder;
import dev.tursojdbc.sql.bind.BindingContext;

/**
 * Plans what a statement sets off: the triggers that it fires, what foreign keys ask for, and what
 * both set off in turn. One for each statement.
 */
public final class SideEffectPlanner {
  private final boolean enforcesForeignKeys;
  private final ForeignKeyPlanner foreignKeys;
  private final TriggerPlanner triggers;
  private long written;

  /**
   * What the connection has set.
   *
   * @param foreignKeys whether they are enforced
   * @param defersForeignKeys whether all of them count as deferred
   * @param ignoresMismatches in DROP TABLE: a foreign key that does not fit its parent is passed
   *     over
   * @param recursiveTriggers whether a trigger may fire itself, and REPLACE fires DELETE triggers
   * @param writableSchema whether sqlite_schema may be changed
   */
  public record Rules(
      boolean foreignKeys,
      boolean defersForeignKeys,
      boolean ignoresMismatches,
      boolean recursiveTriggers,
      boolean writableSchema) {}

  public SideEffectPlanner(BindingContext context, Binder binder, Rules rules) {
    this.enforcesForeignKeys = rules.foreignKeys();
    this.foreignKeys =
        new ForeignKeyPlanner(
            context, binder, rules.defersForeignKeys(), rules.ignoresMismatches(), this);
    this.triggers = new TriggerPlanner(context, binder, rules, this);
  }

  /** What a statement of the user's sets off. */
  public SideEffects of(ChangePlan plan) {
    return of(plan, triggers.plan(plan), true);
  }

  /** What the DELETE in a DROP TABLE sets off: it fires no triggers itself. */
  public SideEffects ofDrop(ChangePlan plan) {
    return of(plan, TriggerPlans.NONE, true);
  }

  /** What a change sets off that was set off itself. */
  SideEffects ofNested(ChangePlan plan) {
    return of(plan, triggers.plan(plan), false);
  }

  private SideEffects of(ChangePlan plan, TriggerPlans fired, boolean outermost) {
    written |= 1L << plan.target().database();
    ForeignKeyPlans keys =
        enforcesForeignKeys && !plan.target().view()
            ? foreignKeys.plan(plan, outermost && fired.isEmpty())
            : ForeignKeyPlans.NONE;
    return new SideEffects(keys, fired);
  }

  /** The databases that are written, one bit each. */
  public long written() {
    return written;
  }
}
