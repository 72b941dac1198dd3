package dev.tursojdbc.sql.bind;

import dev.tursojdbc.sql.ast.Expression;
import dev.tursojdbc.sql.ast.FromClause;
import dev.tursojdbc.sql.ast.IndexHint;
import dev.tursojdbc.sql.ast.Name;
import dev.tursojdbc.sql.ast.QualifiedName;
import dev.tursojdbc.sql.ast.SelectStatement;
import dev.tursojdbc.sql.ast.TableReference;
import dev.tursojdbc.sql.function.TableFunction;
import dev.tursojdbc.sql.function.TableFunctions;
import dev.tursojdbc.sql.schema.Catalog;
import dev.tursojdbc.sql.schema.Table;
import dev.tursojdbc.sql.schema.View;
import dev.tursojdbc.sql.schema.VirtualTable;
import dev.tursojdbc.sql.value.Affinity;
import dev.tursojdbc.storage.error.TursoException;
import dev.tursojdbc.storage.record.Collation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Binds a FROM clause: adds its sources to the scope and to the items of the query.
 *
 * <p>ON clauses and the arguments of table-valued functions may use what is written further right,
 * so they are bound when all sources are known; in a SELECT only after its result columns, whose
 * aliases count in them.
 *
 * <p>NATURAL and USING become conditions. A join in parentheses at the beginning is the same as
 * without; further right, where it may be the inner side of an outer join, it becomes a query of
 * its own whose columns still answer to the names of the tables inside.
 */
final class FromBinder implements TableReference.Visitor<Source> {
  /** SQLite makes one condition of all USING of a FROM; as an expression that is too deep. */
  private static final int MOST_EQUALITIES = 1000;

  private final Binder binder;
  private final Scope scope;
  private final List<FromItem> items;

  /** Whether a right or full join stands anywhere in the clause. */
  private boolean hasRightJoin;

  /** How many columns USING and NATURAL have joined. */
  private int equalities;

  /** The ON of each item, to be bound when all sources are known. */
  private final List<@Nullable Expression> conditions = new ArrayList<>();

  /** The arguments of table-valued functions by source, to be bound when all are known. */
  private final Map<Integer, List<Expression>> arguments = new HashMap<>();

  FromBinder(Binder binder, Scope scope, List<FromItem> items) {
    this.binder = binder;
    this.scope = scope;
    this.items = items;
    for (int i = 0; i < items.size(); i++) {
      conditions.add(null);
    }
  }

  /** Adds all sources, but not yet what is to be bound when they are known. */
  void addWithoutConditions(FromClause from) {
    hasRightJoin = hasRightJoin(from);
    addSources(from);
  }

  void add(FromClause from) {
    addWithoutConditions(from);
    addConditions();
  }

  /** As {@link #add(FromClause)}, for a join that is to be a query for all columns in it. */
  void addNested(FromClause from) {
    hasRightJoin = hasRightJoin(from);
    addSources(from);
    if (items.size() > 1) {
      Namesakes.requireUnambiguous(scope);
    }
    addConditions();
  }

  /** Binds the ON clauses, as if they stood behind WHERE, and then the arguments of functions. */
  void addConditions() {
    ExpressionBinder expressions = new ExpressionBinder(binder, scope);
    List<@Nullable BoundExpression> bound = new ArrayList<>(conditions.size());
    for (Expression on : conditions) {
      bound.add(binder.on(on, expressions));
    }
    for (int i = 0; i < items.size(); i++) {
      FromItem item = items.get(i);
      List<Expression> given = arguments.get(item.source().id());
      if (given != null && !given.isEmpty()) {
        addCondition(
            i,
            argumentsCondition((Source.OfFunction) item.source(), given),
            "table-function argument");
      }
    }
    for (int i = 0; i < bound.size(); i++) {
      BoundExpression condition = bound.get(i);
      if (condition != null) {
        addCondition(i, condition, "ON clause");
      }
    }
  }

