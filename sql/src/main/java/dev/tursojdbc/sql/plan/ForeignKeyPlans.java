package dev.tursojdbc.sql.plan;

import org.jspecify.annotations.Nullable;

/**
 * The foreign keys that one statement has to do with.
 *
 * @param own for the rows that the statement itself inserts, updates or deletes
 * @param replaced for rows that REPLACE deletes
 * @param upsert for rows that DO UPDATE changes
 */
public record ForeignKeyPlans(
    @Nullable ForeignKeyPlan own,
    @Nullable ForeignKeyPlan replaced,
    @Nullable ForeignKeyPlan upsert) {
  /** No foreign key has to be looked at. */
  public static final ForeignKeyPlans NONE = new ForeignKeyPlans(null, null, null);

  /** Whether a violation may be found after rows were changed. */
  public boolean mayFailHalfway() {
    return (own != null && !own.single()) || replaced != null || upsert != null;
  }
}
