package dev.tursojdbc.sql.plan;

import java.util.List;

/**
 * The triggers that a change of one row fires, in the order in which they fire.
 *
 * @param before BEFORE triggers, or the INSTEAD OF triggers of a view
 * @param after AFTER triggers
 * @param leading how many of the AFTER triggers fire before RETURNING looks at the row: to SQLite
 *     that is a trigger too, which comes behind those of temp and before the table's own
 */
public record RowTriggers(List<TriggerPlan> before, List<TriggerPlan> after, int leading) {
  /** None. */
  public static final RowTriggers NONE = new RowTriggers(List.of(), List.of(), 0);

  public RowTriggers {
    before = List.copyOf(before);
    after = List.copyOf(after);
  }

  public boolean isEmpty() {
    return before.isEmpty() && after.isEmpty();
  }
}
