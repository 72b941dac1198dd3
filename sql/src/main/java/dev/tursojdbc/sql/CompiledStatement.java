package dev.tursojdbc.sql;

import dev.tursojdbc.sql.bind.BoundQuery;
import dev.tursojdbc.sql.exec.ChangeBuilder;
import dev.tursojdbc.sql.exec.ChangeOperation;
import dev.tursojdbc.sql.exec.StatementBuilder;
import dev.tursojdbc.sql.plan.ChangePlan;
import dev.tursojdbc.sql.plan.PlanDescriber;
import dev.tursojdbc.sql.plan.PlanNode;
import dev.tursojdbc.sql.plan.Planner;
import dev.tursojdbc.sql.plan.SideEffects;
import dev.tursojdbc.storage.record.Register;
import dev.tursojdbc.storage.record.TextEncoding;
import java.util.List;

/**
 * A statement bound and planned: immutable, and shared by all connections that see the same schema.
 * Each builds its own program from it.
 */
sealed interface CompiledStatement {

  Program instantiate(Session session, Register[] parameters);

  /** What EXPLAIN QUERY PLAN shows. */
  List<PlanNode> describe();

  /** The planner of its queries. */
  Planner planner();

  /**
   * A query.
   *
   * @param read the databases that are read, one bit each
   */
  record Select(BoundQuery query, long read, Planner planner, List<ColumnInfo> columns)
      implements CompiledStatement {
    @Override
    public Program instantiate(Session session, Register[] parameters) {
      StatementBuilder builder = new StatementBuilder(planner, encoding(session));
      SelectProgram program =
          new SelectProgram(
              session,
              query,
              builder.query(query),
              columns,
              new ProgramFrames(session, parameters, read));
      session.noteSearched(planner);
      return program;
    }

    @Override
    public List<PlanNode> describe() {
      return new PlanDescriber(planner).describe(query);
    }
  }

  /**
   * An INSERT, UPDATE or DELETE.
   *
   * @param read the databases that are read, one bit each
   * @param written the databases that are written, one bit each
   */
  record Change(ChangePlan plan, SideEffects effects, long read, long written, Planner planner)
      implements CompiledStatement {
    @Override
    public Program instantiate(Session session, Register[] parameters) {
      ProgramFrames frames = new ProgramFrames(session, parameters, read);
      ChangeOperation operation =
          new ChangeBuilder(
                  session.context(),
                  frames.live(),
                  frames.stable(),
                  new StatementBuilder(planner, encoding(session)),
                  new StatementBuilder(planner, encoding(session)),
                  effects,
                  new SequenceRoots(session.schemas()),
                  session.settings().ignoreCheckConstraints)
              .build(plan);
      session.noteSearched(planner);
      return new ChangeProgram(session, this, operation, frames);
    }

    @Override
    public List<PlanNode> describe() {
      return new PlanDescriber(planner).describe(plan);
    }
  }

  private static TextEncoding encoding(Session session) {
    return session.databases().main().schema().encoding();
  }
}
