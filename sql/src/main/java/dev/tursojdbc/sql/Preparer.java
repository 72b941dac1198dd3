package dev.tursojdbc.sql;

import dev.tursojdbc.sql.ast.CreateTableStatement;
import dev.tursojdbc.sql.ast.CreateTriggerStatement;
import dev.tursojdbc.sql.ast.DatabaseStatement;
import dev.tursojdbc.sql.ast.PragmaStatement;
import dev.tursojdbc.sql.ast.Statement;
import dev.tursojdbc.sql.ast.TransactionStatement;
import dev.tursojdbc.sql.parse.Blanks;
import dev.tursojdbc.sql.parse.ParsedStatement;
import dev.tursojdbc.sql.parse.RefusedText;
import dev.tursojdbc.sql.parse.SqlParser;
import dev.tursojdbc.sql.parse.SqlSyntaxException;
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

  /** The statement that is being compiled, if its plan is to be kept. */
  private @Nullable ParsedStatement sharedStatement;

  private @Nullable LiftedLiterals sharedLiterals;

  /** Its plan. */
  private PlanCache.@Nullable Plan sharedPlan;

  Preparer(Session session) {
    this.session = session;
    this.databases = session.databases();
  }

  /** Whether plans of others can be used. */
  private boolean canShare() {
    return databases.isMainAlone()
        && !session.definitions().hideBuiltIns()
        && session.limits().areDefault();
  }

  Query prepare(String sql, int from) {
    if (from != 0 || !canShare() || databases.main().schemaIsOwn()) {
      return prepareAnew(sql, from, null);
    }
    if (databases.main().shared().isYetToBeCompared()) {
      session.withSchemas(() -> true);
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
    LiftedLiterals literals = plan.literals();
    int end = Blanks.skip(sql, literals == null ? plan.parsed().end() : shape.end());
    IdlePrograms.Idle program = idle.take(plan);
    Register[] parameters =
        program == null ? registers(plan.parameterCount()) : program.parameters();
    if (literals != null) {
      literals.bind(sql, shape, parameters);
    }
    if (program == null) {
      program =
          new IdlePrograms.Idle(plan, plan.compiled().instantiate(session, parameters), parameters);
    }
    return new Query(session, plan.parsed(), end, program, literals == null ? null : sql);
  }

  /**
   * @param shapeText the shape of the text, if its literals shall be lifted
   */
  private Query prepareAnew(String sql, int from, @Nullable String shapeText) {
    ParsedStatement parsed = parse(sql, from);
    Statement statement = parsed.statement();
    if (statement == null) {
      return new Query(session, parsed, sql.length(), registers(0), null);
    }
    if (!needsSchema(statement)) {
      return compile(sql, parsed, null, null, registers(parsed.parameterNames().size()));
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
          String planText = from == 0 && canShare() ? sql : null;
          Register[] parameters = registers(parsed.parameterNames().size());
          return compile(sql, parsed, planText, null, parameters);
        });
  }

  private ParsedStatement parse(String sql, int from) {
    Limits limits = session.limits();
    limits.requireLength(sql, from);
    try {
      ParsedStatement parsed = SqlParser.parse(sql, from);
      limits.require(parsed);
      return parsed;
    } catch (SqlSyntaxException refused) {
      requireGoodBeginning(sql, from, refused);
      throw refused;
    }
  }

  /** What is wrong in the part of a definition before a syntax error is told first. */
  private void requireGoodBeginning(String sql, int from, SqlSyntaxException refused) {
    String beginning = RefusedText.completed(sql, from, refused);
    if (beginning == null) {
      return;
    }
    Statement statement = SqlParser.parse(beginning, 0).statement();
    session.withSchemas(
        () -> {
          if (statement instanceof CreateTriggerStatement trigger) {
            CreateTrigger.requireAsRead(session, trigger);
          } else if (statement instanceof CreateTableStatement table) {
            CreateTable.requireAsRead(session, table);
          }
          return true;
        });
  }

  /** Whether a damaged schema keeps a statement from being compiled, as it does in SQLite. */
  private static boolean needsSchema(Statement statement) {
    return !(statement instanceof TransactionStatement)
        && !(statement instanceof DatabaseStatement.Detach)
        && !(statement instanceof PragmaStatement pragma && !Pragmas.needsSchema(pragma));
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
            parsed.queryCount(),
            parsed.sourceDatabases(),
            parsed.size());
    String planText = literals.isComplete() ? shapeText : literals.planText(shape);
    Register[] parameters = registers(literals.count());
    literals.bind(sql, shape, parameters);
    return compile(sql, changed, planText, literals, parameters);
  }

  /**
   * @param planText what the plan is called in the cache, null if nobody else can use it
   */
  private Query compile(
      String sql,
      ParsedStatement parsed,
      @Nullable String planText,
      @Nullable LiftedLiterals literals,
      Register[] parameters) {
    int end = Blanks.skip(sql, parsed.end());
    sharedStatement = planText == null ? null : parsed;
    sharedPlan = null;
    sharedLiterals = literals;
    UserDefinitions definitions = session.definitions();
    long uses = definitions.uses();
    try {
      Program program = session.compiler().compile(parsed, parameters);
      PlanCache.Plan plan = sharedPlan;
      if (plan == null || definitions.uses() != uses) {
        return new Query(session, parsed, end, parameters, program);
      }
      if (planText != null && canShare() && !databases.main().schemaIsOwn()) {
        keep(planText, plan);
      }
      IdlePrograms.Idle reusable = new IdlePrograms.Idle(plan, program, parameters);
      return new Query(session, parsed, end, reusable, literals == null ? null : sql);
    } finally {
      sharedStatement = null;
    }
  }

  /** Takes note of what a statement was compiled to; of others, inside of it, nothing is kept. */
  @SuppressWarnings("ReferenceEquality") // It is the statement that is at hand, or it is not.
  void share(ParsedStatement parsed, CompiledStatement compiled) {
    if (parsed == sharedStatement) {
      sharedPlan = new PlanCache.Plan(parsed, compiled, sharedLiterals);
    }
  }

  /** A query is closed: its program can be used again. */
  void giveBack(IdlePrograms.Idle program) {
    idle.offer(program);
  }

  void forgetIdle() {
    idle.clear();
  }

  private static Register[] registers(int count) {
    Register[] registers = new Register[count];
    for (int i = 0; i < count; i++) {
      registers[i] = new Register();
    }
    return registers;
  }
}
