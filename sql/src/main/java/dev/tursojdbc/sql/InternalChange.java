package dev.tursojdbc.sql;

import dev.tursojdbc.sql.ast.DeleteStatement;
import dev.tursojdbc.sql.ast.Statement;
import dev.tursojdbc.sql.ast.UpdateStatement;
import dev.tursojdbc.sql.bind.Binder;
import dev.tursojdbc.sql.bind.BindingContext;
import dev.tursojdbc.sql.exec.ChangeBuilder;
import dev.tursojdbc.sql.exec.ChangeMark;
import dev.tursojdbc.sql.exec.ChangeOperation;
import dev.tursojdbc.sql.exec.StatementBuilder;
import dev.tursojdbc.sql.parse.SqlParser;
import dev.tursojdbc.sql.plan.ChangePlan;
import dev.tursojdbc.sql.plan.ChangePlanner;
import dev.tursojdbc.sql.plan.Planner;
import dev.tursojdbc.sql.plan.SideEffects;
import dev.tursojdbc.storage.record.Register;
import dev.tursojdbc.storage.record.TextEncoding;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A change of rows that a statement makes for its own purposes, in the midst of its other changes:
 * it fires no triggers, and is not counted.
 */
final class InternalChange {
  private final Session session;

  InternalChange(Session session) {
    this.session = session;
  }

  /** Runs an UPDATE or DELETE. */
  void run(String sql, TextEncoding encoding) {
    BindingContext context = session.compiler().bindingContext();
    Binder binder = new Binder(context);
    ChangePlan plan = plan(SqlParser.parse(sql, 0).statement(), context, binder);
    ProgramFrames frames = new ProgramFrames(session, new Register[0]);
    StatementBuilder builder = new StatementBuilder(new Planner(context), encoding);
    ChangeOperation operation =
        new ChangeBuilder(
                session.context(),
                frames.live(),
                frames.live(),
                builder,
                builder,
                SideEffects.NONE,
                new SequenceRoots(session.schemas()),
                session.settings().ignoreCheckConstraints)
            .build(plan);
    ChangeMark mark = session.counters().beginNested();
    frames.begin();
    try {
      operation.run();
    } finally {
      operation.end();
      frames.end();
      session.counters().endNested(mark);
    }
  }

  private static ChangePlan plan(
      @Nullable Statement statement, BindingContext context, Binder binder) {
    ChangePlanner planner = new ChangePlanner(context, binder, List.of(), null, true, false);
    if (statement instanceof UpdateStatement update) {
      return planner.update(update);
    }
    if (statement instanceof DeleteStatement delete) {
      return planner.delete(delete);
    }
    throw new IllegalStateException("no UPDATE or DELETE");
  }
}
