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
import dev.tursojdbc.sql.plan.SideEffectPlanner;
import dev.tursojdbc.sql.plan.SideEffects;
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
    this.context = session.compiler().bindingContext(session.schemas().forStatement());
  }

  CompiledStatement select(SelectStatement statement) {
    Binder binder = new Binder(context, queries).locating();
    BoundQuery query = binder.query(statement);
    return new CompiledStatement.Select(
        query,
        context.catalog().used(),
        new Planner(context, session.settings().planRules(), binder.queryCount()),
        ColumnInfo.of(query));
  }

  CompiledStatement insert(InsertStatement statement) {
    Binder binder = new Binder(context, queries).locating();
    return change(planner(binder).insert(statement), binder);
  }

  CompiledStatement update(UpdateStatement statement) {
    Binder binder = new Binder(context, queries).locating();
    return change(planner(binder).update(statement), binder);
  }

  CompiledStatement delete(DeleteStatement statement) {
    Binder binder = new Binder(context, queries).locating();
    return change(planner(binder).delete(statement), binder);
  }

  private CompiledStatement.Change change(ChangePlan plan, Binder binder) {
    SideEffectPlanner planner =
        new SideEffectPlanner(context, binder, session.settings().sideEffects(false));
    SideEffects effects = planner.of(plan);
    return new CompiledStatement.Change(
        plan,
        effects,
        context.catalog().used() | planner.written(),
        planner.written(),
        new Planner(context, session.settings().planRules(), binder.queryCount()));
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
