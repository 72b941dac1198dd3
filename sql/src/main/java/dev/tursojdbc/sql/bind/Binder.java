package dev.tursojdbc.sql.bind;

import dev.tursojdbc.sql.ast.Expression;
import dev.tursojdbc.sql.ast.IndexHint;
import dev.tursojdbc.sql.ast.ResultColumn.All;
import dev.tursojdbc.sql.ast.SelectCore;
import dev.tursojdbc.sql.ast.SelectStatement;
import dev.tursojdbc.sql.ast.Span;
import dev.tursojdbc.sql.ast.StatementException;
import dev.tursojdbc.sql.ast.TableReference;
import dev.tursojdbc.sql.ast.With;
import dev.tursojdbc.sql.ast.With.CommonTableExpression;
import dev.tursojdbc.sql.schema.Catalog;
import dev.tursojdbc.sql.schema.Column;
import dev.tursojdbc.sql.schema.Relation;
import dev.tursojdbc.sql.schema.Table;
import dev.tursojdbc.sql.schema.View;
import dev.tursojdbc.sql.value.Affinity;
import dev.tursojdbc.storage.error.ErrorCode;
import dev.tursojdbc.storage.error.TursoException;
import dev.tursojdbc.storage.record.Collation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Binds one statement: hands out its source numbers and knows its sources. Used once, by one
 * thread; what it makes is immutable.
 *
 * <p>Queries are bound whole. For statements that change rows it binds expressions one by one in
 * scopes of {@link Source}s that the caller makes here: tables, and rows in registers.
 */
public final class Binder {
  /** Most statements have few of everything. */
  private static final int FEW = 4;

  private final BindingContext context;
  private final NameResolver names;
  private final List<Source> sources = new ArrayList<>();
  private final Map<Integer, Source> sourcesById = new HashMap<>();
  private final IdentityHashMap<CommonTableExpression, CommonTableUse> commonTables =
      new IdentityHashMap<>(FEW);
  private int nextSource;

  /** Number of the last query that was counted. */
  private int nextQuery;

  private static final int MAX_REFERENCES = 65_535;

  private final IdentityHashMap<Relation, Integer> references = new IdentityHashMap<>(FEW);

  /** Common table expressions and views that are being bound, the innermost last. */
  final List<Expansion> expansions = new ArrayList<>();

  /**
   * The database of the view that is being bound: what it names without a database is there. Null
   * outside of views, and in those of temp, which may look anywhere.
   */
  @Nullable String home;

  /** What SQLite says once all names are known, when it makes a program of the query. */
  private @Nullable TursoException late;

  /** The part of a query of which only matters whether it has rows. */
  private @Nullable SelectCore existence;

  /** Whether failures tell their place. */
  private boolean locates;

  /** Whether what is bound stands in a query. */
  private boolean isInQuery;

  /** The views that could not be bound, with the reasons; null: none yet. */
  private @Nullable IdentityHashMap<View, TursoException> failedViews;

  /** How many expressions of the query at hand are being bound, each inside of the one before. */
  private int nesting;

  /** What is going to be told of the expression at hand if nothing worse is found in it. */
  private @Nullable TursoException misusedFunction;

  /** Who wants to know what the names of the text mean; null while a view's query is bound. */
  @Nullable NameListener listener;

  public Binder(BindingContext context) {
    this(context, 0);
  }

  /**
   * @param queries how many queries the statement has as written; those that views bring are
   *     numbered from there on
   */
  public Binder(BindingContext context, int queries) {
    this.context = context;
    this.names = new NameResolver(context, this);
    this.nextQuery = queries;
  }

  /** Failures tell where in the text of the statement they come from. */
  public Binder locating() {
    locates = true;
    return this;
  }

  /**
   * A failure that knows which expression it comes of, unless that stands in a view, in a trigger
   * or behind ON, where SQLite does not tell the place.
   */
  TursoException at(Expression expression, TursoException failure) {
    return locates && !isInView()
        ? StatementException.at(expression.span(), String.valueOf(failure.getMessage()))
        : failure;
  }

