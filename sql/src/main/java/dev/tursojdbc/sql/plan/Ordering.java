package dev.tursojdbc.sql.plan;

import dev.tursojdbc.sql.bind.OrderTerm;
import java.util.List;

/**
 * An order in which rows of a join would be welcome.
 *
 * @param terms empty if none is
 * @param limit estimate of the rows that are asked for at most, or a large number
 * @param resultColumns how many columns are sorted along
 * @param distinct whether duplicates are left out
 */
record Ordering(
    List<OrderTerm> terms, Purpose purpose, int limit, int resultColumns, boolean distinct) {
  /** No limit. */
  static final int UNLIMITED = 320;

  static final Ordering NONE = new Ordering(List.of(), Purpose.SORT, UNLIMITED, 1, false);

  /** What the order is for. */
  enum Purpose {
    /** ORDER BY: terms in their order and direction. */
    SORT,
    /** GROUP BY: equal values together, terms in any sequence and direction. */
    GROUP,
    /** GROUP BY and ORDER BY with the same terms: as GROUP, and best in their order. */
    GROUP_AND_SORT,
    /** DISTINCT: equal rows together, terms in any sequence. */
    DISTINCT
  }

  Ordering {
    terms = List.copyOf(terms);
  }

  /** Whether the terms may come in any sequence. */
  boolean isInAnySequence() {
    return purpose != Purpose.SORT;
  }

  /** Whether each term may be ascending or descending. */
  boolean isInAnyDirection() {
    return purpose == Purpose.GROUP || purpose == Purpose.GROUP_AND_SORT;
  }

  /** The same terms, which have to come in their sequence and direction. */
  Ordering asSort() {
    return new Ordering(terms, Purpose.SORT, limit, resultColumns, distinct);
  }

  boolean isLimited() {
    return limit < UNLIMITED;
  }
}
