package dev.tursojdbc.sql.bind;

import dev.tursojdbc.storage.record.Collation;

/**
 * One term of an ORDER BY.
 *
 * @param resultColumn position of the result column that it is, or -1
 * @param collation that orders texts
 */
public record OrderTerm(
    BoundExpression expression,
    int resultColumn,
    boolean descending,
    boolean nullsFirst,
    Collation collation) {
  public OrderTerm {
    collation = UnknownCollation.required(collation);
  }

  /** NULLs count as greater than all else in the ascending order that this term turns or not. */
  public boolean nullsLarge() {
    return nullsFirst == descending;
  }

  public OrderTerm withExpression(BoundExpression newExpression) {
    return new OrderTerm(newExpression, resultColumn, descending, nullsFirst, collation);
  }
}