  /** Binds a condition behind ON. */
  @Nullable BoundExpression on(@Nullable Expression condition, ExpressionBinder expressions) {
    boolean located = locates;
    locates = false;
    BoundExpression bound = expressions.optional(condition);
    locates = located;
    return bound;
  }

  /** Tells somebody what the names in the statement's own text mean. */
  public Binder tell(NameListener wanted) {
    listener = wanted;
    return this;
  }

  /** Binds what stands in a definition of this database: names are looked for there alone. */
  public Binder within(int database) {
    home = database == Catalog.TEMP ? null : context.catalog().name(database);
    return this;
  }

  /**
   * Binds the query of a common table expression by itself, which then sees no columns around it.
   *
   * @param withs those whose tables it may name, the outermost first
   */
  public void commonTable(List<With> withs, SelectStatement query) {
    CommonTables common = null;
    for (With with : withs) {
      common = new CommonTables(common, null, with.tables());
    }
    query(query, null, common);
  }

  /** Requires that the tables of a query are there, whatever else is wrong with it. */
  public void requireTables(SelectStatement query) {
    new MissingTables(this).require(query, null);
  }

  /** The number of a query: its own, but inside of a view a new one. */
  int queryNumber(int written) {
    return isInView() ? ++nextQuery : written;
  }

  /**
   * Whether only the names of the text count: what SQLite refuses when it makes a program of a
   * statement, and not when it looks for its names, is no failure then.
   */
  boolean onlyNames() {
    return listener != null;
  }

  /** Whether what is bound stands in a view, whose names all mean one database. */
  boolean isInView() {
    for (Expansion expansion : expansions) {
      if (expansion.definition() instanceof View) {
        return true;
      }
    }
    return false;
  }

  /** How many queries the statement has, those of views included. */
  public int queryCount() {
    return nextQuery;
  }

  BindingContext context() {
    return context;
  }

  NameResolver names() {
    return names;
  }

  int newSource() {
    return nextSource++;
  }

  <S extends Source> S register(S source) {
    sources.add(source);
    sourcesById.put(source.id(), source);
    return source;
  }

  @Nullable Source source(int id) {
    return sourcesById.get(id);
  }

  /** The query of a common table expression; the same for all references. */
  CommonTableUse commonTableUse(CommonTables.Found found) {
    CommonTableUse use = commonTables.get(found.table());
    if (use == null) {
      // What is written there is bound once more for the listener: by itself, and not in here.
      NameListener told = listener;
      listener = told == null ? null : NameListener.NOBODY;
      try {
        BoundQuery query = new CommonTableBinder(this).bind(found);
        use = new CommonTableUse(query, found.table().materialization());
      } finally {
        listener = told;
      }
      commonTables.put(found.table(), use);
    }
    return use;
  }

  /**
   * A collation by its name.
   *
   * @throws TursoException if there is none
   */
  public Collation collation(String name) {
    Collation collation = context.collations().find(name);
    if (collation == null && onlyNames()) {
      return Collation.BINARY;
    }
    if (collation == null) {
      throw new TursoException(
          ErrorCode.ERROR_MISSING_COLLSEQ, "no such collation sequence: " + name);
    }
    return collation;
  }

  /**
   * Binds what a trigger says.
   *
   * @param database where names without a database are; null: anywhere
   */
  public void inTrigger(@Nullable String database, Runnable binding) {
    String outerHome = home;
    boolean located = locates;
    home = database;
    locates = false;
    binding.run();
    locates = located;
    home = outerHome;
  }

  /** Binds a statement that is a query. */
  public BoundQuery query(SelectStatement statement) {
    return query(statement, null, null);
  }

  /** Binds a query that may refer to the sources of a scope. */
  public BoundQuery query(SelectStatement statement, Scope outer) {
    return query(statement, outer, outer.commonTables);
  }

  private BoundQuery query(
      SelectStatement statement, @Nullable Scope outer, @Nullable CommonTables common) {
    QueryBinder queries = new QueryBinder(this);
    int around = nesting;
    nesting = 0;
    try {
      return isInQuery
          ? queries.bind(statement, outer, common)
          : whole(statement, common, () -> queries.bind(statement, outer, common));
    } finally {
      nesting = around;
    }
  }

