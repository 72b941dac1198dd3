package dev.tursojdbc.sql;

import dev.tursojdbc.sql.ast.DeleteStatement;
import dev.tursojdbc.sql.ast.InsertStatement;
import dev.tursojdbc.sql.ast.SelectStatement;
import dev.tursojdbc.sql.ast.UpdateStatement;
import dev.tursojdbc.sql.bind.Binder;
import dev.tursojdbc.sql.bind.BindingContext;
import dev.tursojdbc.sql.bind.BoundQuery;
import dev.tursojdbc.sql.plan.ChangePlan;
import dev.tursojdbc.sql.plan.ChangePlanner;
import dev.tursojdbc.sql.plan.Planner;
import dev.tursojdbc.sql.schema.Catalog;
import dev.tursojdbc.sql.schema.Relation;
import dev.tursojdbc.sql.schema.Table;
import dev.tursojdbc.storage.error.TursoException;
import java.util.List;

/** Binds and plans the statements that read and change rows. */
final class RowStatements {
  private final Session session;
  private final BindingContext context;
  private final int queries;

  RowStatements(Session session) {
    this(session, 0);
  }

  /**
   * @param queries how many queries the statement has, for EXPLAIN QUERY PLAN to number those of
   *     views
   */
  RowStatements(Session session, int queries) {
    this.session = session;
    this.queries = queries;
    this.context = session.compiler().bindingContext();
  }

  CompiledStatement select(SelectStatement statement) {
    BoundQuery query = new Binder(context, queries).query(statement);
    return new CompiledStatement.Select(
        query, new Planner(context), ColumnInfo.of(query.columns()));
  }

  CompiledStatement insert(InsertStatement statement) {
    return change(planner().insert(statement));
  }

  CompiledStatement update(UpdateStatement statement) {
    return change(planner().update(statement));
  }

  CompiledStatement delete(DeleteStatement statement) {
    return change(planner().delete(statement));
  }

  private CompiledStatement change(ChangePlan plan) {
    if (session.settings().foreignKeys) {
      refuseForeignKeys();
    }
    return new CompiledStatement.Change(plan, new Planner(context));
  }

  /** Foreign keys are not enforced yet: who asks for that must not be told that all is well. */
  private void refuseForeignKeys() {
    Catalog schemas = session.schemas();
    for (int i = 0; i < schemas.count(); i++) {
      for (Relation relation : schemas.schema(i).relations()) {
        if (relation instanceof Table table && !table.foreignKeys().isEmpty()) {
          throw TursoException.notSupported("foreign_keys=ON where a table has foreign keys");
        }
      }
    }
  }

  private ChangePlanner planner() {
    return new ChangePlanner(
        context, new Binder(context, queries), List.of(), null, session.settings().writableSchema);
  }
}
