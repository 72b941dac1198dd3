package dev.tursojdbc.sql.plan;

import dev.tursojdbc.sql.ast.Expression;
import dev.tursojdbc.sql.ast.OrderingTerm;
import dev.tursojdbc.sql.ast.Upsert;
import dev.tursojdbc.sql.ast.With;
import dev.tursojdbc.sql.bind.BoundExpression;
import dev.tursojdbc.sql.bind.BoundValue;
import dev.tursojdbc.sql.bind.Scope;
import dev.tursojdbc.sql.bind.Source;
import dev.tursojdbc.sql.schema.Index;
import dev.tursojdbc.sql.schema.IndexColumn;
import dev.tursojdbc.sql.schema.Names;
import dev.tursojdbc.sql.schema.Table;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Plans ON CONFLICT clauses of an INSERT: finds the unique key that each is about.
 *
 * <p>A target matches an index if it has the same columns, in whatever order; one that it gives a
 * COLLATE only with that collation. It matches a partial index only if its WHERE is the index's. Of
 * several indexes it means the first.
 */
final class UpsertPlanner {
  private final ChangePlanner planner;
  private final BoundTable target;
  private final Table table;
  private final String rowName;

  UpsertPlanner(ChangePlanner planner, BoundTable target, String rowName) {
    this.planner = planner;
    this.target = target;
    this.table = target.table();
    this.rowName = rowName;
  }

  /**
   * @param mayRepeatRowid whether the INSERT gives rowids; if the table chooses them, no row has
   *     one that is there already
   */
  List<ChangePlan.UpsertClause> plan(
      List<Upsert> upserts, @Nullable With with, boolean mayRepeatRowid) {
    List<ChangePlan.UpsertClause> clauses = new ArrayList<>(upserts.size());
    for (int i = 0; i < upserts.size(); i++) {
      clauses.add(plan(upserts.get(i), i, upserts.size(), with, mayRepeatRowid));
    }
    return clauses;
  }

  private ChangePlan.UpsertClause plan(
      Upsert upsert, int position, int count, @Nullable With with, boolean mayRepeatRowid) {
    Source.OfRow existing = planner.binder().row(table, target.databaseName(), rowName);
    Source.OfRow excluded = planner.binder().namedRow(table, target.databaseName(), "excluded");
    Index index = null;
    ChangePlan.UpsertTarget kind = ChangePlan.UpsertTarget.ANY;
    if (!upsert.target().isEmpty()) {
      kind = ChangePlan.UpsertTarget.ROWID;
      if (!isRowid(upsert.target())) {
        index = findIndex(upsert, position, count);
        kind = ChangePlan.UpsertTarget.INDEX;
      }
    }
    if (!mayRepeatRowid && isAboutRowid(kind)) {
      // What it says is never run, and SQLite does not even ask what its names mean.
      return new ChangePlan.UpsertClause(kind, null, existing.id(), excluded.id(), List.of(), null);
    }
    Scope scope = planner.scope(with, List.of(existing, excluded));
    Expression where = upsert.where();
    return new ChangePlan.UpsertClause(
        kind,
        index,
        existing.id(),
        excluded.id(),
        Assignments.bind(planner.binder(), table, upsert.assignments(), scope),
        where == null ? null : planner.binder().expression(where, scope));
  }

  /** Whether only rows with the same rowid bring the clause to run. */
  private boolean isAboutRowid(ChangePlan.UpsertTarget kind) {
    return kind == ChangePlan.UpsertTarget.ROWID
        || (kind == ChangePlan.UpsertTarget.ANY
            && target.indexes().stream().noneMatch(index -> index.index().isUnique()));
  }

  private boolean isRowid(List<OrderingTerm> terms) {
    if (terms.size() != 1 || !table.hasRowid()) {
      return false;
    }
    if (!(terms.get(0).expression() instanceof Expression.ColumnReference reference)) {
      return false;
    }
    int column = table.columnIndex(reference.column().text());
    return column >= 0
        ? column == table.rowidColumn()
        : Assignments.isRowidName(reference.column().text());
  }

  private Index findIndex(Upsert upsert, int position, int count) {
    List<BoundExpression> terms = new ArrayList<>();
    Scope scope = Scope.of(List.of(target.row()));
    for (OrderingTerm term : upsert.target()) {
      if (term.nulls() != null) {
        throw ChangeErrors.error("unsupported use of NULLS " + term.nulls());
      }
      terms.add(planner.binder().expression(term.expression(), scope));
    }
    Expression targetWhere = upsert.targetWhere();
    BoundExpression where =
        targetWhere == null ? null : planner.binder().expression(targetWhere, scope);
    for (BoundTable.BoundIndex candidate : target.indexes()) {
      if (candidate.index().isUnique() && matches(candidate, terms, where)) {
        return candidate.index();
      }
    }
    String which = count == 1 ? "" : ordinal(position + 1) + " ";
    throw ChangeErrors.error(
        which + "ON CONFLICT clause does not match any PRIMARY KEY or UNIQUE constraint");
  }

  private static String ordinal(int number) {
    int tens = number % 100;
    int ones = tens >= 10 && tens <= 20 ? 0 : number % 10;
    String suffix = ones == 1 ? "st" : ones == 2 ? "nd" : ones == 3 ? "rd" : "th";
    return number + suffix;
  }

  private boolean matches(
      BoundTable.BoundIndex candidate,
      List<BoundExpression> terms,
      @Nullable BoundExpression where) {
    Index index = candidate.index();
    if (index.keyColumnCount() != terms.size()
        || (candidate.predicate() != null && !candidate.predicate().equals(where))) {
      return false;
    }
    for (int i = 0; i < index.keyColumnCount(); i++) {
      IndexColumn column = index.column(i);
      BoundExpression expression = candidate.expressions().get(i);
      if (terms.stream().noneMatch(term -> isKey(term, column, expression))) {
        return false;
      }
    }
    return true;
  }

  private boolean isKey(
      BoundExpression term, IndexColumn column, @Nullable BoundExpression expression) {
    BoundExpression inner = term;
    String collation = null;
    while (inner instanceof BoundValue.Collate collate) {
      collation = collation == null ? collate.explicitCollation().name() : collation;
      inner = collate.operand();
    }
    if (collation != null && !Names.same(collation, column.collation())) {
      return false;
    }
    if (expression != null) {
      return expression.equals(inner);
    }
    return inner instanceof BoundExpression.Column reference
        && reference.source() == target.row().id()
        && (reference.isRowid() ? table.rowidColumn() : reference.column()) == column.column();
  }
}
