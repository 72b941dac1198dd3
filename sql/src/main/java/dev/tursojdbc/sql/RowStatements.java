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
import dev.tursojdbc.sql.plan.ForeignKeyPlanner;
import dev.tursojdbc.sql.plan.ForeignKeyPlans;
import dev.tursojdbc.sql.plan.Planner;
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
    Binder binder = new Binder(context, queries);
    return change(planner(binder).insert(statement), binder);
  }

  CompiledStatement update(UpdateStatement statement) {
    Binder binder = new Binder(context, queries);
    return change(planner(binder).update(statement), binder);
  }

  CompiledStatement delete(DeleteStatement statement) {
    Binder binder = new Binder(context, queries);
    return change(planner(binder).delete(statement), binder);
  }

  private CompiledStatement.Change change(ChangePlan plan, Binder binder) {
    return new CompiledStatement.Change(plan, foreignKeys(plan, binder), new Planner(context));
  }

  private ForeignKeyPlans foreignKeys(ChangePlan plan, Binder binder) {
    Settings settings = session.settings();
    return settings.foreignKeys
        ? new ForeignKeyPlanner(context, binder, settings.deferForeignKeys, false).plan(plan)
        : ForeignKeyPlans.NONE;
  }

  private ChangePlanner planner(Binder binder) {
    return new ChangePlanner(
        context,
        binder,
        List.of(),
        null,
        session.settings().writableSchema,
        session.settings().foreignKeys);
  }
}
