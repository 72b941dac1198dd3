package dev.tursojdbc.sql.exec;

import dev.tursojdbc.sql.bind.BoundExpression;
import dev.tursojdbc.sql.plan.TriggerPlan;
import dev.tursojdbc.storage.error.ErrorCode;
import dev.tursojdbc.storage.error.TursoException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A trigger as one change fires it.
 *
 * <p>Triggers fire triggers, perhaps themselves. So what a trigger runs is built when it fires for
 * the first time, and each depth has its own. It has a frame of its own, too: what a statement
 * computes once per run is computed once each time the trigger fires.
 */
final class TriggerProgram {
  private final TriggerPlan plan;
  private final Bindings bindings;
  private final ChangeBuilder builder;
  private final ChangeContext context;
  private @Nullable Body body;

  /** A statement of the body: either a change or a query. */
  private record Step(@Nullable ChangeOperation change, @Nullable RunnableQuery query) {
    void run(ChangeContext context, Frame frame) {
      if (change != null) {
        change.runNested();
        context.completeNested();
      }
      if (query != null) {
        query.open(frame);
        while (query.next(frame)) {
          query.evaluate(frame);
        }
      }
    }
  }

  /** What runs. */
  private record Body(Frame frame, @Nullable Evaluator condition, List<Step> steps) {}

  TriggerProgram(TriggerPlan plan, RegisterRow oldRow, RegisterRow newRow, ChangeBuilder builder) {
    this.plan = plan;
    this.bindings = Bindings.none().with(plan.oldRow(), oldRow).with(plan.newRow(), newRow);
    this.builder = builder;
    this.context = builder.context();
  }

  /**
   * Runs the trigger.
   *
   * @return false if it said RAISE(IGNORE)
   */
  boolean fire() {
    return builder.depth() == DeepStack.DEPTH ? DeepStack.call(this::run) : run();
  }

  private boolean run() {
    Body program = body;
    if (program == null) {
      program = build();
      body = program;
    }
    Frame frame = program.frame();
    ChangeMark mark = context.beginNested();
    frame.begin();
    try {
      Evaluator when = program.condition();
      if (when == null || when.test(frame) == Evaluator.TRUE) {
        for (Step step : program.steps()) {
          step.run(context, frame);
        }
      }
      return true;
    } catch (IgnoredRowException ignored) {
      return false;
    } finally {
      frame.end();
      context.endNested(mark);
    }
  }

  private Body build() {
    requireDepth(builder);
    Frame frame = builder.live().another();
    StatementBuilder own = builder.bodyBuilder();
    BoundExpression when = plan.condition();
    return new Body(
        frame,
        when == null ? null : own.expressions(bindings).build(when),
        plan.steps().stream().map(step -> build(step, own, frame)).toList());
  }

  private Step build(TriggerPlan.Step step, StatementBuilder own, Frame frame) {
    if (step instanceof TriggerPlan.Query query) {
      return new Step(null, own.query(query.query(), bindings));
    }
    TriggerPlan.Change change = (TriggerPlan.Change) step;
    ChangeBuilder nested = builder.nested(plan, own, frame, bindings, change.effects());
    return new Step(nested.build(change.plan()), null);
  }

  /** Refuses to go deeper than SQLite does. */
  static void requireDepth(ChangeBuilder builder) {
    if (builder.depth() >= ChangeBuilder.MAX_DEPTH) {
      throw new TursoException(ErrorCode.ERROR, "triggers nested too deep");
    }
  }
}
