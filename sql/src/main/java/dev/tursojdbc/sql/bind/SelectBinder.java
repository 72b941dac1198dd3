package dev.tursojdbc.sql.bind;

import dev.tursojdbc.sql.ast.Expression;
import dev.tursojdbc.sql.ast.Limit;
import dev.tursojdbc.sql.ast.NamedWindow;
import dev.tursojdbc.sql.ast.OrderingTerm;
import dev.tursojdbc.sql.ast.SelectCore;
import dev.tursojdbc.sql.ast.UnaryOperator;
import dev.tursojdbc.sql.schema.ColumnLimit;
import dev.tursojdbc.sql.schema.Names;
import dev.tursojdbc.storage.error.TursoException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Binds one SELECT, clause by clause in SQLite's order: the sources in FROM, result columns,
 * HAVING, WHERE, ON and the arguments in FROM, ORDER BY, GROUP BY. From HAVING on, aliases of
 * result columns count as names.
 */
final class SelectBinder {
  /** What a position in ORDER BY or GROUP BY can be at most. */
  private static final int MAX_POSITION = 0xffff;

  private final Binder binder;
  private final Scope scope;
  private final ExpressionBinder expressions;

  SelectBinder(Binder binder, Scope scope) {
    this.binder = binder;
    this.scope = scope;
    this.expressions = new ExpressionBinder(binder, scope);
    scope.aggregateSource = binder.newSource();
    scope.windowSource = binder.newSource();
  }

  BoundQuery bind(SelectCore.Select select, List<OrderingTerm> orderBy, @Nullable Limit limit) {
    int number = binder.queryNumber(select.number());
    scope.windowDefinitions = WindowDefinitions.of(select.windows());
    BoundExpression count = limit == null ? null : limit(limit.count());
    BoundExpression offset = limit == null ? null : limit(limit.offset());
    List<FromItem> items = new ArrayList<>();
    FromBinder from = new FromBinder(binder, scope, items);
    if (select.from() != null) {
      from.addWithoutConditions(select.from());
    }
    scope.clause = Scope.Clause.RESULT;
    List<ResultColumn> columns =
        binder.isForExistence(select) && !select.distinct()
            ? binder.neverRun(() -> resultColumns(select))
            : resultColumns(select);
    scope.aliases = columns;
    if (select.distinct()) {
      columns.forEach(c -> UnknownCollation.required(Comparisons.collation(c.expression())));
    }

    // Where neither a result column nor GROUP BY groups, no other clause may begin to.
    boolean groups = !select.groupBy().isEmpty() || !scope.aggregates.isEmpty();
    scope.clause = groups ? Scope.Clause.HAVING : Scope.Clause.ROW;
    if (select.having() != null && !groups) {
      throw BindErrors.error("HAVING clause on a non-aggregate query");
    }
    BoundExpression having = expressions.optional(select.having());
    scope.clause = groups ? Scope.Clause.WHERE_OF_GROUPS : Scope.Clause.ROW;
    BoundExpression where = expressions.optional(select.where());
    from.addConditions();
    scope.clause = groups ? Scope.Clause.RESULT : Scope.Clause.ORDER_OF_ROWS;
    boolean sorts = select.from() != null && !binder.isForExistence(select);
    List<OrderTerm> order =
        sorts ? orderBy(orderBy, columns) : binder.neverRun(() -> orderBy(orderBy, columns));
    scope.clause = Scope.Clause.GROUP_BY;
    List<BoundExpression> groupBy = groupBy(select.groupBy(), columns);
    scope.clause = Scope.Clause.ROW;
    boolean aggregate = !groupBy.isEmpty() || !scope.aggregates.isEmpty();
    if (binder.listener != null) {
      tellOfWindows(select.windows());
    }
    return new BoundQuery.Select(
        number,
        items,
        where,
        groupBy,
        aggregate,
        scope.aggregateSource,
        scope.aggregates,
        having,
        scope.windowSource,
        scope.windows,
        columns,
        select.distinct(),
        order,
        count,
        offset);
  }

  private List<ResultColumn> resultColumns(SelectCore.Select select) {
    return new ResultColumnBinder(binder, scope).bind(select.columns());
  }

  /**
   * Binds the definitions of windows, used or not, to tell of the names in them. Nothing runs the
   * query then, so functions in them may be of any kind.
   */
  private void tellOfWindows(List<NamedWindow> windows) {
    scope.clause = Scope.Clause.RESULT;
    for (NamedWindow window : windows) {
      for (OrderingTerm term : window.definition().orderBy()) {
        expressions.value(term.expression());
      }
      window.definition().partitionBy().forEach(expressions::value);
    }
    scope.clause = Scope.Clause.ROW;
  }

  private @Nullable BoundExpression limit(@Nullable Expression expression) {
    return expression == null
        ? null
        : new ExpressionBinder(binder, Scope.ofLimit(scope.outer, scope.commonTables))
            .value(expression);
  }

