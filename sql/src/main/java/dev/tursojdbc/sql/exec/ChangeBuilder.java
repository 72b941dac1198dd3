package dev.tursojdbc.sql.exec;

import dev.tursojdbc.sql.bind.BoundExpression;
import dev.tursojdbc.sql.bind.BoundQuery;
import dev.tursojdbc.sql.plan.BoundTable;
import dev.tursojdbc.sql.plan.ChangePlan;
import dev.tursojdbc.sql.plan.ChangedColumns;
import dev.tursojdbc.sql.plan.ForeignKeyPlan;
import dev.tursojdbc.sql.plan.ForeignKeyPlans;
import dev.tursojdbc.sql.schema.Table;
import dev.tursojdbc.storage.page.PageWriter;
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
  private final ForeignKeyPlans foreignKeys;
  private final int sequenceRoot;
  private final boolean ignoreChecks;
  private final int depth;

  /**
   * @param live evaluates what must see the newest pages
   * @param stable runs the queries that find rows
   * @param expressions builds what the live frame evaluates
   * @param queries builds what the stable frame runs
   * @param bindings where a trigger's rows are; none elsewhere
   * @param foreignKeys what foreign keys ask of the change
   * @param sequenceRoot root page of sqlite_sequence in the table's database, or 0
   */
  public ChangeBuilder(
      ChangeContext context,
      Frame live,
      Frame stable,
      StatementBuilder expressions,
      StatementBuilder queries,
      Bindings bindings,
      ForeignKeyPlans foreignKeys,
      int sequenceRoot,
      boolean ignoreChecks) {
    this(
        context,
        live,
        stable,
        expressions,
        queries,
        bindings,
        foreignKeys,
        sequenceRoot,
        ignoreChecks,
        0);
  }

  private ChangeBuilder(
      ChangeContext context,
      Frame live,
      Frame stable,
      StatementBuilder expressions,
      StatementBuilder queries,
      Bindings bindings,
      ForeignKeyPlans foreignKeys,
      int sequenceRoot,
      boolean ignoreChecks,
      int depth) {
    this.context = context;
    this.live = live;
    this.stable = stable;
    this.expressions = expressions;
    this.builder = expressions.expressions(bindings);
    this.queries = queries;
    this.bindings = bindings;
    this.foreignKeys = foreignKeys;
    this.sequenceRoot = sequenceRoot;
    this.ignoreChecks = ignoreChecks;
    this.depth = depth;
  }

  /** A builder of changes that a change of this one sets off; they see the newest pages only. */
  ChangeBuilder nested(Bindings rows, ForeignKeyPlans plans) {
    return new ChangeBuilder(
        context,
        live,
        live,
        expressions,
        expressions,
        rows,
        plans,
        sequenceRoot,
        ignoreChecks,
        depth + 1);
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

  private RunnableQuery query(BoundQuery query) {
    return queries.query(query, bindings);
  }

  public ChangeOperation build(ChangePlan plan) {
    if (plan instanceof ChangePlan.Insert insert) {
      return insert(insert);
    }
    if (plan instanceof ChangePlan.Update update) {
      return update(update);
    }
    return delete((ChangePlan.Delete) plan);
  }

  private PageWriter writer(BoundTable table) {
    return context.writer(table.database());
  }

  private TableChanger changer(
      ChangePlan plan, dev.tursojdbc.sql.ast.@Nullable ConflictAction action) {
    return new TableChanger(
        plan.target(), builder, live, writer(plan.target()), action, ignoreChecks);
  }

  /** A changer that sees to it that foreign keys hold. */
  private TableChanger changer(
      ChangePlan plan,
      dev.tursojdbc.sql.ast.@Nullable ConflictAction action,
      @Nullable ForeignKeyPlan own,
      @Nullable ForeignKeyPlan replaced) {
    TableChanger changer = changer(plan, action);
    if (own != null) {
      changer.setForeignKeys(
          new ForeignKeyChecks(own, plan.target(), changer.oldRow(), changer.newRow(), this));
    }
    if (replaced != null) {
      changer.setReplacedForeignKeys(
          new ForeignKeyChecks(
              replaced, plan.target(), changer.replacedRow(), changer.newRow(), this));
    }
    return changer;
  }

  private ChangeOperation insert(ChangePlan.Insert plan) {
    TableChanger changer = changer(plan, plan.action(), foreignKeys.own(), foreignKeys.replaced());
    UpsertOperation upsert = null;
    if (!plan.upserts().isEmpty()) {
      TableChanger updating = changer(plan, null, foreignKeys.upsert(), foreignKeys.replaced());
      updating.changeOnly(
          ChangedColumns.of(
              plan.target(),
              plan.upserts().stream().flatMap(clause -> clause.assignments().stream()).toList()));
      RowUpdater updater = new RowUpdater(updating);
      upsert = new UpsertOperation(plan.upserts(), changer, updater, live, builder);
      changer.setConflictHandler(upsert);
    }
    Table table = plan.target().table();
    RowidSequence sequence =
        table.isAutoincrement() && sequenceRoot != 0
            ? new RowidSequence(
                writer(plan.target()), sequenceRoot, changer, plan.target().encoding())
            : null;
    BoundQuery query = plan.query();
    return new InsertOperation(
        plan,
        changer,
        query == null ? null : query(query),
        stable,
        sequence,
        upsert,
        context,
        live,
        builder);
  }

  private ChangeOperation update(ChangePlan.Update plan) {
    TableChanger changer = changer(plan, plan.action(), foreignKeys.own(), foreignKeys.replaced());
    changer.changeOnly(ChangedColumns.of(plan.target(), plan.assignments()));
    return new UpdateOperation(
        plan,
        new RowUpdater(changer),
        query(plan.scan()),
        queries.visitsByKey(plan),
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
    return new DeleteOperation(
        plan,
        changer(plan, null, foreignKeys.own(), null),
        query(scan),
        stable,
        context,
        live,
        builder);
  }
}
