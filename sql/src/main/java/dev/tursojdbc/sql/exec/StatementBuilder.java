package dev.tursojdbc.sql.exec;

import dev.tursojdbc.sql.bind.BoundQuery;
import dev.tursojdbc.sql.plan.ChangePlan;
import dev.tursojdbc.sql.plan.Planner;
import dev.tursojdbc.sql.plan.SingleRow;
import dev.tursojdbc.sql.plan.VisitOrder;
import dev.tursojdbc.storage.record.TextEncoding;

/**
 * Builds what one statement of one connection runs: queries, and expressions by themselves.
 *
 * <p>All that is built together belongs to one statement and runs with one {@link Frame}.
 */
public final class StatementBuilder {
  private final QueryBuilder queries;

  /**
   * @param planner plans the queries, those inside expressions included
   * @param encoding of the databases
   */
  public StatementBuilder(Planner planner, TextEncoding encoding) {
    this.queries = new QueryBuilder(planner, encoding);
  }

  /**
   * A builder of what shares nothing with what this one has built: rows that are computed once are
   * computed once for each of them.
   */
  StatementBuilder another() {
    return new StatementBuilder(queries.planner(), queries.encoding());
  }

  /**
   * Lets what is built from now on take the rows that the other's queries have kept.
   *
   * @param othersFrame runs what the other has built
   */
  void borrowFrom(StatementBuilder other, Frame othersFrame) {
    queries.borrowFrom(other.queries, othersFrame);
  }

  /** A compiler of expressions over these rows. */
  public EvaluatorBuilder expressions(Bindings bindings) {
    return queries.expressions(bindings);
  }

  /** Whether an UPDATE visits its rows in the order of their keys. */
  boolean visitsByKey(ChangePlan.Update update) {
    return VisitOrder.isByKey(update, queries.planner());
  }

  /** Whether a query finds at most one row. */
  boolean findsOneRow(BoundQuery scan) {
    return SingleRow.isAll(scan, queries.planner());
  }

  /** A query over no rows from outside. */
  public RunnableQuery query(BoundQuery query) {
    return query(query, Bindings.none());
  }

  /** A query that may refer to rows from outside. */
  public RunnableQuery query(BoundQuery query, Bindings bindings) {
    return new RunnableQuery(queries.build(query, queries.expressions(bindings)));
  }
}
