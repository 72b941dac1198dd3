package dev.tursojdbc.sql.plan;

import java.util.List;

/**
 * The triggers that a change of one row fires, in the order in which they fire.
 *
 * @param before BEFORE triggers, or the INSTEAD OF triggers of a view
 * @param after AFTER triggers
 */
public record RowTriggers(List<TriggerPlan> before, List<TriggerPlan> after) {
  /** None. */
  public static final RowTriggers NONE = new RowTriggers(List.of(), List.of());

  public RowTriggers {
    before = List.copyOf(before);
    after = List.copyOf(after);
  }

  public boolean isEmpty() {
    return before.isEmpty() && after.isEmpty();
  }
}