  private static boolean hasRightJoin(FromClause from) {
    for (FromClause.Join join : from.joins()) {
      if (join.type() == FromClause.JoinType.RIGHT || join.type() == FromClause.JoinType.FULL) {
        return true;
      }
    }
    return from.first() instanceof TableReference.Group group
        && group.alias() == null
        && hasRightJoin(group.from());
  }

  private void addSources(FromClause from) {
    if (from.first() instanceof TableReference.Group group && group.alias() == null) {
      addSources(group.from());
    } else {
      add(from.first().accept(this), JoinKind.INNER, List.of());
    }
    for (FromClause.Join join : from.joins()) {
      add(join);
    }
  }

  /**
   * Adds a condition of a join. That of an inner join may name sources that follow it, as if it
   * stood in WHERE.
   *
   * @param what stands there, for the error
   */
  private void addCondition(int position, BoundExpression condition, String what) {
    FromItem item = items.get(position);
    if (item.join() != JoinKind.INNER && item.join() != JoinKind.CROSS
        || items.stream().anyMatch(i -> i.join().keepsRight())) {
      Set<Integer> sources = References.sources(condition);
      for (FromItem later : items.subList(position + 1, items.size())) {
        if (sources.contains(later.source().id())) {
          throw BindErrors.error(what + " references tables to its right");
        }
      }
    }
    items.set(position, new FromItem(item.source(), item.join(), and(item.condition(), condition)));
  }

  private void add(FromClause.Join join) {
    Source source = join.table().accept(this);
    List<Name> using = join.using();
    if (join.natural()) {
      JoinedNames.requireNatural(join);
      using = commonColumns(source);
    }
    JoinKind kind =
        switch (join.type()) {
          case COMMA, INNER -> JoinKind.INNER;
          case CROSS -> JoinKind.CROSS;
          case LEFT -> JoinKind.LEFT;
          case RIGHT -> JoinKind.RIGHT;
          case FULL -> JoinKind.FULL;
        };
    equalities += using.size();
    if (equalities >= MOST_EQUALITIES) {
      throw BindErrors.error("Expression tree is too large (maximum depth 1000)");
    }
    BoundExpression condition = null;
    for (Name name : using) {
      condition = and(condition, equal(name, source));
    }
    add(source, kind, using);
    items.set(items.size() - 1, new FromItem(source, kind, condition));
    conditions.set(items.size() - 1, join.on());
  }

  private void add(Source source, JoinKind kind, List<Name> using) {
    scope.add(source, kind, using);
    items.add(new FromItem(source, kind, null));
    conditions.add(null);
  }

  private List<Name> commonColumns(Source source) {
    List<Name> common = new ArrayList<>();
    for (SourceColumn column : source.columns()) {
      if (column.hidden()) {
        continue;
      }
      for (Scope.Entry entry : scope.entries) {
        int index = entry.source().columnIndex(column.name());
        if (index >= 0 && !entry.source().columns().get(index).hidden()) {
          common.add(Name.of(column.name()));
          break;
        }
      }
    }
    return common;
  }

  private BoundExpression equal(Name name, Source source) {
    int right = source.columnIndex(name.text());
    boolean left = scope.entries.stream().anyMatch(e -> e.source().columnIndex(name.text()) >= 0);
    if (right < 0 || !left) {
      throw JoinedNames.notInBoth(name);
    }
    BoundExpression leftColumn = leftColumn(name);
    return Comparisons.of(ComparisonOperator.EQUAL, leftColumn, NameResolver.column(source, right));
  }

  /**
   * The column of the sources so far: the leftmost. Where there is a right join, which may make
   * that one NULL, it is the first that is not NULL; all must then be joined by that name.
   */
  private BoundExpression leftColumn(Name name) {
    List<BoundExpression> columns = new ArrayList<>(1);
    for (Scope.Entry entry : scope.entries) {
      int index = entry.source().columnIndex(name.text());
      if (index < 0) {
        continue;
      }
      if (!columns.isEmpty() && !entry.uses(name.text())) {
        throw BindErrors.error("ambiguous reference to " + name.text() + " in USING()");
      }
      columns.add(NameResolver.column(entry.source(), index));
      if (!hasRightJoin) {
        break;
      }
    }
    return columns.size() == 1 ? columns.get(0) : new BoundCall.Coalesce(columns, true);
  }

