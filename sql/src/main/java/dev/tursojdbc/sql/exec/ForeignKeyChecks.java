package dev.tursojdbc.sql.exec;

import dev.tursojdbc.sql.plan.BoundTable;
import dev.tursojdbc.sql.plan.ForeignKeyPlan;
import java.util.ArrayList;
import java.util.List;

/**
 * Keeps the {@link ForeignKeyCounter} right while rows of one table change, and carries out ON
 * DELETE and ON UPDATE.
 *
 * <pre>
 *   INSERT   arrives, write the row
 *   DELETE   leaves, delete the row, act
 *   UPDATE   leaves, delete the old row, arrives, write the new row, act
 * </pre>
 *
 * <p>A row that leaves takes a violation of its own with it, and may leave children behind; a row
 * that arrives may lack a parent, and may be the parent that children were waiting for. A row is
 * looked at while it is not in the table, but for one that leaves; that one is no child of itself.
 */
final class ForeignKeyChecks {
  private final ForeignKeyPlan plan;
  private final ForeignKeyCounter counter;
  private final Frame frame;
  private final ChangedRow oldRow;
  private final ChangedRow newRow;
  private final ParentLookup[] parents;
  private final ChildRows[] children;
  private final List<ForeignKeyAction> actions = new ArrayList<>();

  ForeignKeyChecks(
      ForeignKeyPlan plan,
      BoundTable table,
      ChangedRow oldRow,
      ChangedRow newRow,
      ChangeBuilder builder) {
    this.plan = plan;
    this.counter = builder.context().foreignKeys();
    this.frame = builder.live();
    this.oldRow = oldRow;
    this.newRow = newRow;
    this.parents =
        plan.parents().stream()
            .map(search -> new ParentLookup(search, builder.context().writer(table.database())))
            .toArray(ParentLookup[]::new);
    this.children =
        plan.children().stream()
            .map(search -> new ChildRows(search, oldRow, newRow, builder))
            .toArray(ChildRows[]::new);
    for (ForeignKeyPlan.ChildSearch search : plan.children()) {
      ForeignKeyPlan.Action action = search.action();
      if (action != null) {
        actions.add(ForeignKeyAction.of(action, oldRow, newRow, builder));
      }
    }
  }

  /** The old row is about to be deleted. */
  void leaves() {
    for (ParentLookup parent : parents) {
      if (!counter.isZero(parent.isDeferred()) && !parent.isSatisfied(oldRow, false)) {
        counter.count(parent.isDeferred(), -1);
      }
    }
    for (ChildRows each : children) {
      counter.count(each.isDeferred(), each.countOfOld(frame));
    }
  }

  /** The new row is about to be written; nothing has been written yet if the plan is single. */
  void arrives() {
    for (ParentLookup parent : parents) {
      if (!parent.isSatisfied(newRow, true)) {
        if (plan.single() && counter.isImmediate(parent.isDeferred())) {
          throw ForeignKeyCounter.failure();
        }
        counter.count(parent.isDeferred(), 1);
      }
    }
    for (ChildRows each : children) {
      if (!counter.isZero(each.isDeferred())) {
        counter.count(each.isDeferred(), -each.countOfNew(frame));
      }
    }
  }

  /** The old row is gone, and the new one, if there is one, is written. */
  void act() {
    for (ForeignKeyAction action : actions) {
      action.run(frame);
    }
  }
}
