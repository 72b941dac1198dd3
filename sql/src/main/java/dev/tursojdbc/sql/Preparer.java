package dev.tursojdbc.sql;

import dev.tursojdbc.sql.ast.Statement;
import dev.tursojdbc.sql.parse.Blanks;
import dev.tursojdbc.sql.parse.ParsedStatement;
import dev.tursojdbc.sql.parse.SqlParser;
import dev.tursojdbc.sql.parse.StatementShape;
import dev.tursojdbc.storage.record.Register;
import org.jspecify.annotations.Nullable;

/**
 * Makes queries of texts for one session: from a plan that somebody made, or by reading and
 * compiling.
 *
 * <p>A plan is found by the text; failing that, by the text's shape, if the literals in which texts
 * of this shape differ are parameters of the plan. The second text of a shape makes such a plan, so
 * that a statement that comes once, or always the same, is planned as it is written.
 *
 * <p>A plan may be of a schema that is gone; the query's first step sees that.
 */
final class Preparer {
  private final Session session;
  private final SessionDatabases databases;
  private final StatementShape shape = new StatementShape();
  private final IdlePrograms idle = new IdlePrograms();

  /** What the statement that is being compiled is called in the cache; null if it is not shared. */
  private @Nullable String sharedText;

  private @Nullable LiftedLiterals sharedLiterals;

  /** The plan that was just made under that name. */
  private PlanCache.@Nullable Plan sharedPlan;

  Preparer(Session session) {
    this.session = session;
    this.databases = session.databases();
  }

  Query prepare(String sql, int from) {
    if (from != 0 || !databases.isMainAlone() || databases.main().schemaIsOwn()) {
      return prepareAnew(sql, from, null);
    }
    if (lookUp(sql) instanceof PlanCache.Plan plan) {
      return query(sql, plan);
    }
    if (!shape.scan(sql) || shape.literalCount() == 0) {
      return prepareAnew(sql, 0, null);
    }
    String text = shape.text();
    PlanCache.Entry entry = lookUp(text);
    if (entry == null) {
      keep(text, PlanCache.Shape.SEEN);
      return prepareAnew(sql, 0, null);
    }
    if (entry instanceof PlanCache.Partly partly) {
      entry = lookUp(partly.literals().planText(shape));
    }
    if (entry instanceof PlanCache.Plan plan) {
      return query(sql, plan);
    }
    return prepareAnew(sql, 0, entry == PlanCache.Shape.FIXED ? null : text);
  }

  private PlanCache.@Nullable Entry lookUp(String text) {
    return databases.main().shared().plans().get(key(text));
  }

  private void keep(String text, PlanCache.Entry entry) {
    databases.main().shared().plans().put(key(text), entry);
  }

  private PlanCache.Key key(String text) {
    return new PlanCache.Key(
        text, databases.main().presumedSchema(), session.settings().fingerprint());
  }

  /** A query of a known plan. If that has lifted literals, {@link #shape} is the text's. */
  private Query query(String sql, PlanCache.Plan plan) {
    IdlePrograms.Idle program = idle.take(plan);
    if (program == null) {
      Register[] parameters = registers(plan.parameterCount());
      program =
          new IdlePrograms.Idle(plan, plan.compiled().instantiate(session, parameters), parameters);
    }
    return query(sql, program);
  }

  private Query query(String sql, IdlePrograms.Idle program) {
    LiftedLiterals literals = program.plan().literals();
    ParsedStatement parsed = program.plan().parsed();
    if (literals == null) {
      return new Query(session, parsed, Blanks.skip(sql, parsed.end()), program, null);
    }
    literals.bind(sql, shape, program.parameters());
    return new Query(session, parsed, Blanks.skip(sql, shape.end()), program, sql);
  }

  /**
   * @param shapeText the shape of the text, if its literals shall be lifted
   */
  private Query prepareAnew(String sql, int from, @Nullable String shapeText) {
    ParsedStatement parsed = SqlParser.parse(sql, from);
    Statement statement = parsed.statement();
    if (statement == null) {
      return new Query(session, parsed, sql.length(), registers(0), null);
    }
    return session.withSchemas(
        () -> {
          LiteralLifter.Lifted lifted =
              shapeText == null ? null : LiteralLifter.lift(statement, shape, session.schemas());
          if (lifted != null) {
            return prepareLifted(sql, parsed, shapeText, lifted);
          }
          if (shapeText != null) {
            keep(shapeText, PlanCache.Shape.FIXED);
          }
          return compile(sql, parsed, from == 0 && databases.isMainAlone() ? sql : null, null);
        });
  }

  private Query prepareLifted(
      String sql, ParsedStatement parsed, String shapeText, LiteralLifter.Lifted lifted) {
    LiftedLiterals literals = lifted.literals();
    if (!literals.isComplete()) {
      keep(shapeText, new PlanCache.Partly(literals));
    }
    ParsedStatement changed =
        new ParsedStatement(
            lifted.statement(),
            parsed.text(),
            parsed.end(),
            parsed.parameterNames(),
            parsed.queryCount());
    String planText = literals.isComplete() ? shapeText : literals.planText(shape);
    return compile(sql, changed, planText, literals);
  }

  private Query compile(
      String sql,
      ParsedStatement parsed,
      @Nullable String planText,
      @Nullable LiftedLiterals literals) {
    Register[] parameters =
        registers(literals == null ? parsed.parameterNames().size() : literals.count());
    sharedText = planText;
    sharedLiterals = literals;
    sharedPlan = null;
    try {
      Program program = session.compiler().compile(parsed, parameters);
      PlanCache.Plan plan = sharedPlan;
      return plan == null
          ? new Query(session, parsed, Blanks.skip(sql, parsed.end()), parameters, program)
          : query(sql, new IdlePrograms.Idle(plan, program, parameters));
    } finally {
      sharedText = null;
    }
  }

  /** Offers a compiled statement to the other connections. */
  void share(ParsedStatement parsed, CompiledStatement compiled) {
    String text = sharedText;
    if (text == null) {
      return;
    }
    PlanCache.Plan plan = new PlanCache.Plan(parsed, compiled, sharedLiterals);
    sharedPlan = plan;
    if (databases.isMainAlone() && !databases.main().schemaIsOwn()) {
      keep(text, plan);
    }
  }

  /** A query is closed: its program can be used again. */
  void giveBack(IdlePrograms.Idle program) {
    idle.offer(program);
  }

  private static Register[] registers(int count) {
    Register[] registers = new Register[count];
    for (int i = 0; i < count; i++) {
      registers[i] = new Register();
    }
    return registers;
  }
}