  /**
   * Binds an expression or a part of one. A function that cannot be called there does not keep
   * SQLite from looking at the rest of the expression: what is wrong in it is told instead.
   */
  BoundExpression bind(Expression expression, ExpressionBinder expressions) {
    BoundExpression bound;
    nesting++;
    try {
      bound = expression.accept(expressions);
    } finally {
      nesting--;
    }
    TursoException failure = misusedFunction;
    if (failure != null && nesting == 0) {
      misusedFunction = null;
      throw failure;
    }
    return bound;
  }

  /**
   * SQLite is going to refuse a part of an expression, but only once it has found a meaning for all
   * of it.
   *
   * @return what stands for the part meanwhile
   */
  BoundExpression refusedLater(TursoException failure) {
    if (nesting == 0) {
      throw failure;
    }
    if (misusedFunction == null) {
      misusedFunction = failure;
    }
    return Constant.NULL;
  }

  /**
   * SQLite is going to refuse a part of a query, but only once all names in the query are known,
   * and if it needs that part.
   *
   * @return what stands for the part meanwhile
   */
  BoundExpression refusedWhenRun(TursoException failure) {
    if (onlyNames()) {
      return Constant.NULL;
    }
    if (!isInQuery) {
      return refusedLater(failure);
    }
    if (late == null) {
      late = failure;
    }
    return Constant.NULL;
  }

  /** Binds what SQLite makes no program of: it need not be possible to run it. */
  <T> T neverRun(Supplier<T> binding) {
    TursoException before = late;
    T bound = binding.get();
    late = before;
    return bound;
  }

  /** Binds a query of which only matters whether it has rows. */
  BoundQuery existence(SelectStatement statement, Scope outer) {
    existence = statement.isCompound() ? null : statement.core();
    return query(statement, outer);
  }

  /** Whether nobody looks at the values that the query selects. */
  @SuppressWarnings("ReferenceEquality") // The one that is written there, not one that reads so.
  boolean isForExistence(SelectCore core) {
    return existence == core;
  }

  /**
   * A call is wrong, which is told when the expression around it is bound, unless something else
   * is.
   *
   * @param arguments binds the arguments, whose failures go before that of the call
   * @return what stands for the call meanwhile
   */
  BoundExpression misused(TursoException failure, Runnable arguments) {
    misusedFunction = null;
    arguments.run();
    if (misusedFunction == null) {
      misusedFunction = failure;
    }
    return Constant.NULL;
  }

  /**
   * Binds the query for the rows that an UPDATE or DELETE changes. For SQLite it is none: it
   * resolves the WHERE by itself, and looks for the tables of a query in it when it comes there.
   */
  public BoundQuery rowsToChange(SelectStatement statement, Scope outer) {
    return new QueryBinder(this).bind(statement, outer, outer.commonTables);
  }

  /**
   * Binds the rows of VALUES that are no query of their own here. For SQLite several are a
   * compound, whose last part comes first.
   *
   * @param statement what consists of these rows and nothing else
   */
  public List<List<BoundExpression>> rows(
      SelectStatement statement, SelectCore.Values values, Scope scope) {
    ExpressionBinder expressions = new ExpressionBinder(this, scope);
    if (values.rows().size() == 1) {
      return List.of(expressions.values(values.rows().get(0)));
    }
    return whole(statement, scope.commonTables, () -> QueryBinder.rows(values.rows(), expressions));
  }

  /** Binds a query whose tables SQLite looks up before all columns in it. */
  private <T> T whole(
      SelectStatement statement, @Nullable CommonTables common, Supplier<T> binding) {
    String startHome = home;
    int depth = expansions.size();
    isInQuery = true;
    T bound;
    try {
      bound = binding.get();
    } catch (TursoException e) {
      if (e.code() == ErrorCode.ERROR) {
        new MissingTables(again(startHome, depth)).require(statement, common);
      }
      throw e;
    } finally {
      isInQuery = false;
    }
    TursoException failure = late;
    if (failure != null && !isInView()) {
      late = null;
      throw failure;
    }
    return bound;
  }

