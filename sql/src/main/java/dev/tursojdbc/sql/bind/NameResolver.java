package dev.tursojdbc.sql.bind;

import dev.tursojdbc.sql.ast.Expression;
import dev.tursojdbc.sql.ast.Name;
import dev.tursojdbc.sql.schema.Names;
import dev.tursojdbc.sql.value.Affinity;
import dev.tursojdbc.storage.record.Collation;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds what a column name means, from the innermost scope outwards.
 *
 * <p>In each scope: a column of a source; failing that, and if exactly one source could mean it,
 * the rowid; failing that, the alias of a result column. A name in two sources is ambiguous unless
 * USING joined them by it: then it is the left one's, after a RIGHT JOIN the right one's, after a
 * FULL JOIN whichever is not NULL.
 */
final class NameResolver {
  private final BindingContext context;
  private final Binder binder;

  NameResolver(BindingContext context, Binder binder) {
    this.context = context;
    this.binder = binder;
  }

  BoundExpression resolve(Expression.ColumnReference reference, Scope scope) {
    String column = reference.column().text();
    for (Scope place = scope; place != null; place = place.outer) {
      BoundExpression found = resolveIn(place, reference, scope);
      if (found != null) {
        return found;
      }
    }
    if (reference.table() == null) {
      BoundExpression literal = literal(reference.column());
      if (literal != null) {
        tellString(reference.column());
        return literal;
      }
    }
    String name = spelling(reference);
    if (reference.table() == null && reference.column().quote() == Name.Quote.DOUBLE) {
      throw binder.at(
          reference,
          BindErrors.error(
              "no such column: \""
                  + column
                  + "\" - should this be a string literal in single-quotes?"));
    }
    throw binder.at(reference, BindErrors.noSuchColumn(name));
  }

  private void tellString(Name name) {
    NameListener listener = binder.listener;
    if (listener != null && name.quote() == Name.Quote.DOUBLE) {
      listener.string(name);
    }
  }

  private void tellColumn(Expression.ColumnReference reference, Source source, int column) {
    NameListener listener = binder.listener;
    if (listener != null) {
      listener.column(reference, source, column);
    }
  }

  private @Nullable BoundExpression literal(Name name) {
    if (name.quote() == Name.Quote.DOUBLE && context.allowsDoubleQuotedStrings()) {
      return Constant.ofText(name.text());
    }
    if (!name.isQuoted() && Names.same(name.text(), "true")) {
      return Constant.ONE;
    }
    if (!name.isQuoted() && Names.same(name.text(), "false")) {
      return Constant.ZERO;
    }
    return null;
  }

  private @Nullable BoundExpression resolveIn(
      Scope place, Expression.ColumnReference reference, Scope from) {
    String column = reference.column().text();
    List<BoundExpression> matches = new ArrayList<>(1);
    int withRowid = 0;
    BoundExpression rowid = null;
    Source rowidSource = null;
    for (Scope.Entry entry : place.entries) {
      Source source = entry.source();
      if (source.needsQualifier() && (reference.table() == null || !matches.isEmpty())) {
        // A table that happens to be called excluded, new or old comes first.
        continue;
      }
      boolean nested = isNested(source);
      int index = find(source, reference, from, 0);
      boolean single = !nested;
      if (index < 0 && nested && reference.table() != null && qualifies(source, reference, from)) {
        index = source.columnIndex(column);
        single = true;
      }
      if (index < 0) {
        if (source.hasRowid() && qualifies(source, reference, from)) {
          withRowid++;
          rowid = rowid(source);
          rowidSource = source;
        }
        for (int i = 0; i < source.columns().size(); i++) {
          if (isRowidOf(source.columns().get(i), reference)) {
            withRowid++;
            rowid = column(source, i);
          }
        }
        continue;
      }
      tellColumn(reference, source, index);
      for (boolean first = true; index >= 0; first = false) {
        if (!matches.isEmpty() && (!entry.uses(column) || (!first && entry.join().keepsRight()))) {
          throw binder.at(reference, BindErrors.ambiguousColumn(spelling(reference)));
        }
        if (matches.isEmpty() || entry.join().keepsRight()) {
          if (!entry.join().keepsLeft()) {
            matches.clear();
          }
          matches.add(column(source, index));
        }
        boolean joined = source.columns().get(index).role() == SourceColumn.Role.JOINED;
        index = single || joined ? -1 : find(source, reference, from, index + 1);
      }
    }
    if (!matches.isEmpty()) {
      return matches.size() == 1 ? matches.get(0) : new BoundCall.Coalesce(matches, true);
    }
    if (rowid != null && isRowidName(reference.column()) && !forbidsRowid(from)) {
      if (withRowid > 1) {
        throw binder.at(reference, BindErrors.ambiguousColumn(spelling(reference)));
      }
      if (rowidSource != null) {
        tellColumn(reference, rowidSource, BoundExpression.Column.ROWID);
      }
      return rowid;
    }
    return reference.table() == null ? alias(place, column, from) : null;
  }

