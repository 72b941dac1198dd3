package dev.tursojdbc.sql.plan;

import java.util.List;

/**
 * The triggers that one statement may fire.
 *
 * @param own for the rows that the statement itself inserts, updates or deletes
 * @param replaced for rows that REPLACE deletes
 * @param upserts for rows that DO UPDATE changes, by ON CONFLICT clause
 */
public record TriggerPlans(RowTriggers own, RowTriggers replaced, List<RowTriggers> upserts) {
  /** No trigger fires. */
  public static final TriggerPlans NONE =
      new TriggerPlans(RowTriggers.NONE, RowTriggers.NONE, List.of());

  public TriggerPlans {
    upserts = List.copyOf(upserts);
  }

  public boolean isEmpty() {
    return own.isEmpty() && replaced.isEmpty() && upserts.stream().allMatch(RowTriggers::isEmpty);
  }
}
