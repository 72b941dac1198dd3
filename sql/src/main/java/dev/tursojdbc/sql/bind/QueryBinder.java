package dev.tursojdbc.sql.bind;

import dev.tursojdbc.sql.ast.Expression;
import dev.tursojdbc.sql.ast.Limit;
import dev.tursojdbc.sql.ast.OrderingTerm;
import dev.tursojdbc.sql.ast.SelectCore;
import dev.tursojdbc.sql.ast.SelectStatement;
import dev.tursojdbc.storage.record.Collation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Binds a whole query: WITH, cores, ORDER BY and LIMIT. */
final class QueryBinder {
  private final Binder binder;

  QueryBinder(Binder binder) {
    this.binder = binder;
  }

  BoundQuery bind(
      SelectStatement statement, @Nullable Scope outer, @Nullable CommonTables outerTables) {
    CommonTables common =
        statement.with() == null
            ? outerTables
            : new CommonTables(outerTables, outer, statement.with().tables());
    if (statement.isCompound()) {
      return new CompoundBinder(binder, outer, common).bind(statement);
    }
    return core(statement.core(), statement.orderBy(), statement.limit(), new Scope(outer, common));
  }

  /** Binds a recursive part of a common table expression, whose FROM has the recursion's row. */
  BoundQuery bindRecursive(
      SelectCore core,
      @Nullable Scope outer,
      @Nullable CommonTables common,
      Binder.Recursion recursion) {
    Scope scope = new Scope(outer, common);
    scope.recursion = recursion;
    return core(core, List.of(), null, scope);
  }

  BoundQuery core(SelectCore core, List<OrderingTerm> orderBy, @Nullable Limit limit, Scope scope) {
    return core.accept(
        new SelectCore.Visitor<BoundQuery>() {
          @Override
          public BoundQuery visit(SelectCore.Select select) {
            return new SelectBinder(binder, scope).bind(select, orderBy, limit);
          }

          @Override
          public BoundQuery visit(SelectCore.Values values) {
            return values(values, orderBy, limit, scope);
          }
        });
  }

  private BoundQuery values(
      SelectCore.Values values, List<OrderingTerm> orderBy, @Nullable Limit limit, Scope scope) {
    int number = binder.queryNumber(values.number());
    boolean mayAggregate = values.rows().size() == 1 || binder.onlyNames();
    if (mayAggregate) {
      scope.aggregateSource = binder.newSource();
      scope.clause = Scope.Clause.RESULT;
    } else {
      scope.inRows();
    }
    ExpressionBinder expressions = new ExpressionBinder(binder, scope);
    List<List<BoundExpression>> rows = rows(values.rows(), expressions);
    int count = rows.get(0).size();
    List<ResultColumn> columns = new ArrayList<>(count);
    List<Collation> collations = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      BoundExpression first = rows.get(0).get(i);
      columns.add(new ResultColumn("column" + (i + 1), null, first, null, null));
      Collation collation = Comparisons.collation(first);
      collations.add(rows.size() > 1 ? UnknownCollation.required(collation) : collation);
    }
    if (mayAggregate && !scope.aggregates.isEmpty()) {
      return aggregated(number, columns, scope);
    }
    CompoundBinder compound = new CompoundBinder(binder, scope.outer, scope.commonTables);
    boolean apart = rows.size() > 1 && (scope.commonTables != null || binder.isInView());
    BoundQuery bound = new BoundQuery.Values(number, apart, rows, columns, List.of(), null, null);
    return new BoundQuery.Values(
        number,
        apart,
        rows,
        columns,
        compound.orderBy(orderBy, List.of(bound), collations),
        compound.limit(limit == null ? null : limit.count()),
        compound.limit(limit == null ? null : limit.offset()));
  }

  /** Binds rows, the last one first: of several errors SQLite tells that of the last row. */
  static List<List<BoundExpression>> rows(
      List<List<Expression>> rows, ExpressionBinder expressions) {
    int different = rows.size() - 2;
    while (different >= 0 && rows.get(different).size() == rows.get(different + 1).size()) {
      different--;
    }
    if (different >= 0) {
      // That aggregates cannot be computed here SQLite sees only when it has counted.
      expressions.scope().clause = Scope.Clause.RESULT;
    }
    List<List<BoundExpression>> bound = new ArrayList<>(rows.size());
    for (int i = rows.size() - 1; i >= 0; i--) {
      bound.add(expressions.values(rows.get(i)));
      if (i == different) {
        throw BindErrors.error("all VALUES must have the same number of terms");
      }
    }
    Collections.reverse(bound);
    return bound;
  }

  /** One row with an aggregate in it is a SELECT without FROM; nothing can follow that. */
  private BoundQuery aggregated(int number, List<ResultColumn> columns, Scope scope) {
    return new BoundQuery.Select(
        number,
        List.of(),
        null,
        List.of(),
        true,
        scope.aggregateSource,
        scope.aggregates,
        null,
        binder.newSource(),
        List.of(),
        columns,
        false,
        List.of(),
        null,
        null);
  }
}
