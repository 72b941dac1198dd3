package dev.tursojdbc.sql.exec;

import dev.tursojdbc.sql.ast.ConflictAction;
import dev.tursojdbc.sql.plan.BoundTable;
import dev.tursojdbc.sql.plan.ChangedColumns;
import dev.tursojdbc.sql.schema.Column;
import dev.tursojdbc.sql.schema.Table;
import org.jspecify.annotations.Nullable;

/** The constraints that a row can break by itself, whatever other rows there are. */
final class RowConstraints {
  private final BoundTable bound;
  private final Table table;
  private final ChangedRow row;
  private final @Nullable ConflictAction override;

  /** The CHECK constraints; null for one that need not be looked at. */
  private final @Nullable Evaluator[] checks;

  /** Of an UPDATE; null if every column may change. */
  private @Nullable ChangedColumns changedColumns;

  private boolean putDefaults;

  /**
   * @param override what the statement's OR clause says, or null
   * @param ignoreChecks whether CHECK constraints are not looked at
   */
  RowConstraints(
      BoundTable bound, ChangedRow row, @Nullable ConflictAction override, boolean ignoreChecks) {
    this.bound = bound;
    this.table = bound.table();
    this.row = row;
    this.override = override;
    this.checks = new Evaluator[ignoreChecks ? 0 : bound.checks().size()];
    for (int i = 0; i < checks.length; i++) {
      checks[i] = row.builder().build(bound.checks().get(i).condition());
    }
  }

  /** Says that rows are updated in these columns only; what depends on others alone holds. */
  void changeOnly(ChangedColumns columns) {
    changedColumns = columns;
    for (int i = 0; i < checks.length; i++) {
      if (!columns.affects(bound.checks().get(i).condition())) {
        checks[i] = null;
      }
    }
  }

  /**
   * NOT NULL of each column that may change; REPLACE puts the default in place of a NULL.
   *
   * @param generated whether those columns are looked at that are computed from the others, or the
   *     others
   * @return false if the row is to be left out
   */
  boolean checkNotNull(Frame frame, boolean generated) {
    int alias = table.rowidColumn();
    putDefaults = false;
    for (int i = 0; i < table.columnCount(); i++) {
      Column column = table.column(i);
      ConflictAction declared = column.notNull();
      if (declared == null
          || i == alias
          || column.isGenerated() != generated
          || !row.column(i).isNull()
          || !mayChange(i)) {
        continue;
      }
      ConflictAction action = override == null ? declared : override;
      if (action == ConflictAction.REPLACE && !generated && row.hasDefault(i)) {
        row.setDefault(frame, i);
        if (!row.column(i).isNull()) {
          putDefaults = true;
          continue;
        }
      }
      if (action == ConflictAction.IGNORE) {
        return false;
      }
      throw ConstraintErrors.notNull(table, i, failing(action));
    }
    return true;
  }

  /** Whether the last look at NOT NULL has changed the row. */
  boolean hasPutDefaults() {
    return putDefaults;
  }

  private boolean mayChange(int column) {
    return changedColumns == null || changedColumns.contains(column);
  }

  /**
   * The CHECK constraints.
   *
   * @return false if the row is to be left out
   */
  boolean checkConditions(Frame frame) {
    for (int i = 0; i < checks.length; i++) {
      Evaluator check = checks[i];
      if (check != null && check.test(frame) == Evaluator.FALSE) {
        ConflictAction action = override == null ? ConflictAction.ABORT : override;
        if (action == ConflictAction.IGNORE) {
          return false;
        }
        throw ConstraintErrors.check(bound.checks().get(i).label(), failing(action));
      }
    }
    return true;
  }

  /** REPLACE and IGNORE where they mean nothing are ABORT. */
  private static ConflictAction failing(ConflictAction action) {
    return action == ConflictAction.REPLACE || action == ConflictAction.IGNORE
        ? ConflictAction.ABORT
        : action;
  }
}
