package dev.tursojdbc.sql.plan;

/** What a change sets off besides itself. */
public record SideEffects(ForeignKeyPlans foreignKeys, TriggerPlans triggers) {
  /** Nothing. */
  public static final SideEffects NONE = new SideEffects(ForeignKeyPlans.NONE, TriggerPlans.NONE);

  /** Whether something may fail after rows were changed. */
  public boolean mayFailHalfway() {
    return !triggers.isEmpty() || foreignKeys.mayFailHalfway();
  }
}
