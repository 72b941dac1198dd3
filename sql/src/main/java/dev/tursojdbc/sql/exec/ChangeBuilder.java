package dev.tursojdbc.sql.exec;

import dev.tursojdbc.sql.ast.ConflictAction;
import dev.tursojdbc.sql.bind.BoundExpression;
import dev.tursojdbc.sql.bind.BoundQuery;
import dev.tursojdbc.sql.plan.BoundTable;
import dev.tursojdbc.sql.plan.ChangePlan;
import dev.tursojdbc.sql.plan.ChangedColumns;
import dev.tursojdbc.sql.plan.ForeignKeyPlan;
import dev.tursojdbc.sql.plan.ForeignKeyPlans;
import dev.tursojdbc.sql.plan.RowTriggers;
import dev.tursojdbc.sql.plan.SideEffects;
import dev.tursojdbc.sql.plan.TriggerPlan;
import dev.tursojdbc.storage.page.PageWriter;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Builds the operation that carries out a {@link ChangePlan}. */
public final class ChangeBuilder {
  /** How deep changes may set off changes. */
  static final int MAX_DEPTH = 1000;

  private final ChangeContext context;
  private final Frame live;
  private final Frame stable;
  private final EvaluatorBuilder builder;
  private final StatementBuilder queries;
  private final StatementBuilder expressions;
  private final Bindings bindings;
  private final SideEffects effects;
  private final RowidSequences sequences;
  private final PinnedTables pins;
  private final boolean ignoreChecks;
  private final int depth;
  private final @Nullable ActiveTriggers active;

  /**
   * @param live evaluates what must see the newest pages
   * @param stable runs the queries that find rows
   * @param expressions builds what the live frame evaluates
   * @param queries builds what the stable frame runs
   * @param effects what the change sets off
   */
  public ChangeBuilder(
      ChangeContext context,
      Frame live,
      Frame stable,
      StatementBuilder expressions,
      StatementBuilder queries,
      SideEffects effects,
      SequenceLookup sequences,
      boolean ignoreChecks) {
    this.context = context;
    this.live = live;
    this.stable = stable;
    this.expressions = expressions;
    this.queries = queries;
    expressions.borrowFrom(queries, stable);
    this.bindings = Bindings.none();
    this.builder = expressions.expressions(bindings);
    this.effects = effects;
    this.sequences = new RowidSequences(sequences, context);
    this.pins = new PinnedTables();
    this.ignoreChecks = ignoreChecks;
    this.depth = 0;
    this.active = null;
  }

  private ChangeBuilder(
      ChangeBuilder outer,
      StatementBuilder expressions,
      Frame frame,
      Bindings bindings,
      SideEffects effects,
      @Nullable ActiveTriggers active) {
    this.context = outer.context;
    this.live = frame;
    this.stable = frame;
    this.expressions = expressions;
    this.queries = expressions;
    this.bindings = bindings;
    this.builder = expressions.expressions(bindings);
    this.effects = effects;
    this.sequences = outer.sequences;
    this.pins = outer.pins;
    this.ignoreChecks = outer.ignoreChecks;
    this.depth = outer.depth + 1;
    this.active = active;
  }

  /**
   * A builder of changes that a change of this one sets off; they see the newest pages only.
   *
   * @param rows where the row that sets them off is
   * @param nestedEffects what these changes set off in turn
   */
  ChangeBuilder nested(Bindings rows, SideEffects nestedEffects) {
    return new ChangeBuilder(this, expressions, live, rows, nestedEffects, active);
  }

  /**
   * A builder of changes in the body of a trigger.
   *
   * @param body builds all that the body runs
   * @param frame runs it
   */
  ChangeBuilder nested(
      TriggerPlan trigger,
      StatementBuilder body,
      Frame frame,
      Bindings rows,
      SideEffects nestedEffects) {
    return new ChangeBuilder(
        this, body, frame, rows, nestedEffects, new ActiveTriggers(trigger, active));
  }

  /** A builder for the body of a trigger. */
  StatementBuilder bodyBuilder() {
    return expressions.another();
  }

  int depth() {
    return depth;
  }

  ChangeContext context() {
    return context;
  }

  /** The frame of what sees the newest pages. */
  Frame live() {
    return live;
  }

  /** A query over the newest pages. */
  RunnableQuery liveQuery(BoundQuery query, Bindings rows) {
    return expressions.query(query, rows);
  }

  /** An expression over rows of the change. */
  Evaluator liveExpression(BoundExpression expression, Bindings rows) {
    return expressions.expressions(rows).build(expression);
  }

  /** The triggers that are running when the changes are made. */
  @Nullable ActiveTriggers active() {
    return active;
  }

  EvaluatorBuilder evaluators() {
    return builder;
  }

  /** A compiler of expressions over a row of the change, too. */
  EvaluatorBuilder evaluatorsOver(int source, ChangedRow row) {
    return builder.over(bindings.with(source, row.registers()));
  }

  private RunnableQuery query(BoundQuery query) {
    return queries.query(query, bindings);
  }

  public ChangeOperation build(ChangePlan plan) {
    ChangeOperation operation =
        plan.target().view()
            ? viewChange(plan)
            : plan instanceof ChangePlan.Insert insert
                ? insert(insert)
                : plan instanceof ChangePlan.Update update
                    ? update(update)
                    : delete((ChangePlan.Delete) plan);
    return operation.with(sequences);
  }

