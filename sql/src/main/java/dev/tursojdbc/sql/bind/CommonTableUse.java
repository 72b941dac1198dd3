package dev.tursojdbc.sql.bind;

import dev.tursojdbc.sql.ast.With.Materialization;

/**
 * How often a statement refers to one common table expression. All references share its query, and
 * from the second on its rows too, so that each sees the same ones; unless NOT MATERIALIZED was
 * written.
 *
 * <p>Counts while a statement is bound; stays as it is afterwards.
 */
final class CommonTableUse {
  private final BoundQuery query;
  private final Materialization declared;
  private int count;

  CommonTableUse(BoundQuery query, Materialization declared) {
    this.query = query;
    this.declared = declared;
  }

  BoundQuery query() {
    return query;
  }

  void countReference() {
    count++;
  }

  boolean isShared() {
    return count > 1;
  }

  boolean isToBeMaterialized() {
    return declared == Materialization.MATERIALIZED;
  }

  /** Whether its rows are computed once and kept. */
  public boolean isMaterialized() {
    return switch (declared) {
      case MATERIALIZED -> true;
      case NOT_MATERIALIZED -> false;
      case ANY -> count > 1;
    };
  }
}
