package dev.tursojdbc.sql.plan;

import dev.tursojdbc.sql.ast.Name;
import dev.tursojdbc.sql.bind.BoundExpression;
import dev.tursojdbc.sql.bind.References;
import dev.tursojdbc.sql.schema.ForeignKey;
import dev.tursojdbc.sql.schema.Index;
import dev.tursojdbc.sql.schema.Names;
import dev.tursojdbc.sql.schema.Table;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The columns that an UPDATE assigns to, and the generated columns that depend on them. Indexes and
 * constraints that read none of these need not be looked at.
 */
public final class ChangedColumns {
  private final BoundTable target;
  private final boolean[] changed;

  /** Whether the row's own key may change, its rowid or primary key. */
  private final boolean key;

  private ChangedColumns(BoundTable target, boolean[] changed, boolean key) {
    this.target = target;
    this.changed = changed;
    this.key = key;
  }

  public static ChangedColumns of(
      BoundTable target, List<ChangePlan.ColumnAssignment> assignments) {
    Table table = target.table();
    boolean[] changed = new boolean[table.columnCount()];
    boolean rowid = false;
    boolean key = false;
    for (ChangePlan.ColumnAssignment assignment : assignments) {
      int column = assignment.column();
      if (column == ChangePlan.ColumnAssignment.ROWID) {
        rowid = true;
        column = table.rowidColumn();
      }
      if (column >= 0) {
        changed[column] = true;
        rowid |= column == table.rowidColumn();
        key |= isPartOfKey(table, column);
      }
    }
    ChangedColumns result = new ChangedColumns(target, changed, key || rowid);
    // Each generated column comes after those that it reads.
    for (BoundTable.GeneratedColumn generated : target.generated()) {
      changed[generated.column()] |= result.affects(generated.expression());
    }
    return result;
  }

  private static boolean isPartOfKey(Table table, int column) {
    Index primaryKey = table.isWithoutRowid() ? table.primaryKey() : null;
    if (primaryKey == null) {
      return false;
    }
    int position = primaryKey.positionOf(column);
    return position >= 0 && position < primaryKey.keyColumnCount();
  }

  /** Whether the column may get another value. */
  public boolean contains(int column) {
    return changed[column];
  }

  boolean containsAny(List<Integer> columns) {
    return columns.stream().anyMatch(column -> changed[column]);
  }

  /** Whether the row's own key or a unique index may change. */
  boolean affectsUniqueKey() {
    return key
        || target.indexes().stream().anyMatch(index -> index.index().isUnique() && affects(index));
  }

  /** Whether entries of any index may change. */
  boolean affectsIndex() {
    return target.indexes().stream().anyMatch(this::affects);
  }

  /** Whether entries of an index may change; with the row's own key all do. */
  public boolean affects(BoundTable.BoundIndex bound) {
    if (key || affects(bound.predicate())) {
      return true;
    }
    Index index = bound.index();
    for (int i = 0; i < index.keyColumnCount(); i++) {
      int column = index.column(i).column();
      if (column >= 0 ? changed[column] : affects(bound.expressions().get(i))) {
        return true;
      }
    }
    return false;
  }

  /** Whether an expression over the row may get another value. */
  public boolean affects(@Nullable BoundExpression expression) {
    if (expression == null) {
      return false;
    }
    boolean[] found = {false};
    References.walk(
        expression,
        e -> {
          if (e instanceof BoundExpression.Column column
              && column.source() == target.row().id()
              && (column.isRowid() ? key : changed[column.column()])) {
            found[0] = true;
          }
        });
    return found[0];
  }

  /** Whether a foreign key refers to one of the columns. */
  boolean touchesParent(Table parent, ForeignKey foreignKey) {
    List<Name> names = foreignKey.clause().columns();
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
