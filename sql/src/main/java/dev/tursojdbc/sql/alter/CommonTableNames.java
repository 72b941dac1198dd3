package dev.tursojdbc.sql.alter;

import dev.tursojdbc.sql.ast.Expression;
import dev.tursojdbc.sql.ast.Name;
import dev.tursojdbc.sql.ast.Statement;
import dev.tursojdbc.sql.ast.With;
import dev.tursojdbc.sql.ast.With.CommonTableExpression;
import dev.tursojdbc.sql.bind.Binder;
import dev.tursojdbc.sql.bind.NameListener;
import dev.tursojdbc.sql.bind.Source;
import dev.tursojdbc.sql.schema.Catalog;
import dev.tursojdbc.storage.error.TursoException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Tells what the names in common table expressions mean.
 *
 * <p>Where a common table expression is used, SQLite binds a copy of its query. The query that is
 * written there it binds by itself, outside of all queries around the WITH, and only to rename what
 * is named in it. So it is no error if it makes no sense: what was understood of it is renamed.
 * After such a failure SQLite looks up tables, but no more columns.
 */
final class CommonTableNames extends QueryWalk {
  private final Supplier<Binder> binders;
  private final NameListener listener;

  /** The WITHs around what is looked at, the outermost first. */
  private final List<With> withs = new ArrayList<>();

  private boolean failed;

  /**
   * @param binders makes binders for the definition's database
   */
  static void tell(Supplier<Binder> binders, NameListener listener, Statement statement) {
    new CommonTableNames(binders, listener).statement(statement);
  }

  private CommonTableNames(Supplier<Binder> binders, NameListener listener) {
    this.binders = binders;
    this.listener = listener;
  }

  @Override
  void commonTables(With with) {
    withs.add(with);
    for (CommonTableExpression table : with.tables()) {
      try {
        binders.get().tell(failed ? new OnlyTables() : listener).commonTable(withs, table.query());
      } catch (TursoException ofNobodyInterest) {
        failed = true;
      }
      query(table.query());
    }
    withs.remove(withs.size() - 1);
  }

  @Override
  void forgotten(Expression expression) {
    // Its names stay as they are.
  }

  private final class OnlyTables implements NameListener {
    @Override
    public void table(Name written, Catalog.Located found) {
      listener.table(written, found);
    }

    @Override
    public void column(Expression.ColumnReference written, Source source, int column) {
      // SQLite does not know any more what it means.
    }

    @Override
    public void qualifier(Name written, Source source) {
      // SQLite does not know any more what it means.
    }

    @Override
    public void string(Name written) {
      // SQLite does not know any more that it is one.
    }
  }
}