  private List<OrderTerm> orderBy(List<OrderingTerm> terms, List<ResultColumn> columns) {
    ColumnLimit.require(terms.size(), "terms in ORDER BY clause");
    List<OrderTerm> bound = new ArrayList<>(terms.size());
    TursoException outOfRange = null;
    for (int i = 0; i < terms.size(); i++) {
      OrderingTerm term = terms.get(i);
      BoundExpression expression = null;
      int column = -1;
      Expression bare = term.expression();
      while (bare instanceof Expression.Collate collate) {
        bare = collate.operand();
      }
      column = named(bare, columns);
      if (column < 0) {
        column = positioned(bare, i + 1, "ORDER", columns.size());
      }
      if (column >= columns.size()) {
        outOfRange = first(outOfRange, i + 1, "ORDER", columns.size());
        continue;
      }
      if (column < 0) {
        expression = expressions.value(term.expression());
        column = equalTo(expression, columns);
      } else {
        expression = collated(term.expression(), columns.get(column).expression());
      }
      bound.add(
          new OrderTerm(
              expression,
              column,
              term.isDescending(),
              term.nullsFirst(),
              Comparisons.collation(expression)));
    }
    if (outOfRange != null && !binder.onlyNames()) {
      throw outOfRange;
    }
    return bound;
  }

  /** Puts the COLLATEs of a term around the result column that the term names. */
  private BoundExpression collated(Expression term, BoundExpression column) {
    if (term instanceof Expression.Collate collate) {
      return new BoundValue.Collate(
          collated(collate.operand(), column), binder.collation(collate.collation().text()));
    }
    return column;
  }

  private static int named(Expression term, List<ResultColumn> columns) {
    if (term instanceof Expression.ColumnReference reference && reference.table() == null) {
      for (int i = 0; i < columns.size(); i++) {
        String alias = columns.get(i).alias();
        if (alias != null && Names.same(alias, reference.column().text())) {
          return i;
        }
      }
    }
    return -1;
  }

  /**
   * The result column that a term names by its position, -1 if it names none so. That a position is
   * beyond the last column SQLite sees only when it has looked at all terms.
   */
  private static int positioned(Expression term, int number, String clause, int count) {
    Long ordinal = ordinal(term);
    if (ordinal == null) {
      return -1;
    }
    if (ordinal < 1 || ordinal > MAX_POSITION) {
      throw outOfRange(number, clause, count);
    }
    return (int) (ordinal - 1);
  }

  private static TursoException first(
      @Nullable TursoException before, int number, String clause, int count) {
    return before == null ? outOfRange(number, clause, count) : before;
  }

  static TursoException outOfRange(int number, String clause, int count) {
    return BindErrors.error(
        BindErrors.ordinal(number)
            + " "
            + clause
            + " BY term out of range - should be between 1 and "
            + count);
  }

  /**
   * The number that a term is: digits with any signs before them; null if it is no number, or one
   * of more than 32 bits, which is an expression like any other.
   */
  static @Nullable Long ordinal(Expression term) {
    if (term instanceof Expression.IsNull isNull && isSignedLiteral(isNull.operand())) {
      // SQLite knows the answer before it sees that this is a term.
      return isNull.negated() ? 1L : 0L;
    }
    if (term instanceof Expression.IntegerLiteral literal && literal.isLong()) {
      long value = literal.value();
      return value > Integer.MAX_VALUE || value < 0 ? null : Long.valueOf(value);
    }
    if (term instanceof Expression.Unary unary
        && (unary.operator() == UnaryOperator.NEGATE || unary.operator() == UnaryOperator.PLUS)) {
      Long operand = ordinal(unary.operand());
      if (operand == null || unary.operator() == UnaryOperator.PLUS) {
        return operand;
      }
      return -operand;
    }
    return null;
  }

  private static boolean isSignedLiteral(Expression expression) {
    if (expression instanceof Expression.Unary unary
        && (unary.operator() == UnaryOperator.NEGATE || unary.operator() == UnaryOperator.PLUS)) {
      return isSignedLiteral(unary.operand());
    }
    return expression instanceof Expression.IntegerLiteral
        || expression instanceof Expression.RealLiteral
        || expression instanceof Expression.StringLiteral
        || expression instanceof Expression.BlobLiteral;
  }

  private static int equalTo(BoundExpression expression, List<ResultColumn> columns) {
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).expression().equals(expression)) {
        return i;
      }
    }
    return -1;
  }

  private List<BoundExpression> groupBy(List<Expression> terms, List<ResultColumn> columns) {
    ColumnLimit.require(terms.size(), "terms in GROUP BY clause");
    List<BoundExpression> bound = new ArrayList<>(terms.size());
    TursoException outOfRange = null;
    for (int i = 0; i < terms.size(); i++) {
      Expression bare = terms.get(i);
      while (bare instanceof Expression.Collate collate) {
        bare = collate.operand();
      }
      int column = positioned(bare, i + 1, "GROUP", columns.size());
      if (column >= columns.size()) {
        outOfRange = first(outOfRange, i + 1, "GROUP", columns.size());
        continue;
      }
      BoundExpression expression =
          column < 0
              ? expressions.value(terms.get(i))
              : collated(terms.get(i), columns.get(column).expression());
      if (Aggregates.contains(expression, scope.aggregateSource)) {
        throw BindErrors.error("aggregate functions are not allowed in the GROUP BY clause");
      }
      int aggregate = Aggregates.first(expression, scope.aggregateSource);
      if (aggregate >= 0) {
        throw BindErrors.misusedAggregate(scope.aggregates.get(aggregate).function().name());
      }
      bound.add(expression);
    }
    if (outOfRange != null && !binder.onlyNames()) {
      throw outOfRange;
    }
    return bound;
  }
}
