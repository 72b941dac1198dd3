package dev.tursojdbc.sql.bind;

import dev.tursojdbc.sql.ast.Expression;
import dev.tursojdbc.sql.ast.FromClause;
import dev.tursojdbc.sql.ast.NamedWindow;
import dev.tursojdbc.sql.ast.ResultColumn;
import dev.tursojdbc.sql.ast.SelectCore;
import dev.tursojdbc.sql.ast.SelectStatement;
import dev.tursojdbc.sql.ast.SelectStatement.CompoundOperator;
import dev.tursojdbc.sql.ast.TableReference;
import dev.tursojdbc.sql.ast.With.CommonTableExpression;
import dev.tursojdbc.sql.schema.Names;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Looks once more for the tables of a query that has no meaning.
 *
 * <p>SQLite looks up all tables of a query, those of its subqueries and of the common table
 * expressions it uses included, and joins those of a FROM by USING before it asks what the name of
 * any column elsewhere means; so of two errors it tells that a table is missing, or a column to
 * join by. Here tables and columns are bound together, and only of a query that failed all tables
 * are looked up again, in SQLite's order: of a compound the last core first; of a core what is in
 * FROM, stars, result columns, WHERE, ON, GROUP BY, HAVING, ORDER BY, LIMIT, and the arguments in
 * FROM. A view is bound whole, as SQLite does to know its columns.
 */
final class MissingTables {
  private final Binder binder;

  /** The common table expressions that were looked at, or are being. */
  private final IdentityHashMap<CommonTableExpression, Visit> visits = new IdentityHashMap<>();

  /** Those that are being looked at, the innermost last. */
  private final List<CommonTableExpression> open = new ArrayList<>();

  private enum Visit {
    OPEN,
    DONE
  }

  /**
   * @param binder a new one, with the views that are being bound
   */
  MissingTables(Binder binder) {
    this.binder = binder;
  }

  /** Throws what SQLite says if a table cannot be found. */
  void require(SelectStatement statement, @Nullable CommonTables outer) {
    CommonTables common =
        statement.with() == null ? outer : new CommonTables(outer, null, statement.with().tables());
    for (int i = statement.compound().size(); i > 0; i--) {
      core(
          statement.compound().get(i - 1).core(),
          i == statement.compound().size(),
          statement,
          common);
    }
    core(statement.core(), !statement.isCompound(), statement, common);
  }

  /**
   * @param last whether ORDER BY and LIMIT belong to the core
   */
  private void core(
      SelectCore core, boolean last, SelectStatement statement, @Nullable CommonTables common) {
    Queries queries = new Queries(common);
    From from = new From(common);
    SelectCore.Select select = core instanceof SelectCore.Select of ? of : null;
    if (core instanceof SelectCore.Values values) {
      for (int i = values.rows().size() - 1; i >= 0; i--) {
        queries.walk(values.rows().get(i));
      }
    }
    if (select != null) {
      if (select.from() != null) {
        from.add(select.from());
        from.joined.require();
      }
      stars(select.columns(), select.from());
      for (ResultColumn column : select.columns()) {
        if (column instanceof ResultColumn.Of of) {
          queries.walk(of.expression());
        } else if (column instanceof ResultColumn.OfRow row) {
          queries.walk(row.row());
        }
      }
      queries.walk(select.where());
      from.conditions.forEach(queries::walk);
      queries.walk(select.groupBy());
      queries.walk(select.having());
    }
    if (last) {
      queries.walkTerms(statement.orderBy());
      if (statement.limit() != null) {
        queries.walk(statement.limit().count());
        queries.walk(statement.limit().offset());
      }
    }
    if (select != null) {
      for (NamedWindow window : select.windows()) {
        queries.walk(window.definition(), null);
      }
    }
    from.arguments.forEach(queries::walk);
  }

  private static void stars(List<ResultColumn> columns, @Nullable FromClause from) {
    for (ResultColumn column : columns) {
      if (column instanceof ResultColumn.All && from == null) {
        throw BindErrors.error("no tables specified");
      }
      if (column instanceof ResultColumn.AllOf of
          && (from == null || !names(from, of.table().text()))) {
        throw BindErrors.noSuchTable(of.table().text());
      }
    }
  }

