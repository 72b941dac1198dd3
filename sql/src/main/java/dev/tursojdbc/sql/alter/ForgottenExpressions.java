package dev.tursojdbc.sql.alter;

import dev.tursojdbc.sql.ast.Expression;
import dev.tursojdbc.sql.ast.Statement;
import dev.tursojdbc.sql.ast.With;
import dev.tursojdbc.sql.ast.With.CommonTableExpression;
import dev.tursojdbc.sql.bind.Binder;
import dev.tursojdbc.sql.bind.BindingContext;
import dev.tursojdbc.sql.bind.NameListener;
import dev.tursojdbc.storage.error.TursoException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the common table expressions in what SQLite's parser forgets.
 *
 * <p>Of {@code (WITH c AS (…) SELECT 1) IN ()} nothing is left but FALSE, so it is no error if what
 * it names does not exist. But while ALTER TABLE reads a definition, SQLite takes the names of a
 * forgotten expression off its list of those that may change, and for this it binds all common
 * table expressions in it. That fails where one makes no sense, and so does the ALTER TABLE.
 */
final class ForgottenExpressions {
  private final BindingContext context;

  /** The WITHs around what is looked at, the outermost first. */
  private final List<With> withs = new ArrayList<>();

  ForgottenExpressions(BindingContext context) {
    this.context = context;
  }

  /** Requires that they make sense, in the order in which the parser has read them. */
  void check(Statement statement) {
    List<Expression> forgotten = new ArrayList<>();
    new QueryWalk() {
      @Override
      void commonTables(With with) {
        with.tables().forEach(table -> query(table.query()));
      }

      @Override
      void forgotten(Expression expression) {
        forgotten.add(expression);
        expression(expression);
      }
    }.statement(statement);
    forgotten.stream()
        .sorted(Comparator.comparingInt(expression -> expression.span().end()))
        .forEach(this::check);
  }

  private void check(Expression forgotten) {
    new QueryWalk() {
      @Override
      void commonTables(With with) {
        withs.add(with);
        TursoException failure = null;
        for (CommonTableExpression table : with.tables()) {
          failure = failure == null ? failure(table) : missingTable(table, failure);
          if (failure == null) {
            query(table.query());
          }
        }
        withs.remove(withs.size() - 1);
        if (failure != null) {
          throw failure;
        }
      }

      @Override
      void forgotten(Expression inner) {
        // Has been looked at by itself, and was forgotten then.
      }
    }.expression(forgotten);
  }

  /** What is wrong with a query; null: nothing. Names without a database may be in any. */
  private @Nullable TursoException failure(CommonTableExpression table) {
    try {
      new Binder(context).tell(NameListener.NOBODY).commonTable(withs, table.query());
      return null;
    } catch (TursoException found) {
      return found;
    }
  }

  /** After a failure SQLite still looks for tables, and tells of the last that is missing. */
  private TursoException missingTable(CommonTableExpression table, TursoException before) {
    try {
      new Binder(context).requireTables(table.query());
      return before;
    } catch (TursoException found) {
      return found;
    }
  }
}
