package dev.tursojdbc.sql.plan;

import dev.tursojdbc.sql.ast.CreateTriggerStatement.Event;
import dev.tursojdbc.sql.ast.DeleteStatement;
import dev.tursojdbc.sql.ast.IndexHint;
import dev.tursojdbc.sql.ast.SelectStatement;
import dev.tursojdbc.sql.bind.BoundQuery;
import dev.tursojdbc.sql.bind.Scope;
import java.util.List;

/** Plans a DELETE. */
final class DeletePlanner {
  private final ChangePlanner planner;
  private final DeleteStatement statement;

  DeletePlanner(ChangePlanner planner, DeleteStatement statement) {
    this.planner = planner;
    this.statement = statement;
  }

  ChangePlan.Delete plan() {
    BoundTable target = planner.target(statement.table(), Event.DELETE, List.of());
    if (!target.view()) {
      ChangeErrors.requireLimit(statement.orderBy(), statement.limit(), "DELETE");
    }
    requireIndex(target);
    String name = statement.alias() == null ? target.table().name() : statement.alias().text();
    BoundQuery scan = isWholeTable() && !planner.deletesByRow(target) ? null : scan(target, name);
    return new ChangePlan.Delete(
        target, scan, planner.returning(target, statement.with(), statement.returning()));
  }

  private void requireIndex(BoundTable target) {
    IndexHint hint = statement.hint();
    if (hint != null
        && hint.index() != null
        && !target.view()
        && target.table().index(hint.index().text()) == null) {
      throw ChangeErrors.error("no such index: " + hint.index().text());
    }
  }

  private boolean isWholeTable() {
    return statement.where() == null
        && statement.limit() == null
        && statement.returning().isEmpty();
  }

  private BoundQuery scan(BoundTable target, String name) {
    SelectStatement rows =
        ScanQuery.of(
            statement.with(),
            RowKeys.of(target.table(), name),
            TargetFinder.inScan(statement.table(), statement.with(), target),
            statement.alias(),
            statement.hint(),
            null,
            statement.where(),
            List.of(),
            statement.orderBy(),
            statement.limit());
    Scope scope = planner.scope(null, List.of());
    return target.view()
        ? planner.binder().query(rows, scope)
        : planner.binder().rowsToChange(rows, scope);
  }
}
