package dev.tursojdbc.sql.schema;

import dev.tursojdbc.sql.ast.Name;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The key of a parent table that a foreign key refers to: its rowid, or a unique index over exactly
 * the columns that were named, whole and with the collations that the columns were declared with.
 *
 * @param index null for the rowid
 * @param parentColumns positions in the parent table, in the order of the index
 * @param childColumns positions in the child table, in the same order
 */
public record ParentKey(
    @Nullable Index index, List<Integer> parentColumns, List<Integer> childColumns) {
  public ParentKey {
    parentColumns = List.copyOf(parentColumns);
    childColumns = List.copyOf(childColumns);
  }

  /** Finds the key; null if the foreign key does not fit its parent table. */
  public static @Nullable ParentKey find(Table parent, ForeignKey key) {
    List<Name> names = key.clause().columns();
    int rowid = parent.rowidColumn();
    if (key.columns().size() == 1
        && rowid >= 0
        && (names.isEmpty() || Names.same(names.get(0).text(), parent.column(rowid).name()))) {
      return new ParentKey(null, List.of(rowid), key.columns());
    }
    for (Index index : parent.indexes()) {
      if (index.isUnique()
          && !index.isPartial()
          && index.keyColumnCount() == key.columns().size()) {
        ParentKey found = names.isEmpty() ? ofPrimaryKey(index, key) : ofNames(parent, index, key);
        if (found != null) {
          return found;
        }
      }
    }
    return null;
  }

  /** Without names the columns of the primary key correspond in their order. */
  private static @Nullable ParentKey ofPrimaryKey(Index index, ForeignKey key) {
    if (index.origin() != Index.Origin.PRIMARY_KEY) {
      return null;
    }
    List<Integer> parentColumns = new ArrayList<>();
    for (int i = 0; i < index.keyColumnCount(); i++) {
      parentColumns.add(index.column(i).column());
    }
    return new ParentKey(index, parentColumns, key.columns());
  }

  private static @Nullable ParentKey ofNames(Table parent, Index index, ForeignKey key) {
    List<Integer> parentColumns = new ArrayList<>();
    List<Integer> childColumns = new ArrayList<>();
    for (int i = 0; i < index.keyColumnCount(); i++) {
      int position = index.column(i).column();
      if (position < 0
          || !Names.same(index.column(i).collation(), parent.column(position).collation())) {
        return null;
      }
      int named = indexOf(key.clause().columns(), parent.column(position).name());
      if (named < 0) {
        return null;
      }
      parentColumns.add(position);
      childColumns.add(key.columns().get(named));
    }
    return new ParentKey(index, parentColumns, childColumns);
  }

  private static int indexOf(List<Name> names, String column) {
    for (int i = 0; i < names.size(); i++) {
      if (Names.same(names.get(i).text(), column)) {
        return i;
      }
    }
    return -1;
  }
}
