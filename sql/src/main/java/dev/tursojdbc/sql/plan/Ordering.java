package dev.tursojdbc.sql.plan;

import dev.tursojdbc.sql.bind.OrderTerm;
import java.util.List;

/**
 * An order in which rows of a join would be welcome.
 *
 * @param terms empty if none is
 * @param limit estimate of the rows that are asked for at most, or a large number
 * @param resultColumns how many columns are sorted along
 */
record Ordering(List<OrderTerm> terms, Purpose purpose, int limit, int resultColumns) {
  /** No limit. */
  static final int UNLIMITED = 320;

  static final Ordering NONE = new Ordering(List.of(), Purpose.SORT, UNLIMITED, 1);

  /** What the order is for. */
  enum Purpose {
    /** ORDER BY: terms in their order and direction. */
    SORT,
    /** GROUP BY: equal values together, terms in any order and direction. */
    GROUP,
    /** GROUP BY whose groups shall come out in the order of its terms. */
    SORTED_GROUP,
    /** DISTINCT: equal rows together. */
    DISTINCT
  }

  Ordering {
    terms = List.copyOf(terms);
  }

  boolean isFree() {
    return purpose == Purpose.GROUP || purpose == Purpose.DISTINCT;
  }

  boolean isLimited() {
    return limit < UNLIMITED;
  }
}