  private static BoundExpression and(@Nullable BoundExpression left, BoundExpression right) {
    return left == null ? right : new BoundCondition.And(left, right);
  }

  @Override
  public Source visit(TableReference.Table table) {
    QualifiedName name = table.name();
    String alias = table.alias() == null ? null : table.alias().text();
    String databaseName = name.schema() == null ? null : name.schema().text();
    if (databaseName == null && scope.commonTables != null) {
      CommonTables.Found common = scope.commonTables.find(name.name().text());
      if (common != null) {
        refuseIndex(table.hint());
        return commonTable(common, alias);
      }
    }
    if (databaseName == null) {
      databaseName = binder.home;
    }
    Catalog.Located found = binder.context().catalog().find(databaseName, name.name().text());
    if (found == null) {
      TableFunction function = TableFunctions.find(name.name().text());
      if (function != null) {
        refuseIndex(table.hint());
        return function(function, alias);
      }
      throw BindErrors.noSuchTable(
          databaseName == null ? name.name().text() : databaseName + "." + name.name().text());
    }
    NameListener listener = binder.listener;
    if (listener != null) {
      listener.table(name.name(), found);
    }
    if (found.relation() instanceof Table) {
      String written = name.name().text();
      return binder.table(
          found,
          databaseName == null || binder.isInView() ? written : databaseName + "." + written,
          alias,
          table.hint());
    }
    if (found.relation() instanceof View view) {
      refuseIndex(table.hint());
      return view(view, found.database(), alias);
    }
    VirtualTable virtual = (VirtualTable) found.relation();
    throw TursoException.notSupported("virtual table " + virtual.name());
  }

  private static void refuseIndex(@Nullable IndexHint hint) {
    if (hint != null && hint.index() != null) {
      throw BindErrors.error("no such index: " + hint.index().text());
    }
  }

  private Source commonTable(CommonTables.Found found, @Nullable String alias) {
    String tableName = found.table().name().text();
    String name = alias == null ? tableName : alias;
    for (int i = binder.expansions.size() - 1; i >= 0; i--) {
      Binder.Expansion expansion = binder.expansions.get(i);
      if (expansion.definition() instanceof View) {
        // A view sees none from outside: if this is its own once more, the view is what is
        // circular.
        break;
      }
      if (expansion.definition() != found.table()) {
        continue;
      }
      Binder.Recursion recursion = expansion.recursive();
      if (recursion == null
          || scope.recursion == null
          || scope.recursion.number() != recursion.number()) {
        throw BindErrors.error(expansion.error());
      }
      scope.recursion = null;
      return binder.register(
          new Source.OfRecursion(
              binder.newSource(), name, recursion.number(), recursion.columns()));
    }
    CommonTableUse use = binder.commonTableUse(found);
    use.countReference();
    BoundQuery query = use.query();
    List<String> names = found.table().columns().stream().map(Name::text).toList();
    return binder.register(
        new Source.OfQuery(
            binder.newSource(),
            name,
            tableName,
            null,
            query,
            use,
            QueryColumns.ofQuery(query, names)));
  }

  private Source view(View view, int database, @Nullable String alias) {
    for (Binder.Expansion expansion : binder.expansions) {
      if (expansion.definition() == view) {
        throw BindErrors.error("view " + view.name() + " is circularly defined");
      }
    }
    binder.refer(view);
    binder.expansions.add(new Binder.Expansion(view, null, ""));
    String outerHome = binder.home;
    NameListener listener = binder.listener;
    binder.listener = null;
    binder.home = database == Catalog.TEMP ? null : binder.context().catalog().name(database);
    BoundQuery query = binder.viewQuery(view);
    binder.home = outerHome;
    binder.listener = listener;
    binder.expansions.remove(binder.expansions.size() - 1);
    if (!view.columns().isEmpty() && view.columns().size() != query.columns().size()) {
      throw BindErrors.error(
          "expected "
              + view.columns().size()
              + " columns for '"
              + view.name()
              + "' but got "
              + query.columns().size());
    }
    return binder.register(
        new Source.OfQuery(
            binder.newSource(),
            alias == null ? view.name() : alias,
            view.name(),
            binder.context().catalog().name(database),
            query,
            null,
            QueryColumns.ofView(query, view.columns())));
  }

