package dev.tursojdbc.sql.bind;

import dev.tursojdbc.sql.ast.Expression;
import dev.tursojdbc.sql.ast.Name;
import dev.tursojdbc.sql.ast.ResultColumn.All;
import dev.tursojdbc.sql.ast.ResultColumn.AllOf;
import dev.tursojdbc.sql.ast.ResultColumn.Of;
import dev.tursojdbc.sql.ast.ResultColumn.OfFirst;
import dev.tursojdbc.sql.ast.ResultColumn.OfRow;
import dev.tursojdbc.sql.ast.Span;
import dev.tursojdbc.sql.schema.ColumnLimit;
import dev.tursojdbc.sql.schema.Names;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Binds what stands between SELECT and FROM: expands stars, names columns as SQLite does.
 *
 * <p>A name is the alias; else, of a plain column, its name in the table; else the text of the
 * expression as it was written. What a star stands for has its names as if by AS: ORDER BY takes
 * the first of equal ones.
 */
final class ResultColumnBinder
    implements dev.tursojdbc.sql.ast.ResultColumn.Visitor<@Nullable Void> {
  private final Binder binder;
  private final Scope scope;
  private final List<ResultColumn> columns = new ArrayList<>();

  ResultColumnBinder(Binder binder, Scope scope) {
    this.binder = binder;
    this.scope = scope;
  }

  List<ResultColumn> bind(List<dev.tursojdbc.sql.ast.ResultColumn> written) {
    for (dev.tursojdbc.sql.ast.ResultColumn column : written) {
      column.accept(this);
    }
    // What an UPDATE reads has the key besides.
    if (written.stream().noneMatch(OfFirst.class::isInstance)) {
      ColumnLimit.require(columns.size(), "columns in result set");
    }
    return columns;
  }

  @Override
  public @Nullable Void visit(All all) {
    if (scope.entries.isEmpty()) {
      throw BindErrors.error("no tables specified");
    }
    for (int i = 0; i < scope.entries.size(); i++) {
      expand(i, true);
    }
    return null;
  }

  @Override
  public @Nullable Void visit(AllOf allOf) {
    String table = allOf.table().text();
    boolean found = false;
    for (int i = 0; i < scope.entries.size(); i++) {
      Source source = scope.entries.get(i).source();
      if (Names.same(source.name(), table) && !NameResolver.isNested(source)) {
        found = true;
        NameListener listener = binder.listener;
        if (listener != null) {
          listener.qualifier(allOf.table(), source);
        }
        expand(i, false);
      } else {
        found |= expandNested(source, table);
      }
    }
    if (!found) {
      throw BindErrors.noSuchTable(table);
    }
    return null;
  }

  /** Adds the columns of a source; with {@code *}, one that USING joined appears only once. */
  private void expand(int entryIndex, boolean all) {
    Scope.Entry entry = scope.entries.get(entryIndex);
    Source source = entry.source();
    for (int i = 0; i < source.columns().size(); i++) {
      SourceColumn column = source.columns().get(i);
      boolean joined = entry.uses(column.name()) && source.columnIndex(column.name()) == i;
      if (column.hidden() || (all && joined)) {
        continue;
      }
      Namesakes.requireUnambiguous(scope, entryIndex, column.name());
      BoundExpression expression =
          all && isJoinedFromTheRight(entryIndex, column.name())
              ? resolve(column.name())
              : column(source, i);
      String name = nameInStar(source, column);
      columns.add(new ResultColumn(name, name, expression, column.declaredType(), column.origin()));
    }
  }

  /** Of a join in parentheses that stands alone, a star is a list of names without its alias. */
  private BoundExpression column(Source source, int index) {
    return scope.entries.size() == 1 && NameResolver.isNested(source)
        ? resolve(source.columns().get(index).name())
        : NameResolver.column(source, index);
  }

  private String nameInStar(Source source, SourceColumn column) {
    if (binder.context().naming() != ColumnNaming.LONG) {
      return column.name();
    }
    String table = column.tableName();
    if (table == null) {
      table = source.name().isEmpty() ? tableName(source) : source.name();
    }
    return table + "." + column.name();
  }

  /** The name of a source's table, be there an alias or not. */
  private static String tableName(Source source) {
    if (source instanceof Source.OfTable of) {
      return of.table().name();
    }
    if (source instanceof Source.OfQuery of && of.label() != null) {
      return of.label();
    }
    return source.name().isEmpty()
            && source instanceof Source.OfQuery of
            && of.query() instanceof BoundQuery.Select select
        ? "(subquery-" + select.number() + ")"
        : source.name();
  }

  private boolean expandNested(Source source, String table) {
    boolean found = false;
    for (int i = 0; i < source.columns().size(); i++) {
      SourceColumn column = source.columns().get(i);
      if (column.tableName() != null
          && column.role() == SourceColumn.Role.ORDINARY
          && Names.same(column.tableName(), table)) {
        found = true;
        String name = nameInStar(source, column);
        columns.add(
            new ResultColumn(
                name, name, column(source, i), column.declaredType(), column.origin()));
      }
    }
    return found;
  }

  /** Whether a RIGHT or FULL JOIN follows, and the column is one with that of a later source. */
  private boolean isJoinedFromTheRight(int entryIndex, String column) {
    boolean right = false;
    boolean used = false;
    for (int i = entryIndex + 1; i < scope.entries.size(); i++) {
      right |= scope.entries.get(i).join().keepsRight();
      used |= scope.entries.get(i).uses(column);
    }
    return right && used;
  }

  private BoundExpression resolve(String column) {
    Name name = Name.of(column);
    return binder
        .names()
        .resolve(new Expression.ColumnReference(null, null, name, Span.NONE), scope);
  }

  @Override
  public @Nullable Void visit(Of column) {
    BoundExpression expression = new ExpressionBinder(binder, scope).any(column.expression());
    if (expression instanceof BoundValue.Row row) {
      expression = binder.refusedWhenRun(ExpressionBinder.notOneValue(row));
    }
    String alias = column.alias() == null ? null : column.alias().text();
    Described described = describe(expression);
    columns.add(
        new ResultColumn(
            alias == null ? label(column, described) : alias,
            alias,
            alias == null ? offeredName(column, expression) : alias,
            alias == null ? writtenName(column) : alias,
            expression,
            described.declaredType(),
            described.origin()));
    return null;
  }

  private String label(Of column, Described described) {
    String name = described.name();
    if (!(column.expression() instanceof Expression.ColumnReference) || name == null) {
      return column.text();
    }
    return switch (binder.context().naming()) {
      case SHORT -> name;
      case WRITTEN -> column.text();
      case FULL, LONG -> described.table() + "." + name;
    };
  }

  private String offeredName(Of column, BoundExpression bound) {
    Expression written = column.expression();
    BoundExpression expression = bound;
    while (true) {
      if (written instanceof Expression.Collate collate) {
        written = collate.operand();
        expression = expression instanceof BoundValue.Collate of ? of.operand() : expression;
      } else if (written instanceof Expression.FunctionCall call
          && FunctionBinder.isHint(call.name().text())) {
        written = call.arguments().get(0);
        expression = expression instanceof BoundValue.Unary of ? of.operand() : expression;
      } else {
        break;
      }
    }
    String name =
        written instanceof Expression.ColumnReference ? describe(expression).name() : null;
    return name == null ? column.text() : name;
  }

  private static String writtenName(Of column) {
    Expression written = column.expression();
    while (written instanceof Expression.Collate collate) {
      written = collate.operand();
    }
    return written instanceof Expression.ColumnReference reference
        ? reference.column().text()
        : column.text();
  }

  @Override
  public @Nullable Void visit(OfRow row) {
    BoundExpression value = new ExpressionBinder(binder, scope).any(row.row());
    List<BoundExpression> elements =
        value instanceof BoundValue.Row several ? several.elements() : List.of(value);
    if (elements.size() != row.count()) {
      throw BindErrors.error(row.count() + " columns assigned " + elements.size() + " values");
    }
    for (BoundExpression element : elements) {
      columns.add(new ResultColumn("", null, element, null, null));
    }
    return null;
  }

  @Override
  public @Nullable Void visit(OfFirst column) {
    Source first = scope.entries.get(0).source();
    BoundExpression key =
        column.column() < 0
            ? NameResolver.rowid(first)
            : NameResolver.column(first, column.column());
    columns.add(new ResultColumn("", null, key, null, null));
    return null;
  }

  /** What is known of the table's column behind an expression. */
  private record Described(
      @Nullable String table,
      @Nullable String name,
      @Nullable String declaredType,
      SourceColumn.@Nullable Origin origin) {}

  private static final Described NOTHING = new Described(null, null, null, null);

  private Described describe(BoundExpression expression) {
    if (expression instanceof BoundValue.SubqueryColumn subquery) {
      ResultColumn inner = subquery.query().columns().get(subquery.column());
      return new Described(null, null, inner.declaredType(), inner.origin());
    }
    if (expression instanceof BoundCall.Coalesce joined
        && joined.arguments().get(0) instanceof BoundExpression.Column) {
      Described first = describe(joined.arguments().get(0));
      return new Described(first.table(), first.name(), null, null);
    }
    if (!(expression instanceof BoundExpression.Column column)) {
      return NOTHING;
    }
    Source source = binder.source(column.source());
    if (source == null) {
      return NOTHING;
    }
    int index = column.isRowid() ? source.rowidColumn() : column.column();
    if (index >= 0) {
      SourceColumn definition = source.columns().get(index);
      return new Described(
          tableName(source), definition.name(), definition.declaredType(), definition.origin());
    }
    SourceColumn.Origin origin =
        source instanceof Source.OfTable of
            ? new SourceColumn.Origin(of.databaseName(), of.table().name(), "rowid")
            : null;
    return new Described(tableName(source), "rowid", "INTEGER", origin);
  }
}
