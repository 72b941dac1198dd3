package dev.tursojdbc.sql.plan;

import dev.tursojdbc.sql.ast.ConflictAction;
import dev.tursojdbc.sql.bind.BoundExpression;
import dev.tursojdbc.sql.bind.BoundQuery;
import dev.tursojdbc.sql.bind.References;

/**
 * In which order an UPDATE visits the rows that its scan finds.
 *
 * <p>SQLite changes them as it finds them where nothing speaks against it, and else collects rowids
 * in a sorted set first. The order shows in RETURNING and triggers, and where a conflict leaves
 * some rows unchanged.
 */
public final class VisitOrder {
  private final ChangePlan.Update update;
  private final Planner planner;

  private VisitOrder(ChangePlan.Update update, Planner planner) {
    this.update = update;
    this.planner = planner;
  }

  /** Whether rows are visited in the order of their keys; else in that of the scan. */
  public static boolean isByKey(ChangePlan.Update update, Planner planner) {
    return !update.joined()
        && !update.target().view()
        && new VisitOrder(update, planner).isCollected();
  }

  /** Whether a DELETE finds all its rows before it looks at the first one again. */
  static boolean isCollected(ChangePlan.Delete delete) {
    return delete.returning() != null || (delete.scan() != null && hasQueryInWhere(delete.scan()));
  }

  private boolean isCollected() {
    if (update.returning() != null
        || update.mayReplace()
        || (update.action() == ConflictAction.REPLACE && changedColumns().affectsIndex())
        || changesKey()
        || hasQueryInWhere(update.scan())) {
      return true;
    }
    AccessPath path = ((QueryPlan.Select) planner.plan(update.scan())).levels().get(0).path();
    return path instanceof AccessPath.MultiIndex
        || (path instanceof AccessPath.IndexSearch search && changes(search));
  }

  private boolean changesKey() {
    BoundTable target = update.target();
    return update.assignments().stream()
        .anyMatch(
            assignment ->
                assignment.column() == ChangePlan.ColumnAssignment.ROWID
                    || (target.table().isWithoutRowid()
                        && target.table().primaryKey() != null
                        && target.table().primaryKey().positionOf(assignment.column())
                            < target.table().primaryKey().keyColumnCount()));
  }

  private static boolean hasQueryInWhere(BoundQuery scan) {
    BoundExpression where = ((BoundQuery.Select) scan).where();
    return where != null && References.hasQuery(where);
  }

  /** Whether entries of the index that finds the rows are changed. */
  private boolean changes(AccessPath.IndexSearch search) {
    return changedColumns().affects(update.target().index(search.index()));
  }

  private ChangedColumns changedColumns() {
    return ChangedColumns.of(update.target(), update.assignments());
  }
}
