package dev.tursojdbc.sql.plan;

import dev.tursojdbc.sql.ast.Name;
import dev.tursojdbc.sql.bind.BoundExpression;
import dev.tursojdbc.sql.bind.References;
import dev.tursojdbc.sql.schema.ForeignKey;
import dev.tursojdbc.sql.schema.Names;
import dev.tursojdbc.sql.schema.Table;
import java.util.List;

/** The columns that an UPDATE assigns to, and the generated columns that depend on them. */
final class ChangedColumns {
  private final boolean[] changed;

  private ChangedColumns(boolean[] changed) {
    this.changed = changed;
  }

  static ChangedColumns of(BoundTable target, List<ChangePlan.ColumnAssignment> assignments) {
    Table table = target.table();
    boolean[] changed = new boolean[table.columnCount()];
    for (ChangePlan.ColumnAssignment assignment : assignments) {
      int column = assignment.column();
      if (column == ChangePlan.ColumnAssignment.ROWID) {
        column = table.rowidColumn();
      }
      if (column >= 0) {
        changed[column] = true;
      }
    }
    // Each generated column comes after those that it reads.
    for (BoundTable.GeneratedColumn generated : target.generated()) {
      References.walk(
          generated.expression(),
          expression -> {
            if (expression instanceof BoundExpression.Column column) {
              int read = column.isRowid() ? table.rowidColumn() : column.column();
              if (read >= 0 && changed[read]) {
                changed[generated.column()] = true;
              }
            }
          });
    }
    return new ChangedColumns(changed);
  }

  boolean containsAny(List<Integer> columns) {
    return columns.stream().anyMatch(column -> changed[column]);
  }

  /** Whether a foreign key refers to one of the columns. */
  boolean touchesParent(Table parent, ForeignKey key) {
    List<Name> names = key.clause().columns();
    for (int i = 0; i < changed.length; i++) {
      if (changed[i] && isNamed(parent, i, names)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isNamed(Table parent, int column, List<Name> names) {
    if (names.isEmpty()) {
      return parent.column(column).primaryKeyNumber() > 0;
    }
    String name = parent.column(column).name();
    return names.stream().anyMatch(each -> Names.same(each.text(), name));
  }
}
