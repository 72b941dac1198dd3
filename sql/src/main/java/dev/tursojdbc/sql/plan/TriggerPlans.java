package dev.tursojdbc.sql.plan;

/**
 * The triggers that one statement may fire.
 *
 * @param own for the rows that the statement itself inserts, updates or deletes
 * @param replaced for rows that REPLACE deletes
 * @param upsert for rows that DO UPDATE changes
 */
public record TriggerPlans(RowTriggers own, RowTriggers replaced, RowTriggers upsert) {
  /** No trigger fires. */
  public static final TriggerPlans NONE =
      new TriggerPlans(RowTriggers.NONE, RowTriggers.NONE, RowTriggers.NONE);

  public boolean isEmpty() {
    return own.isEmpty() && replaced.isEmpty() && upsert.isEmpty();
  }
}
