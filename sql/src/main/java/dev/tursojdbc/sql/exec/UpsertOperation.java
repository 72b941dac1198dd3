package dev.tursojdbc.sql.exec;

import dev.tursojdbc.sql.bind.BoundExpression;
import dev.tursojdbc.sql.plan.ChangePlan;
import dev.tursojdbc.sql.schema.Index;
import dev.tursojdbc.sql.schema.Table;
import dev.tursojdbc.sql.value.Affinity;
import dev.tursojdbc.storage.btree.TreeCursor;
import dev.tursojdbc.storage.record.Register;
import dev.tursojdbc.storage.record.StorageClass;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The ON CONFLICT clauses of an INSERT: instead of inserting a row, update the one in its way, or
 * do nothing.
 *
 * <p>Keys that a clause is about are checked in the order of the clauses, before all others.
 *
 * <p>Where the rowid is checked first, and no constraint has looked at the row before, SQLite has
 * not yet converted the row's values: {@code excluded} has them as they were given, but for whole
 * numbers in REAL columns.
 */
final class UpsertOperation implements TableChanger.ConflictHandler {
  private final List<Clause> clauses = new ArrayList<>();
  private final TableChanger inserted;
  private final TableChanger updating;
  private final Frame frame;

  /** The new row's values as they were given; null if nothing may see them. */
  private @Nullable RegisterRow given;

  /** Of the clause that has updated a row; null if none has. */
  private @Nullable RowUpdater updater;

  /** One clause, compiled. */
  private static final class Clause {
    final ChangePlan.UpsertClause plan;
    final RowUpdater updater;
    final Evaluator[] values;
    final @Nullable Evaluator where;

    Clause(ChangePlan.UpsertClause plan, RowUpdater updater, EvaluatorBuilder builder) {
      this.plan = plan;
      this.updater = updater;
      this.values =
          builder.build(
              plan.assignments().stream().map(ChangePlan.ColumnAssignment::value).toList());
      BoundExpression condition = plan.where();
      this.where = condition == null ? null : builder.build(condition);
    }
  }

  /**
   * @param inserted changes the table for the INSERT
   * @param updating changes it for DO UPDATE
   * @param updaters for each clause, with the triggers that it fires
   */
  UpsertOperation(
      List<ChangePlan.UpsertClause> plans,
      TableChanger inserted,
      TableChanger updating,
      List<RowUpdater> updaters,
      Frame frame,
      EvaluatorBuilder builder) {
    this.inserted = inserted;
    this.updating = updating;
    this.frame = frame;
    for (int i = 0; i < plans.size(); i++) {
      ChangePlan.UpsertClause plan = plans.get(i);
      Bindings bindings =
          builder
              .bindings()
              .with(plan.existingRow(), updating.oldRow().registers())
              .with(plan.excludedRow(), inserted.newRow().registers());
      clauses.add(new Clause(plan, updaters.get(i), builder.over(bindings)));
    }
  }

  /** A new row is about to be inserted. */
  void begin() {
    updater = null;
    if (given != null) {
      Register[] columns = given.columns();
      for (int i = 0; i < columns.length; i++) {
        columns[i].set(inserted.newRow().column(i));
      }
    }
  }

  private static boolean hasUnseenRows(TableChanger changer) {
    Table table = changer.table();
    return !table.isStrict() && !table.hasGeneratedColumns() && changer.bound().checks().isEmpty();
  }

  /** Undoes the conversions of the new row. */
  private void takeGiven(RegisterRow values) {
    for (int i = 0; i < values.columns().length; i++) {
      Register column = inserted.newRow().column(i);
      column.set(values.column(i));
      if (inserted.table().column(i).affinity() == Affinity.REAL
          && column.type == StorageClass.INTEGER) {
        column.setReal((double) column.integer);
      }
    }
  }

  boolean hasUpdated() {
    return updater != null;
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
    given =
        ordered.get(0) == null && hasUnseenRows(inserted)
            ? new RegisterRow(inserted.table().columnCount())
            : null;
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
          RegisterRow values = given;
          if (index == null && values != null) {
            takeGiven(values);
          }
          update(clause, existing);
        }
        return true;
      }
    }
    return false;
  }

  /** Has the row that was updated counted and shown. */
  void reportTo(ChangeOperation operation) {
    if (updater != null) {
      operation.changed(updating.newRow(), updater.triggers());
    }
  }

  private void update(Clause clause, TreeCursor existing) {
    updating.readOld(existing);
    if (clause.where != null && clause.where.test(frame) != Evaluator.TRUE) {
      return;
    }
    boolean written =
        clause.updater.update(clause.plan.assignments(), clause.values, frame)
            == TableChanger.Outcome.WRITTEN;
    updater = written ? clause.updater : null;
  }
}