  /** A binder for a query that this one failed to bind. */
  private Binder again(@Nullable String startHome, int depth) {
    Binder again = new Binder(context);
    again.home = startHome;
    again.expansions.addAll(expansions.subList(0, depth));
    again.failedViews = failedViews();
    return again;
  }

  /** Binds the query of a view; once it has failed, it fails always. */
  BoundQuery viewQuery(View view) {
    TursoException failure = failedViews == null ? null : failedViews.get(view);
    if (failure != null) {
      throw failure;
    }
    boolean wasInQuery = isInQuery;
    try {
      isInQuery = false;
      return query(view.query(), null, null);
    } catch (TursoException e) {
      failedViews().put(view, e);
      throw e;
    } finally {
      isInQuery = wasInQuery;
    }
  }

  private IdentityHashMap<View, TursoException> failedViews() {
    if (failedViews == null) {
      failedViews = new IdentityHashMap<>(FEW);
    }
    return failedViews;
  }

  /** Binds an expression that must be one value. */
  public BoundExpression expression(Expression expression, Scope scope) {
    return new ExpressionBinder(this, scope).value(expression);
  }

  /** Binds the DEFAULT of a column for a row that is made now. */
  public BoundExpression defaultValue(Expression expression) {
    return expression(expression, Scope.ofDefault());
  }

  /** What records that were written before the column was added have in it. */
  public BoundExpression storedDefault(Column column) {
    return expression(StoredDefault.of(column), Scope.empty());
  }

  /** Binds an expression that may be a row value, {@link BoundValue.Row}. */
  public BoundExpression rowExpression(Expression expression, Scope scope) {
    return new ExpressionBinder(this, scope).any(expression);
  }

  /** Binds a RETURNING clause: result columns over the sources of the scope. */
  public List<ResultColumn> resultColumns(
      List<dev.tursojdbc.sql.ast.ResultColumn> columns, Scope scope) {
    return new ResultColumnBinder(this, scope).bind(columns);
  }

  /**
   * A scope over a FROM clause, for UPDATE … FROM: binds its joins after the given items.
   *
   * @param first the sources before it, such as the table that is changed
   */
  public FromItems from(List<FromItem> first, dev.tursojdbc.sql.ast.FromClause from, Scope scope) {
    List<FromItem> items = new ArrayList<>(first);
    new FromBinder(this, scope, items).add(from);
    return new FromItems(items);
  }

  /** The terms of a FROM clause. */
  public record FromItems(List<FromItem> items) {
    public FromItems {
      items = List.copyOf(items);
    }
  }

  /** A scope whose queries know the common table expressions of a WITH. */
  public Scope scopeWith(@Nullable With with, List<? extends Source> rows) {
    CommonTables common = with == null ? null : new CommonTables(null, null, with.tables());
    Scope scope = new Scope(null, common);
    rows.forEach(source -> scope.add(source, JoinKind.INNER, List.of()));
    return scope;
  }

  /** A table as a source that cursors read. */
  public Source.OfTable table(
      Catalog.Located found, String writtenName, @Nullable String alias, @Nullable IndexHint hint) {
    Table table = (Table) found.relation();
    refer(table);
    if (hint != null && hint.index() != null && table.index(hint.index().text()) == null) {
      throw BindErrors.error("no such index: " + hint.index().text());
    }
    return register(
        new Source.OfTable(
            newSource(),
            alias == null ? table.name() : alias,
            found.database(),
            context.catalog().name(found.database()),
            table,
            writtenName,
            alias,
            hint,
            columnsOf(table, context.catalog().name(found.database())),
            new TableExpressions(context, table)));
  }

  /** A row of a table in registers, under the table's own name or an alias. */
  public Source.OfRow row(Table table, String databaseName, String name) {
    return register(
        new Source.OfRow(
            newSource(), name, databaseName, table, columnsOf(table, databaseName), false));
  }

