package dev.tursojdbc.sql.schema;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an index entry holds behind its key columns, so that it leads to its row. */
final class RowLocator {
  private RowLocator() {}

  /**
   * The columns of a secondary index.
   *
   * @param primaryKey the tree of a WITHOUT ROWID table; null for a rowid table
   */
  static List<IndexColumn> append(List<IndexColumn> key, @Nullable Index primaryKey) {
    List<IndexColumn> all = new ArrayList<>(key);
    if (primaryKey == null) {
      all.add(IndexColumn.rowid());
      return all;
    }
    for (int i = 0; i < primaryKey.keyColumnCount(); i++) {
      IndexColumn column = primaryKey.column(i);
      if (!contains(key, column)) {
        all.add(new IndexColumn(column.column(), null, column.collation(), column.descending()));
      }
    }
    return all;
  }

  /** The columns of a WITHOUT ROWID table's own tree: its key, then the rest as declared. */
  static List<IndexColumn> wholeRow(List<IndexColumn> key, List<Column> columns) {
    List<IndexColumn> all = withoutDuplicates(key);
    int keyCount = all.size();
    for (int i = 0; i < columns.size(); i++) {
      Column column = columns.get(i);
      if (!column.isVirtual() && !containsColumn(all.subList(0, keyCount), i)) {
        all.add(new IndexColumn(i, null, "BINARY", false));
      }
    }
    return all;
  }

  /** A column named twice in a primary key counts once, unless its collations differ. */
  static List<IndexColumn> withoutDuplicates(List<IndexColumn> key) {
    List<IndexColumn> distinct = new ArrayList<>(key.size());
    for (IndexColumn column : key) {
      if (!contains(distinct, column)) {
        distinct.add(column);
      }
    }
    return distinct;
  }

  private static boolean contains(List<IndexColumn> columns, IndexColumn wanted) {
    return columns.stream()
        .anyMatch(
            column ->
                column.column() == wanted.column()
                    && Names.same(column.collation(), wanted.collation()));
  }

  private static boolean containsColumn(List<IndexColumn> columns, int wanted) {
    return columns.stream().anyMatch(column -> column.column() == wanted);
  }
}
