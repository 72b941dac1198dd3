package dev.tursojdbc.sql.bind;

import dev.tursojdbc.sql.ast.SelectStatement.CompoundOperator;
import dev.tursojdbc.storage.record.Collation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a query computes, with all names resolved and nothing said about how.
 *
 * <p>Immutable; a rewrite makes a new query that shares what it did not touch. What a query refers
 * to outside of itself are sources that none of its own FROM clauses has.
 */
public sealed interface BoundQuery {
  /**
   * What EXPLAIN QUERY PLAN calls it; of a compound the number of its last query. Not positive for
   * queries that nobody has written.
   */
  int number();

  List<ResultColumn> columns();

  List<OrderTerm> orderBy();

  @Nullable BoundExpression limit();

  @Nullable BoundExpression offset();

  /**
   * The query as EXISTS runs it: neither ordered nor freed of equal rows, even where OFFSET would
   * show that.
   */
  default BoundQuery forExistence() {
    return this;
  }

  /**
   * A SELECT without UNION and its like.
   *
   * @param groupBy empty for no GROUP BY
   * @param aggregate whether rows are grouped, be it all into one group
   * @param aggregateSource source number under which {@link BoundExpression.Computed} names the
   *     aggregates
   * @param windowSource source number under which it names the window functions
   */
  record Select(
      int number,
      List<FromItem> from,
      @Nullable BoundExpression where,
      List<BoundExpression> groupBy,
      boolean aggregate,
      int aggregateSource,
      List<AggregateCall> aggregates,
      @Nullable BoundExpression having,
      int windowSource,
      List<WindowCall> windows,
      List<ResultColumn> columns,
      boolean distinct,
      List<OrderTerm> orderBy,
      @Nullable BoundExpression limit,
      @Nullable BoundExpression offset)
      implements BoundQuery {
    public Select {
      from = List.copyOf(from);
      groupBy = List.copyOf(groupBy);
      aggregates = List.copyOf(aggregates);
      windows = List.copyOf(windows);
      columns = List.copyOf(columns);
      orderBy = List.copyOf(orderBy);
    }

    public Select withFrom(List<FromItem> newFrom, @Nullable BoundExpression newWhere) {
      return new Select(
          number,
          newFrom,
          newWhere,
          groupBy,
          aggregate,
          aggregateSource,
          aggregates,
          having,
          windowSource,
          windows,
          columns,
          distinct,
          orderBy,
          limit,
          offset);
    }

    public Select withHaving(@Nullable BoundExpression newHaving) {
      return new Select(
          number,
          from,
          where,
          groupBy,
          aggregate,
          aggregateSource,
          aggregates,
          newHaving,
          windowSource,
          windows,
          columns,
          distinct,
          orderBy,
          limit,
          offset);
    }

    public Select withOrderBy(List<OrderTerm> newOrderBy) {
      return new Select(
          number,
          from,
          where,
          groupBy,
          aggregate,
          aggregateSource,
          aggregates,
          having,
          windowSource,
          windows,
          columns,
          distinct,
          newOrderBy,
          limit,
          offset);
    }

    public Select withLimit(
        @Nullable BoundExpression newLimit, @Nullable BoundExpression newOffset) {
      return new Select(
          number,
          from,
          where,
          groupBy,
          aggregate,
          aggregateSource,
          aggregates,
          having,
          windowSource,
          windows,
          columns,
          distinct,
          orderBy,
          newLimit,
          newOffset);
    }

    @Override
    public BoundQuery forExistence() {
      return new Select(
          number,
          from,
          where,
          groupBy,
          aggregate,
          aggregateSource,
          aggregates,
          having,
          windowSource,
          windows,
          columns,
          false,
          List.of(),
          limit,
          offset);
    }

    public boolean isPlain() {
      return !aggregate && windows.isEmpty();
    }
  }

  /**
   * VALUES.
   *
   * @param apart whether SQLite makes a query of each row and so knows how many they are: in a
   *     view, and in a statement with WITH
   */
  record Values(
      int number,
      boolean apart,
      List<List<BoundExpression>> rows,
      List<ResultColumn> columns,
      List<OrderTerm> orderBy,
      @Nullable BoundExpression limit,
      @Nullable BoundExpression offset)
      implements BoundQuery {
    public Values {
      rows = rows.stream().map(List::copyOf).toList();
      columns = List.copyOf(columns);
      orderBy = List.copyOf(orderBy);
    }
  }

  /**
   * Queries joined by UNION and its like, from left to right.
   *
   * @param columns those of the first query, with the collations that comparisons use
   * @param orderBy terms that are result columns all
   */
  record Compound(
      BoundQuery first,
      List<Term> terms,
      List<ResultColumn> columns,
      List<Collation> collations,
      List<OrderTerm> orderBy,
      @Nullable BoundExpression limit,
      @Nullable BoundExpression offset)
      implements BoundQuery {
    public Compound {
      terms = List.copyOf(terms);
      columns = List.copyOf(columns);
      collations = List.copyOf(collations);
      orderBy = List.copyOf(orderBy);
    }

    /** The same with LIMIT 1, unless it has a limit already. */
    public Compound firstRow() {
      return limit != null
          ? this
          : new Compound(first, terms, columns, collations, orderBy, Constant.ONE, null);
    }

    @Override
    public int number() {
      return terms.get(terms.size() - 1).query().number();
    }
  }

  /** One more query of a compound. */
  record Term(CompoundOperator operator, BoundQuery query) {}

  /**
   * A recursive common table expression: the initial rows go into a queue; each row taken out is a
   * result and makes the recursive queries run, whose rows go into the queue.
   *
   * @param recursion names the row that {@link Source.OfRecursion} stands for
   * @param distinct whether rows that were seen before are left out
   * @param orderBy order in which rows leave the queue; first in, first out if empty
   */
  record Recursive(
      int recursion,
      BoundQuery initial,
      List<BoundQuery> recursive,
      boolean distinct,
      List<ResultColumn> columns,
      List<Collation> collations,
      List<OrderTerm> orderBy,
      @Nullable BoundExpression limit,
      @Nullable BoundExpression offset)
      implements BoundQuery {
    public Recursive {
      recursive = List.copyOf(recursive);
      columns = List.copyOf(columns);
      collations = List.copyOf(collations);
      orderBy = List.copyOf(orderBy);
    }

    @Override
    public int number() {
      return recursive.get(recursive.size() - 1).number();
    }
  }
}