  /** The row of a table that RETURNING reads: its name goes without the database. */
  public Source.OfRow returnedRow(Table table, String databaseName) {
    return register(
        new Source.OfRow(
            newSource(), table.name(), null, table, columnsOf(table, databaseName), false));
  }

  /** A row of a table in registers that has to be named: {@code new}, {@code old}, excluded. */
  public Source.OfRow qualifiedRow(Table table, String databaseName, String name) {
    return register(
        new Source.OfRow(newSource(), name, null, table, columnsOf(table, databaseName), true));
  }

  /**
   * As {@link #qualifiedRow}, for SQL of a user's: there SQLite takes such a column for an
   * expression like any other, that has no affinity in a comparison.
   */
  public Source.OfRow namedRow(Table table, String databaseName, String name) {
    return register(
        new Source.OfRow(
            newSource(), name, null, table, withoutAffinity(columnsOf(table, databaseName)), true));
  }

  private static List<SourceColumn> withoutAffinity(List<SourceColumn> columns) {
    return columns.stream()
        .map(
            column ->
                new SourceColumn(
                    column.name(),
                    column.tableName(),
                    column.innerName(),
                    column.role(),
                    Affinity.NONE,
                    column.collation(),
                    column.declaredType(),
                    column.origin(),
                    column.hidden(),
                    column.notNull()))
        .toList();
  }

  /** A row in registers that is not a table's. */
  public Source.OfRegisters registers(String name, List<SourceColumn> columns) {
    return register(new Source.OfRegisters(newSource(), name, columns));
  }

  /** Counts the places that name a relation, those in views included. */
  void refer(Relation relation) {
    if (references.merge(relation, 1, Integer::sum) >= MAX_REFERENCES) {
      throw BindErrors.error(
          "too many references to \"" + relation.name() + "\": max " + MAX_REFERENCES);
    }
  }

  /** The columns of a view as a row in registers offers them. */
  public List<SourceColumn> columnsOf(BoundQuery query, List<String> names) {
    return QueryColumns.ofView(query, names);
  }

  /** The type of a column of a view or of CREATE TABLE AS, or null. */
  public @Nullable String typeName(BoundQuery query, int column) {
    return QueryColumns.typeName(query, column);
  }

  private List<SourceColumn> columnsOf(Table table, String databaseName) {
    List<SourceColumn> columns = new ArrayList<>(table.columnCount());
    for (Column column : table.columns()) {
      columns.add(
          new SourceColumn(
              column.name(),
              column.affinity(),
              collationOfColumn(column.collation()),
              column.declaredType(),
              new SourceColumn.Origin(databaseName, table.name(), column.name()),
              false,
              column.notNull() != null));
    }
    return columns;
  }

  /** A column can be read whatever it is compared by. */
  private Collation collationOfColumn(String name) {
    Collation known = context.collations().find(name);
    return known == null ? new UnknownCollation(name, false) : known;
  }

  /** SELECT * FROM table, for IN table. */
  BoundQuery wholeTable(TableReference table, Scope scope) {
    SelectStatement statement =
        new SelectStatement(
            null,
            new SelectCore.Select(
                ++nextQuery,
                false,
                List.of(new All(Span.NONE)),
                new dev.tursojdbc.sql.ast.FromClause(table, List.of()),
                null,
                List.of(),
                null,
                List.of()),
            List.of(),
            List.of(),
            null,
            Span.NONE);
    // As in SQLite this name keeps what it says when the table gets another.
    NameListener told = listener;
    listener = null;
    BoundQuery query = query(statement, scope);
    listener = told;
    return query;
  }

  /**
   * A name that stands for a query which is being bound.
   *
   * @param recursive the row that the name means in the FROM of the recursive query; null while it
   *     must not be used
   * @param error what to say if it is used all the same
   */
  record Expansion(Object definition, @Nullable Recursion recursive, String error) {}

  /** The recursion that a recursive reference reads from. */
  record Recursion(int number, String name, List<SourceColumn> columns) {}
}
