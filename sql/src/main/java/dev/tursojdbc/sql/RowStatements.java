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
import java.util.List;

/** Binds and plans the statements that read and change rows. */
final class RowStatements {
  private final Session session;
  private final BindingContext context;

  RowStatements(Session session) {
    this.session = session;
    this.context = session.compiler().bindingContext();
  }

  CompiledStatement select(SelectStatement statement) {
    BoundQuery query = new Binder(context).query(statement);
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
    return new CompiledStatement.Change(plan, new Planner(context));
  }

  private ChangePlanner planner() {
    return new ChangePlanner(
        context, new Binder(context), List.of(), null, session.settings().writableSchema);
  }
}