  /** Whether a source of the clause may have this name. */
  private static boolean names(FromClause from, String name) {
    return names(from.first(), name)
        || from.joins().stream().anyMatch(join -> names(join.table(), name));
  }

  private static boolean names(TableReference reference, String name) {
    if (reference instanceof TableReference.Group group && names(group.from(), name)) {
      return true;
    }
    if (reference.alias() != null) {
      return Names.same(reference.alias().text(), name);
    }
    if (reference instanceof TableReference.Table table) {
      return Names.same(table.name().name().text(), name);
    }
    return reference instanceof TableReference.TableFunction function
        && Names.same(function.name().name().text(), name);
  }

  /** Only the innermost one that is being looked at may be named once more, if it is recursive. */
  @SuppressWarnings("ReferenceEquality") // The one that is written there, not one that reads so.
  private void commonTable(CommonTables.Found found) {
    CommonTableExpression table = found.table();
    Visit visit = visits.get(table);
    if (visit == null) {
      visits.put(table, Visit.OPEN);
      open.add(table);
      require(table.query(), found.in());
      open.remove(open.size() - 1);
      visits.put(table, Visit.DONE);
    } else if (visit == Visit.OPEN
        && (table != open.get(open.size() - 1) || !mayRecur(table.query()))) {
      throw BindErrors.circular(table.name().text());
    }
  }

  private static boolean mayRecur(SelectStatement query) {
    if (!query.isCompound()) {
      return false;
    }
    CompoundOperator last = query.compound().get(query.compound().size() - 1).operator();
    return last == CompoundOperator.UNION || last == CompoundOperator.UNION_ALL;
  }

  /** Looks for the tables of the queries in expressions. */
  private final class Queries extends InnerQueries {
    private final @Nullable CommonTables common;

    Queries(@Nullable CommonTables common) {
      this.common = common;
    }

    @Override
    void query(SelectStatement query) {
      require(query, common);
    }

    @Override
    void table(TableReference table) {
      From from = new From(common);
      table.accept(from);
      from.arguments.forEach(this::walk);
    }
  }

  /** Looks for the tables of a FROM clause. */
  private final class From implements TableReference.Visitor<@Nullable Set<String>> {
    private final @Nullable CommonTables common;

    /** What the joins have to be told about columns. */
    final JoinedNames joined = new JoinedNames();

    /** What stands behind ON. */
    final List<Expression> conditions = new ArrayList<>();

    /** The arguments of table-valued functions. */
    final List<Expression> arguments = new ArrayList<>();

    From(@Nullable CommonTables common) {
      this.common = common;
    }

    void add(FromClause from) {
      if (from.first() instanceof TableReference.Group group && group.alias() == null) {
        add(group.from());
      } else {
        joined.add(from.first().accept(this));
      }
      for (FromClause.Join join : from.joins()) {
        joined.add(join, join.table().accept(this));
      }
      for (FromClause.Join join : from.joins()) {
        if (join.on() != null) {
          conditions.add(join.on());
        }
      }
    }

    @Override
    public @Nullable Set<String> visit(TableReference.Table table) {
      CommonTables.Found found =
          table.name().schema() == null && common != null
              ? common.find(table.name().name().text())
              : null;
      if (found == null) {
        return bind(table);
      }
      commonTable(found);
      return JoinedNames.of(found.table());
    }

    @Override
    public @Nullable Set<String> visit(TableReference.TableFunction function) {
      // How many arguments it may have is asked when all names are known.
      Set<String> names =
          bind(new TableReference.TableFunction(function.name(), List.of(), function.alias()));
      arguments.addAll(function.arguments());
      return names;
    }

    /** A table that is no common one means the same in any scope. */
    private Set<String> bind(TableReference reference) {
      return JoinedNames.of(
          reference.accept(new FromBinder(binder, new Scope(null, common), new ArrayList<>())));
    }

    @Override
    public @Nullable Set<String> visit(TableReference.Derived derived) {
      require(derived.query(), common);
      return JoinedNames.of(derived.query());
    }

    @Override
    public @Nullable Set<String> visit(TableReference.Group group) {
      From inner = new From(common);
      inner.add(group.from());
      inner.joined.require();
      Queries queries = new Queries(common);
      inner.conditions.forEach(queries::walk);
      inner.arguments.forEach(queries::walk);
      return inner.joined.all();
    }
  }
}