  @Override
  public Source visit(TableReference.TableFunction call) {
    String name = call.name().name().text();
    String schema = call.name().schema() == null ? binder.home : call.name().schema().text();
    if (call.name().schema() == null
        && scope.commonTables != null
        && scope.commonTables.find(name) != null) {
      throw BindErrors.notFunction(name);
    }
    boolean isTable = binder.context().catalog().find(schema, name) != null;
    TableFunction function = isTable ? null : TableFunctions.find(name);
    if (function == null) {
      throw isTable ? BindErrors.notFunction(name) : noSuchTable(call);
    }
    Source.OfFunction source =
        function(function, call.alias() == null ? null : call.alias().text());
    List<Integer> hidden = source.hiddenColumns();
    if (call.arguments().size() > hidden.size()) {
      binder.refusedWhenRun(
          BindErrors.error("too many arguments on " + name + "() - max " + hidden.size()));
    }
    arguments.put(source.id(), call.arguments());
    return source;
  }

  private TursoException noSuchTable(TableReference.TableFunction call) {
    String name = call.name().name().text();
    String schema = call.name().schema() == null ? binder.home : call.name().schema().text();
    return BindErrors.noSuchTable(schema == null ? name : schema + "." + name);
  }

  private Source.OfFunction function(TableFunction function, @Nullable String alias) {
    binder.context().catalog().useAll();
    List<SourceColumn> columns = new ArrayList<>();
    for (TableFunction.Column column : function.columns()) {
      columns.add(
          new SourceColumn(
              column.name(),
              Affinity.BLOB,
              Collation.BINARY,
              column.declaredType(),
              null,
              column.hidden(),
              false));
    }
    return binder.register(
        new Source.OfFunction(
            binder.newSource(), alias == null ? function.name() : alias, function, columns));
  }

  /** The condition that the hidden columns of a function equal its arguments. */
  private BoundExpression argumentsCondition(Source.OfFunction source, List<Expression> given) {
    BoundExpression condition = null;
    List<Integer> hidden = source.hiddenColumns();
    for (int i = 0; i < given.size(); i++) {
      BoundExpression argument = new ExpressionBinder(binder, scope).value(given.get(i));
      if (i >= hidden.size()) {
        continue;
      }
      BoundExpression column = NameResolver.column(source, hidden.get(i));
      condition = and(condition, Comparisons.of(ComparisonOperator.EQUAL, column, argument));
    }
    return condition == null ? Constant.ONE : condition;
  }

  @Override
  public Source visit(TableReference.Derived derived) {
    return derived(derived.query(), derived.alias());
  }

  private Source derived(SelectStatement statement, @Nullable Name alias) {
    BoundQuery query = new QueryBinder(binder).bind(statement, scope.outer, scope.commonTables);
    return binder.register(
        new Source.OfQuery(
            binder.newSource(),
            alias == null ? "" : alias.text(),
            null,
            null,
            query,
            null,
            QueryColumns.ofQuery(query, List.of())));
  }

  @Override
  public Source visit(TableReference.Group group) {
    TableReference single = single(group.from());
    if (single != null) {
      // An alias inside of the parentheses is lost.
      return single.withAlias(group.alias()).accept(this);
    }
    return new NestedJoinBinder(binder, scope).bind(group);
  }

  /** The one source that stands in parentheses, however many there are; null if it is a join. */
  private static @Nullable TableReference single(FromClause from) {
    if (!from.joins().isEmpty()) {
      return null;
    }
    return from.first() instanceof TableReference.Group group && group.alias() == null
        ? single(group.from())
        : from.first();
  }
}
