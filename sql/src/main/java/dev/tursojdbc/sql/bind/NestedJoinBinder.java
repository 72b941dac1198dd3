package dev.tursojdbc.sql.bind;

import dev.tursojdbc.sql.ast.ResultColumn.All;
import dev.tursojdbc.sql.ast.Span;
import dev.tursojdbc.sql.ast.TableReference;
import dev.tursojdbc.sql.ast.With.Materialization;
import java.util.ArrayList;
import java.util.List;

/** Binds a join in parentheses as SELECT * FROM it, keeping the names of the tables inside. */
final class NestedJoinBinder {
  private final Binder binder;
  private final Scope scope;

  NestedJoinBinder(Binder binder, Scope scope) {
    this.binder = binder;
    this.scope = scope;
  }

  Source bind(TableReference.Group group) {
    Scope inner = new Scope(scope.outer, scope.commonTables);
    List<FromItem> items = new ArrayList<>();
    new FromBinder(binder, inner, items).add(group.from());
    if (items.size() == 1 && group.alias() == null) {
      return items.get(0).source();
    }
    List<ResultColumn> columns =
        new ResultColumnBinder(binder, inner).bind(List.of(new All(Span.NONE)));
    BoundQuery query =
        new BoundQuery.Select(
            binder.queryNumber(group.number()),
            items,
            null,
            List.of(),
            false,
            binder.newSource(),
            List.of(),
            null,
            binder.newSource(),
            List.of(),
            columns,
            false,
            List.of(),
            null,
            null);
    List<SourceColumn> offered = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      ResultColumn column = columns.get(i);
      offered.add(
          new SourceColumn(
              column.name(),
              tableName(column),
              column.expression().affinity(),
              Comparisons.collation(column.expression()),
              column.declaredType(),
              column.origin(),
              false,
              false));
    }
    return binder.register(
        new Source.OfQuery(
            binder.newSource(),
            group.alias() == null ? "" : group.alias().text(),
            null,
            query,
            Materialization.ANY,
            offered));
  }

  private String tableName(ResultColumn column) {
    BoundExpression expression = column.expression();
    if (expression instanceof BoundExpression.Coalesce joined) {
      expression = joined.arguments().get(0);
    }
    if (expression instanceof BoundExpression.Column reference) {
      Source source = binder.source(reference.source());
      if (source != null) {
        return source.name();
      }
    }
    return "";
  }
}
