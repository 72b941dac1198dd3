package dev.tursojdbc.sql.exec;

import dev.tursojdbc.sql.bind.BoundQuery;
import dev.tursojdbc.sql.plan.BoundTable;
import dev.tursojdbc.sql.plan.ChangePlan;
import dev.tursojdbc.sql.schema.Table;
import dev.tursojdbc.storage.page.PageWriter;
import org.jspecify.annotations.Nullable;

/** Builds the operation that carries out a {@link ChangePlan}. */
public final class ChangeBuilder {
  private final ChangeContext context;
  private final Frame live;
  private final Frame stable;
  private final EvaluatorBuilder builder;
  private final StatementBuilder queries;
  private final Bindings bindings;
  private final int sequenceRoot;
  private final boolean ignoreChecks;

  /**
   * @param live evaluates what must see the newest pages
   * @param stable runs the queries that find rows
   * @param expressions builds what the live frame evaluates
   * @param queries builds what the stable frame runs
   * @param bindings where a trigger's rows are; none elsewhere
   * @param sequenceRoot root page of sqlite_sequence in the table's database, or 0
   */
  public ChangeBuilder(
      ChangeContext context,
      Frame live,
      Frame stable,
      StatementBuilder expressions,
      StatementBuilder queries,
      Bindings bindings,
      int sequenceRoot,
      boolean ignoreChecks) {
    this.context = context;
    this.live = live;
    this.stable = stable;
    this.builder = expressions.expressions(bindings);
    this.queries = queries;
    this.bindings = bindings;
    this.sequenceRoot = sequenceRoot;
    this.ignoreChecks = ignoreChecks;
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

  private ChangeOperation insert(ChangePlan.Insert plan) {
    TableChanger changer = changer(plan, plan.action());
    UpsertOperation upsert = null;
    if (!plan.upserts().isEmpty()) {
      RowUpdater updater = new RowUpdater(changer(plan, null));
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
    return new UpdateOperation(
        plan,
        new RowUpdater(changer(plan, plan.action())),
        query(plan.scan()),
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
        plan, changer(plan, null), query(scan), stable, context, live, builder);
  }
}
