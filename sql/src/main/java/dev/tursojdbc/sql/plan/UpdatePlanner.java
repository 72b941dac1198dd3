package dev.tursojdbc.sql.plan;

import dev.tursojdbc.sql.ast.Assignment;
import dev.tursojdbc.sql.ast.ConflictAction;
import dev.tursojdbc.sql.ast.CreateTriggerStatement.Event;
import dev.tursojdbc.sql.ast.Expression;
import dev.tursojdbc.sql.ast.Name;
import dev.tursojdbc.sql.ast.ResultColumn;
import dev.tursojdbc.sql.ast.SelectStatement;
import dev.tursojdbc.sql.ast.Span;
import dev.tursojdbc.sql.ast.UpdateStatement;
import dev.tursojdbc.sql.bind.BoundQuery;
import dev.tursojdbc.sql.bind.Constant;
import dev.tursojdbc.sql.bind.Scope;
import dev.tursojdbc.sql.bind.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Plans an UPDATE.
 *
 * <p>Without FROM the scan yields keys only, and the new values are computed from the row when its
 * turn comes: subqueries see what the statement has done so far, as in SQLite. With FROM the values
 * depend on the joined rows, so the scan computes them.
 */
final class UpdatePlanner {
  private final ChangePlanner planner;
  private final UpdateStatement statement;

  UpdatePlanner(ChangePlanner planner, UpdateStatement statement) {
    this.planner = planner;
    this.statement = statement;
  }

  ChangePlan.Update plan() {
    BoundTable target = planner.target(statement.table(), Event.UPDATE, assignedColumns());
    String name = statement.alias() == null ? target.table().name() : statement.alias().text();
    Source.OfRow row = planner.binder().row(target.table(), target.databaseName(), name);
    boolean joined = statement.from() != null;
    List<ResultColumn> columns = new ArrayList<>(RowKeys.ofFirst(target.table()));
    List<Expression> groupBy = List.of();
    List<ChangePlan.ColumnAssignment> assignments;
    if (joined) {
      groupBy = rowsOfTarget(target, columns.size());
      assignments = joinedAssignments(target, columns);
      requireLimit(target);
    } else {
      requireLimit(target);
      assignments =
          Assignments.bind(
              planner.binder(),
              target.table(),
              statement.assignments(),
              planner.scope(statement.with(), List.of(row)));
    }
    SelectStatement rows =
        ScanQuery.of(
            statement.with(),
            columns,
            TargetFinder.inScan(statement.table(), statement.with(), target),
            statement.alias(),
            statement.hint(),
            statement.from(),
            statement.where(),
            groupBy,
            statement.orderBy(),
            statement.limit());
    Scope scope = planner.scope(null, List.of());
    BoundQuery scan =
        joined || target.view()
            ? planner.binder().query(rows, scope)
            : planner.binder().rowsToChange(rows, scope);
    if (joined) {
      UpdateSources.requireOthers(statement, planner.catalog());
    }
    if (!planner.isInTrigger()) {
      target.refuseRaise(ChangedColumns.of(target, assignments)::affects);
    }
    ConflictAction action = planner.action(statement.action());
    Set<Integer> assigned =
        assignments.stream()
            .map(ChangePlan.ColumnAssignment::column)
            .collect(Collectors.toUnmodifiableSet());
    return new ChangePlan.Update(
        planner.withDefaults(target, action, i -> false, assigned::contains),
        action,
        scan,
        row.id(),
        assignments,
        joined,
        planner.returning(target, statement.with(), statement.returning()));
  }

  private void requireLimit(BoundTable target) {
    if (!target.view() || statement.from() != null) {
      ChangeErrors.requireLimit(statement.orderBy(), statement.limit(), "UPDATE");
    }
  }

  /**
   * What the joined rows are grouped by: LIMIT counts rows of the target, not of the join. Without
   * it, and in views, all joined rows come.
   */
  private List<Expression> rowsOfTarget(BoundTable target, int keys) {
    return statement.limit() == null || target.view()
        ? List.of()
        : IntStream.rangeClosed(1, keys)
            .<Expression>mapToObj(
                i -> new Expression.IntegerLiteral(Integer.toString(i), Span.NONE))
            .toList();
  }

  private List<String> assignedColumns() {
    return statement.assignments().stream()
        .flatMap(assignment -> assignment.columns().stream())
        .map(Name::text)
        .toList();
  }

  /** Adds the new values to the scan's columns. */
  private List<ChangePlan.ColumnAssignment> joinedAssignments(
      BoundTable target, List<ResultColumn> columns) {
    List<ChangePlan.ColumnAssignment> assignments = new ArrayList<>();
    for (Assignment assignment : statement.assignments()) {
      for (Name column : assignment.columns()) {
        assignments.add(
            new ChangePlan.ColumnAssignment(
                Assignments.column(target.table(), column), column.text(), Constant.NULL));
      }
      columns.add(
          assignment.isRow()
              ? new ResultColumn.OfRow(assignment.value(), assignment.columns().size(), Span.NONE)
              : RowKeys.of(assignment.value(), assignment.columns().get(0).text()));
    }
    return assignments;
  }
}
