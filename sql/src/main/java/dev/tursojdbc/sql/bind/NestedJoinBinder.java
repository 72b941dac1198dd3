package dev.tursojdbc.sql.bind;

import dev.tursojdbc.sql.ast.Expression;
import dev.tursojdbc.sql.ast.Name;
import dev.tursojdbc.sql.ast.Span;
import dev.tursojdbc.sql.ast.TableReference;
import dev.tursojdbc.sql.schema.Names;
import dev.tursojdbc.sql.value.Affinity;
import dev.tursojdbc.storage.record.Collation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Binds a join in parentheses as a query over it, which keeps the names of the tables inside.
 *
 * <p>Of {@code (t1 JOIN t2 USING (a))} the query has: the joined {@code a}, all columns of t1, all
 * of t2, the rowids of both. {@code *} takes the joined one only; {@code t1.a} and {@code t2.a} are
 * found all the same. With the alias of the join before them names mean the columns of the query as
 * these are called, which are {@code a}, {@code a:1} and so on.
 */
final class NestedJoinBinder {
  private final Binder binder;
  private final Scope scope;
  private final List<ResultColumn> columns = new ArrayList<>();
  private final List<SourceColumn> offered = new ArrayList<>();
  private final Set<String> names = new HashSet<>();

  NestedJoinBinder(Binder binder, Scope scope) {
    this.binder = binder;
    this.scope = scope;
  }

  Source bind(TableReference.Group group) {
    Scope inner = new Scope(scope.outer, scope.commonTables);
    List<FromItem> items = new ArrayList<>();
    new FromBinder(binder, inner, items).addNested(group.from());
    if (items.size() == 1 && group.alias() == null) {
      return items.get(0).source();
    }
    for (int i = 0; i < inner.entries.size(); i++) {
      add(inner, i);
    }
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
    return binder.register(
        new Source.OfQuery(
            binder.newSource(),
            group.alias() == null ? "" : group.alias().text(),
            null,
            null,
            query,
            null,
            offered));
  }

  private void add(Scope inner, int entryIndex) {
    Scope.Entry entry = inner.entries.get(entryIndex);
    Source source = entry.source();
    boolean last = entryIndex + 1 == inner.entries.size();
    List<Name> joined = last ? List.of() : inner.entries.get(entryIndex + 1).using();
    for (Name name : joined) {
      Expression.ColumnReference written =
          new Expression.ColumnReference(null, null, name, Span.NONE);
      BoundExpression expression = binder.names().resolve(written, inner);
      SourceColumn column = source.columns().get(Math.max(0, source.columnIndex(name.text())));
      boolean again = offered.stream().anyMatch(c -> isJoined(c, name));
      offer(expression, column, name.text(), "", name.text(), SourceColumn.Role.JOINED, again);
    }
    for (int i = 0; i < source.columns().size(); i++) {
      SourceColumn column = source.columns().get(i);
      String tableName = column.tableName() == null ? source.name() : column.tableName();
      SourceColumn.Role role =
          column.role() == SourceColumn.Role.JOINED ? SourceColumn.Role.ORDINARY : column.role();
      boolean hidden = column.hidden() || entry.uses(column.name()) || contains(joined, column);
      offer(
          NameResolver.column(source, i),
          column,
          column.name(),
          tableName,
          column.innerName(),
          role,
          hidden);
    }
    if (source.hasRowid()) {
      String name = QueryColumns.unique("_ROWID_", names);
      SourceColumn column =
          new SourceColumn(
              name,
              source.name(),
              "_ROWID_",
              SourceColumn.Role.ROWID,
              Affinity.INTEGER,
              Collation.BINARY,
              "INTEGER",
              null,
              true,
              false);
      columns.add(new ResultColumn(name, null, NameResolver.rowid(source), "INTEGER", null));
      offered.add(column);
    }
  }

  private void offer(
      BoundExpression expression,
      SourceColumn column,
      String wantedName,
      String tableName,
      String innerName,
      SourceColumn.Role role,
      boolean hidden) {
    String name = QueryColumns.unique(wantedName, names);
    columns.add(new ResultColumn(name, null, expression, column.declaredType(), column.origin()));
    offered.add(
        new SourceColumn(
            name,
            tableName,
            innerName,
            role,
            expression.affinity(),
            Comparisons.collation(expression),
            column.declaredType(),
            column.origin(),
            hidden,
            false));
  }

  private static boolean isJoined(SourceColumn column, Name name) {
    return column.role() == SourceColumn.Role.JOINED && Names.same(column.innerName(), name.text());
  }

  private static boolean contains(List<Name> names, SourceColumn column) {
    return names.stream().anyMatch(name -> Names.same(name.text(), column.name()));
  }
}