  private ChangeOperation viewChange(ChangePlan plan) {
    ChangedRow oldRow = new ChangedRow(plan.target(), builder);
    ChangedRow newRow = new ChangedRow(plan.target(), builder);
    FiredTriggers triggers = FiredTriggers.of(effects.triggers().own(), oldRow, newRow, this);
    if (plan instanceof ChangePlan.Insert insert) {
      return new ViewInsertOperation(insert, rows(insert), newRow, triggers, this);
    }
    BoundQuery scan =
        plan instanceof ChangePlan.Update update
            ? update.scan()
            : Objects.requireNonNull(((ChangePlan.Delete) plan).scan());
    return new ViewChangeOperation(plan, query(scan), stable, oldRow, newRow, triggers, this);
  }

  /** Triggers could see, or change, what is computed for later rows. */
  private InsertedRows rows(ChangePlan.Insert plan) {
    BoundQuery query = plan.query();
    return new InsertedRows(
        plan,
        query == null ? null : query(query),
        live,
        stable,
        depth > 0 || !effects.triggers().isEmpty(),
        builder);
  }

  private PageWriter writer(BoundTable table) {
    return context.writer(table.database());
  }

  private TableChanger changer(ChangePlan plan, @Nullable ConflictAction action) {
    TableChanger changer =
        new TableChanger(plan.target(), builder, live, writer(plan.target()), action, ignoreChecks);
    changer.setPins(pins);
    return changer;
  }

  /** A changer that sees to it that foreign keys hold. */
  private TableChanger changer(
      ChangePlan plan,
      @Nullable ConflictAction action,
      @Nullable ForeignKeyPlan own,
      @Nullable ForeignKeyPlan replaced) {
    TableChanger changer = changer(plan, action);
    if (own != null) {
      changer.setForeignKeys(
          new ForeignKeyChecks(own, plan.target(), changer.oldRow(), changer.newRow(), this));
    }
    if (replaced != null) {
      changer
          .replaced()
          .setForeignKeys(
              new ForeignKeyChecks(
                  replaced, plan.target(), changer.replaced().row(), changer.newRow(), this));
    }
    RowTriggers deleting = effects.triggers().replaced();
    if (!deleting.isEmpty()) {
      changer
          .replaced()
          .setTriggers(
              FiredTriggers.of(deleting, changer.replaced().row(), changer.newRow(), this));
    }
    return changer;
  }

  private FiredTriggers triggers(RowTriggers plans, TableChanger changer) {
    return FiredTriggers.of(plans, changer.oldRow(), changer.newRow(), this);
  }

  private ChangeOperation insert(ChangePlan.Insert plan) {
    ForeignKeyPlans foreignKeys = effects.foreignKeys();
    TableChanger changer = changer(plan, plan.action(), foreignKeys.own(), foreignKeys.replaced());
    UpsertOperation upsert = null;
    if (!plan.upserts().isEmpty()) {
      // What the constraints say about conflicts does not count for the row that is updated.
      TableChanger updating =
          changer(plan, ConflictAction.ABORT, foreignKeys.upsert(), foreignKeys.replaced());
      updating.changeOnly(
          ChangedColumns.of(
              plan.target(),
              plan.upserts().stream().flatMap(clause -> clause.assignments().stream()).toList()));
      List<RowUpdater> updaters =
          effects.triggers().upserts().stream()
              .map(plans -> new RowUpdater(updating, triggers(plans, updating)))
              .toList();
      upsert = new UpsertOperation(plan.upserts(), changer, updating, updaters, live, builder);
      changer.setConflictHandler(upsert);
    }
    InsertOperation byRow =
        new InsertOperation(
            plan,
            changer,
            rows(plan),
            sequences.of(plan.target(), changer),
            upsert,
            triggers(effects.triggers().own(), changer),
            context,
            live,
            builder);
    return plan.transfer() == null || !effects.equals(SideEffects.NONE)
        ? byRow
        : new TransferOperation(plan, writer(plan.target()), byRow, context, live, stable, builder);
  }

  private ChangeOperation update(ChangePlan.Update plan) {
    ForeignKeyPlans foreignKeys = effects.foreignKeys();
    TableChanger changer = changer(plan, plan.action(), foreignKeys.own(), foreignKeys.replaced());
    changer.changeOnly(ChangedColumns.of(plan.target(), plan.assignments()));
    boolean byKey = queries.visitsByKey(plan) || (!plan.joined() && !effects.triggers().isEmpty());
    return new UpdateOperation(
        plan,
        new RowUpdater(changer, triggers(effects.triggers().own(), changer)),
        query(plan.scan()),
        byKey,
        queries.findsOneRow(plan.scan()),
        stable,
        context,
        live,
        builder);
  }

  private ChangeOperation delete(ChangePlan.Delete plan) {
    BoundQuery scan = plan.scan();
    if (scan == null) {
      return new TruncateOperation(plan, writer(plan.target()), context, live, builder);
    }
    TableChanger changer = changer(plan, null, effects.foreignKeys().own(), null);
    return new DeleteOperation(
        plan,
        changer,
        query(scan),
        stable,
        triggers(effects.triggers().own(), changer),
        context,
        live,
        builder);
  }
}
