package dev.tursojdbc.sql;

import dev.tursojdbc.sql.ast.DeleteStatement;
import dev.tursojdbc.sql.ast.ExplainStatement;
import dev.tursojdbc.sql.ast.InsertStatement;
import dev.tursojdbc.sql.ast.SelectStatement;
import dev.tursojdbc.sql.ast.UpdateStatement;
import dev.tursojdbc.sql.bind.Binder;
import dev.tursojdbc.sql.bind.BindingContext;
import dev.tursojdbc.sql.bind.BoundQuery;
import dev.tursojdbc.sql.exec.Bindings;
import dev.tursojdbc.sql.exec.ChangeBuilder;
import dev.tursojdbc.sql.exec.ChangeOperation;
import dev.tursojdbc.sql.exec.StatementBuilder;
import dev.tursojdbc.sql.plan.ChangePlan;
import dev.tursojdbc.sql.plan.ChangePlanner;
import dev.tursojdbc.sql.plan.Planner;
import dev.tursojdbc.sql.schema.Table;
import dev.tursojdbc.storage.error.TursoException;
import dev.tursojdbc.storage.record.Register;
import dev.tursojdbc.storage.record.TextEncoding;
import java.util.List;

/** Compiles the statements that read and change rows: binds, plans, builds. */
final class RowStatements {
  private final Session session;
  private final Register[] parameters;
  private final BindingContext context;

  RowStatements(Session session, Register[] parameters) {
    this.session = session;
    this.parameters = parameters;
    this.context = session.compiler().bindingContext();
  }

  Program select(SelectStatement statement) {
    BoundQuery query = new Binder(context).query(statement);
    ProgramFrames frames = new ProgramFrames(session, parameters);
    StatementBuilder builder = new StatementBuilder(new Planner(context), encoding());
    return new SelectProgram(session, builder.query(query), ColumnInfo.of(query.columns()), frames);
  }

  Program insert(InsertStatement statement) {
    return change(planner().insert(statement));
  }

  Program update(UpdateStatement statement) {
    return change(planner().update(statement));
  }

  Program delete(DeleteStatement statement) {
    return change(planner().delete(statement));
  }

  Program explain(ExplainStatement statement) {
    throw TursoException.notSupported("EXPLAIN");
  }

  private ChangePlanner planner() {
    return new ChangePlanner(
        context, new Binder(context), List.of(), null, session.settings().writableSchema);
  }

  private TextEncoding encoding() {
    return session.databases().main().schema().encoding();
  }

  private Program change(ChangePlan plan) {
    ProgramFrames frames = new ProgramFrames(session, parameters);
    Planner planner = new Planner(context);
    int database = plan.target().database();
    Table sequences = context.catalog().schema(database).table("sqlite_sequence");
    ChangeOperation operation =
        new ChangeBuilder(
                session.context(),
                frames.live(),
                frames.stable(),
                new StatementBuilder(planner, encoding()),
                new StatementBuilder(planner, encoding()),
                Bindings.none(),
                sequences == null ? 0 : sequences.rootPage(),
                session.settings().ignoreCheckConstraints)
            .build(plan);
    return new ChangeProgram(session, plan, operation, frames);
  }
}