  private static boolean forbidsRowid(Scope scope) {
    return scope.restriction != null && !scope.restriction.allowsRowid();
  }

  static boolean isNested(Source source) {
    for (SourceColumn column : source.columns()) {
      if (column.tableName() != null) {
        return true;
      }
    }
    return false;
  }

  /** Whether a column of a parenthesised join is the rowid of the table that is written. */
  private static boolean isRowidOf(SourceColumn column, Expression.ColumnReference reference) {
    return column.role() == SourceColumn.Role.ROWID
        && (reference.table() == null
            || Names.same(String.valueOf(column.tableName()), reference.table().text()));
  }

  private static boolean isRowidName(Name name) {
    return isRowidName(name.text());
  }

  static boolean isRowidName(String name) {
    return Names.same(name, "rowid") || Names.same(name, "oid") || Names.same(name, "_rowid_");
  }

  private static int find(
      Source source, Expression.ColumnReference reference, Scope scope, int from) {
    String column = reference.column().text();
    List<SourceColumn> columns = source.columns();
    boolean qualified = qualifies(source, reference, scope);
    for (int i = from; i < columns.size(); i++) {
      SourceColumn candidate = columns.get(i);
      if (candidate.role() == SourceColumn.Role.ROWID
          || !Names.same(candidate.innerName(), column)) {
        continue;
      }
      String inner = candidate.tableName();
      if (inner == null
          ? qualified
          : reference.table() == null || Names.same(inner, reference.table().text())) {
        return i;
      }
    }
    return -1;
  }

  /**
   * Whether the reference's table, if it has one, is this source. In CHECK and in the WHERE of a
   * partial index any database may stand before it.
   */
  private static boolean qualifies(
      Source source, Expression.ColumnReference reference, Scope from) {
    Name table = reference.table();
    if (table == null) {
      return true;
    }
    Restriction restriction = from.restriction;
    Name schema =
        restriction != null && restriction.allowsQualifiedNames() ? null : reference.schema();
    if (!source.isCalled(table.text(), schema != null)) {
      return false;
    }
    String database = source.databaseName();
    return schema == null || (database != null && Names.same(database, schema.text()));
  }

  private @Nullable BoundExpression alias(Scope place, String column, Scope from) {
    for (ResultColumn candidate : place.aliases) {
      String name = candidate.alias();
      if (name == null || !Names.same(name, column)) {
        continue;
      }
      BoundExpression expression = candidate.expression();
      int aggregate = Aggregates.first(expression, place.aggregateSource);
      if (aggregate >= 0 && !from.clause.aggregates) {
        throw BindErrors.error("misuse of aliased aggregate " + name);
      }
      if (aggregate >= 0 && !place.clause.computesAggregates()) {
        throw BindErrors.misusedAggregate(place.aggregates.get(aggregate).function().name());
      }
      if (!(from.clause.windows && place.clause.windows)
          && Aggregates.contains(expression, place.windowSource)) {
        throw BindErrors.error("misuse of aliased window function " + name);
      }
      if (expression instanceof BoundValue.Row) {
        throw BindErrors.rowValueMisused();
      }
      return expression;
    }
    return null;
  }

  static BoundExpression column(Source source, int index) {
    if (index == source.rowidColumn()) {
      return new BoundExpression.Column(
          source.id(),
          BoundExpression.Column.ROWID,
          Affinity.INTEGER,
          Collation.BINARY,
          source.columns().get(index).name());
    }
    SourceColumn column = source.columns().get(index);
    return new BoundExpression.Column(
        source.id(), index, column.affinity(), column.collation(), column.name());
  }

  static BoundExpression rowid(Source source) {
    return new BoundExpression.Column(
        source.id(), BoundExpression.Column.ROWID, Affinity.INTEGER, Collation.BINARY, "rowid");
  }

  private static String spelling(Expression.ColumnReference reference) {
    StringBuilder spelling = new StringBuilder();
    if (reference.schema() != null) {
      spelling.append(reference.schema().text()).append('.');
    }
    if (reference.table() != null) {
      spelling.append(reference.table().text()).append('.');
    }
    return spelling.append(reference.column().text()).toString();
  }
}
