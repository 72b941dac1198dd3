package dev.tursojdbc.sql.plan;

/**
 * What a connection has set for the choice of plans.
 *
 * @param allowsHashTables whether a join may make a hash table where no index serves: {@code PRAGMA
 *     automatic_index}
 * @param reversesUnordered whether loops run backwards where no order is asked for, which shows
 *     queries that rely on one: {@code PRAGMA reverse_unordered_selects}; rows of one key of a hash
 *     table keep theirs
 */
public record PlanRules(boolean allowsHashTables, boolean reversesUnordered) {
  /** As long as nothing is set. */
  public static final PlanRules DEFAULT = new PlanRules(true, false);
}
