package dev.tursojdbc.sql.exec;

import dev.tursojdbc.sql.bind.BoundExpression;
import dev.tursojdbc.sql.plan.ChangePlan;
import dev.tursojdbc.sql.schema.Index;
import dev.tursojdbc.storage.btree.TreeCursor;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The ON CONFLICT clauses of an INSERT: instead of inserting a row, update the one in its way, or
 * do nothing.
 *
 * <p>Keys that a clause is about are checked in the order of the clauses, before all others.
 */
final class UpsertOperation implements TableChanger.ConflictHandler {
  private final List<Clause> clauses = new ArrayList<>();
  private final RowUpdater updater;
  private final Frame frame;
  private boolean updated;

  /** One clause, compiled. */
  private static final class Clause {
    final ChangePlan.UpsertClause plan;
    final Evaluator[] values;
    final @Nullable Evaluator where;

    Clause(ChangePlan.UpsertClause plan, EvaluatorBuilder builder) {
      this.plan = plan;
      this.values =
          builder.build(
              plan.assignments().stream().map(ChangePlan.ColumnAssignment::value).toList());
      BoundExpression condition = plan.where();
      this.where = condition == null ? null : builder.build(condition);
    }
  }

  /**
   * @param inserted changes the table for the INSERT
   * @param updater changes it for DO UPDATE
   */
  UpsertOperation(
      List<ChangePlan.UpsertClause> plans,
      TableChanger inserted,
      RowUpdater updater,
      Frame frame,
      EvaluatorBuilder builder) {
    this.updater = updater;
    this.frame = frame;
    for (ChangePlan.UpsertClause plan : plans) {
      Bindings bindings =
          builder
              .bindings()
              .with(plan.existingRow(), updater.changer().oldRow().registers())
              .with(plan.excludedRow(), inserted.newRow().registers());
      clauses.add(new Clause(plan, builder.over(bindings)));
    }
  }

  /** A new row is about to be inserted. */
  void begin() {
    updated = false;
  }

  boolean hasUpdated() {
    return updated;
  }

  ChangedRow updatedRow() {
    return updater.changer().newRow();
  }

  /**
   * The keys of the clauses first, up to one about the rowid or anything; then the rowid; then the
   * rest.
   */
  @Override
  public List<@Nullable Index> order(List<@Nullable Index> keys) {
    List<@Nullable Index> ordered = new ArrayList<>();
    boolean rowidPlaced = !keys.contains(null);
    for (Clause clause : clauses) {
      Index index = clause.plan.index();
      if (index == null && !rowidPlaced) {
        ordered.add(null);
        rowidPlaced = true;
      } else if (index != null && keys.contains(index) && !ordered.contains(index)) {
        ordered.add(index);
      }
    }
    if (!rowidPlaced) {
      ordered.add(null);
    }
    for (Index key : keys) {
      if (key != null && !ordered.contains(key)) {
        ordered.add(key);
      }
    }
    return ordered;
  }

  @Override
  public boolean handle(@Nullable Index index, TreeCursor existing) {
    for (Clause clause : clauses) {
      boolean applies =
          switch (clause.plan.target()) {
            case ANY -> true;
            case ROWID -> index == null;
            case INDEX -> index != null && index.equals(clause.plan.index());
          };
      if (applies) {
        if (!clause.plan.isDoNothing()) {
          update(clause, existing);
        }
        return true;
      }
    }
    return false;
  }

  /** The row that was updated has been counted and shown. */
  void fireAfter() {
    updater.fireAfter();
  }

  private void update(Clause clause, TreeCursor existing) {
    updater.changer().readOld(existing);
    if (clause.where != null && clause.where.test(frame) != Evaluator.TRUE) {
      return;
    }
    updated =
        updater.update(clause.plan.assignments(), clause.values, frame)
            == TableChanger.Outcome.WRITTEN;
  }
}
