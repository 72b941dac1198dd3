package dev.tursojdbc.sql.exec;

import dev.tursojdbc.sql.ast.ConflictAction;
import dev.tursojdbc.sql.bind.BoundExpression;
import dev.tursojdbc.sql.plan.ForeignKeyPlan;
import dev.tursojdbc.storage.error.ErrorCode;
import org.jspecify.annotations.Nullable;

/**
 * What ON DELETE or ON UPDATE of one foreign key does once the parent row has changed.
 *
 * <p>Actions set off actions, perhaps in a circle. So what an action runs is built when it runs for
 * the first time, and each depth has its own: rows and positions are kept until it is done.
 */
abstract class ForeignKeyAction {
  private final @Nullable Evaluator condition;

  private ForeignKeyAction(@Nullable Evaluator condition) {
    this.condition = condition;
  }

  static ForeignKeyAction of(
      ForeignKeyPlan.Action action, ChangedRow oldRow, ChangedRow newRow, ChangeBuilder builder) {
    Bindings bindings =
        Bindings.none()
            .with(action.oldRow(), oldRow.registers())
            .with(action.newRow(), newRow.registers());
    BoundExpression when = action.condition();
    Evaluator condition = when == null ? null : builder.liveExpression(when, bindings);
    return action instanceof ForeignKeyPlan.Restrict restrict
        ? new Restrict(builder.liveQuery(restrict.children(), bindings), condition)
        : new Change((ForeignKeyPlan.Change) action, bindings, builder, condition);
  }

  final void run(Frame frame) {
    if (condition == null || condition.test(frame) == Evaluator.TRUE) {
      act(frame);
    }
  }

  abstract void act(Frame frame);

  /** RESTRICT. */
  private static final class Restrict extends ForeignKeyAction {
    private final RunnableQuery children;

    Restrict(RunnableQuery children, @Nullable Evaluator condition) {
      super(condition);
      this.children = children;
    }

    @Override
    void act(Frame frame) {
      children.open(frame);
      if (children.next(frame)) {
        // In SQLite a trigger raises this.
        throw new ConstraintException(
            ErrorCode.CONSTRAINT_TRIGGER, "FOREIGN KEY constraint failed", ConflictAction.ABORT);
      }
    }
  }

  /** CASCADE, SET NULL, SET DEFAULT. */
  private static final class Change extends ForeignKeyAction {
    private final ForeignKeyPlan.Change action;
    private final Bindings bindings;
    private final ChangeBuilder builder;
    private @Nullable ChangeOperation operation;

    Change(
        ForeignKeyPlan.Change action,
        Bindings bindings,
        ChangeBuilder builder,
        @Nullable Evaluator condition) {
      super(condition);
      this.action = action;
      this.bindings = bindings;
      this.builder = builder;
    }

    @Override
    void act(Frame frame) {
      if (builder.depth() == DeepStack.DEPTH) {
        DeepStack.call(this::change);
      } else {
        change();
      }
    }

    private boolean change() {
      ChangeOperation change = operation;
      if (change == null) {
        TriggerProgram.requireDepth(builder);
        change = builder.nested(bindings, action.effects()).build(action.plan());
        operation = change;
      }
      ChangeMark mark = builder.context().beginNested();
      try {
        change.runNested();
        builder.context().completeNested();
      } finally {
        builder.context().endNested(mark);
      }
      return true;
    }
  }
}
