package dev.tursojdbc.sql.bind;

import dev.tursojdbc.sql.ast.Expression;
import dev.tursojdbc.sql.ast.OrderingTerm;
import dev.tursojdbc.sql.ast.SelectCore;
import dev.tursojdbc.sql.ast.SelectStatement;
import dev.tursojdbc.sql.ast.SelectStatement.CompoundOperator;
import dev.tursojdbc.sql.ast.SelectStatement.CompoundTerm;
import dev.tursojdbc.sql.schema.ColumnLimit;
import dev.tursojdbc.sql.schema.Names;
import dev.tursojdbc.storage.error.TursoException;
import dev.tursojdbc.storage.record.Collation;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Binds queries joined by UNION and its like. Terms of their ORDER BY can only be result columns:
 * by position, by alias, or by saying the same as a column of any of the queries.
 */
final class CompoundBinder {
  private final Binder binder;
  private final @Nullable Scope outer;
  private final @Nullable CommonTables common;

  CompoundBinder(Binder binder, @Nullable Scope outer, @Nullable CommonTables common) {
    this.binder = binder;
    this.outer = outer;
    this.common = common;
  }

  BoundQuery bind(SelectStatement statement) {
    QueryBinder queries = new QueryBinder(binder);
    List<CompoundTerm> written = statement.compound();
    List<BoundQuery> parts = new ArrayList<>();
    List<Scope> scopes = new ArrayList<>();
    List<BoundQuery.Term> terms = new ArrayList<>();
    // From the last to the first: of several errors SQLite tells the last one.
    for (int i = written.size(); i >= 0; i--) {
      Scope scope = new Scope(outer, common);
      SelectCore core = i == 0 ? statement.core() : written.get(i - 1).core();
      BoundQuery part = queries.core(core, List.of(), null, scope);
      if (i < written.size() && part.columns().size() != parts.get(0).columns().size()) {
        throw countMismatch(written.get(i).operator());
      }
      scopes.add(0, scope);
      parts.add(0, part);
      if (i > 0) {
        terms.add(0, new BoundQuery.Term(written.get(i - 1).operator(), part));
      }
    }
    List<Collation> collations = collations(parts);
    if (written.stream().anyMatch(term -> term.operator() != CompoundOperator.UNION_ALL)) {
      collations.forEach(UnknownCollation::required);
    }
    return new BoundQuery.Compound(
        parts.get(0),
        terms,
        parts.get(0).columns(),
        collations,
        orderBy(statement.orderBy(), parts, scopes, collations),
        limit(statement.limit() == null ? null : statement.limit().count()),
        limit(statement.limit() == null ? null : statement.limit().offset()));
  }

  static TursoException countMismatch(CompoundOperator operator) {
    return BindErrors.error(
        "SELECTs to the left and right of "
            + operator.symbol()
            + " do not have the same number of result columns");
  }

  private static List<Collation> collations(List<BoundQuery> parts) {
    List<Collation> collations = new ArrayList<>();
    for (int i = 0; i < parts.get(0).columns().size(); i++) {
      Collation found = null;
      for (BoundQuery part : parts) {
        if (found == null) {
          found = part.columns().get(i).expression().collation();
        }
      }
      collations.add(found == null ? Collation.BINARY : found);
    }
    return collations;
  }

  @Nullable BoundExpression limit(@Nullable Expression expression) {
    return expression == null
        ? null
        : new ExpressionBinder(binder, Scope.ofLimit(outer, common)).value(expression);
  }

  List<OrderTerm> orderBy(
      List<OrderingTerm> terms, List<BoundQuery> parts, List<Collation> collations) {
    return orderBy(terms, parts, List.of(), collations);
  }

  private List<OrderTerm> orderBy(
      List<OrderingTerm> terms,
      List<BoundQuery> parts,
      List<Scope> scopes,
      List<Collation> collations) {
    ColumnLimit.require(terms.size(), "terms in ORDER BY clause");
    // Positions are looked at first, collations once all terms are known.
    for (int i = 0; i < terms.size(); i++) {
      requirePosition(withoutCollate(terms.get(i).expression()), i + 1, parts.get(0));
    }
    int[] columns = new int[terms.size()];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = column(withoutCollate(terms.get(i).expression()), i + 1, parts, scopes);
    }
    List<OrderTerm> bound = new ArrayList<>(columns.length);
    for (int i = 0; i < columns.length; i++) {
      OrderingTerm term = terms.get(i);
      bound.add(
          new OrderTerm(
              parts.get(0).columns().get(columns[i]).expression(),
              columns[i],
              term.isDescending(),
              term.nullsFirst(),
              term.expression() instanceof Expression.Collate collate
                  ? binder.collation(collate.collation().text())
                  : collations.get(columns[i])));
    }
    return bound;
  }

  private static Expression withoutCollate(Expression term) {
    Expression expression = term;
    while (expression instanceof Expression.Collate collate) {
      expression = collate.operand();
    }
    return expression;
  }

  private static void requirePosition(Expression term, int number, BoundQuery first) {
    Long ordinal = SelectBinder.ordinal(term);
    int count = first.columns().size();
    if (ordinal != null && (ordinal < 1 || ordinal > count)) {
      throw SelectBinder.outOfRange(number, "ORDER", count);
    }
  }

  private int column(
      Expression expression, int number, List<BoundQuery> parts, List<Scope> scopes) {
    Long ordinal = SelectBinder.ordinal(expression);
    int count = parts.get(0).columns().size();
    if (ordinal != null) {
      return (int) (ordinal - 1);
    }
    for (int p = 0; p < parts.size(); p++) {
      if (expression instanceof Expression.ColumnReference reference && reference.table() == null) {
        List<ResultColumn> columns = parts.get(p).columns();
        for (int i = 0; i < count; i++) {
          String alias = columns.get(i).alias();
          if (alias != null && Names.same(alias, reference.column().text())) {
            return i;
          }
        }
      }
      int column = p < scopes.size() ? matching(expression, parts.get(p), scopes.get(p)) : -1;
      if (column >= 0) {
        return column;
      }
    }
    throw BindErrors.error(
        BindErrors.ordinal(number) + " ORDER BY term does not match any column in the result set");
  }

  /** Position of the column of one query that says the same as a term, or -1. */
  private int matching(Expression expression, BoundQuery part, Scope scope) {
    NameListener listener = binder.listener;
    if (listener != null) {
      // Only what matches means what it was taken for.
      binder.listener = null;
      int column = matching(expression, part, scope);
      binder.listener = listener;
      if (column < 0) {
        return -1;
      }
    }
    BoundExpression bound;
    try {
      bound = binder.neverRun(() -> new ExpressionBinder(binder, scope).any(expression));
    } catch (TursoException notOfThisQuery) {
      return -1;
    }
    for (int i = 0; i < part.columns().size(); i++) {
      if (part.columns().get(i).expression().equals(bound)) {
        return i;
      }
    }
    return -1;
  }
}
