package dev.tursojdbc.sql.schema;

import dev.tursojdbc.sql.ast.ConflictAction;
import dev.tursojdbc.sql.ast.OrderingTerm;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The indexes behind the UNIQUE and PRIMARY KEY constraints of a table.
 *
 * <p>They are called {@code sqlite_autoindex_TABLE_N}, N counting from 1 in the order of the
 * constraints. A constraint that says what an earlier one said gets no index of its own.
 */
final class AutomaticIndexes {
  private final String table;
  private final List<Column> columns;
  private final boolean withoutRowid;
  private final int tableRootPage;

  /** In the order of creation. */
  private final List<Index> indexes = new ArrayList<>();

  AutomaticIndexes(String table, List<Column> columns, boolean withoutRowid, int tableRootPage) {
    this.table = table;
    this.columns = columns;
    this.withoutRowid = withoutRowid;
    this.tableRootPage = tableRootPage;
  }

  List<Index> build(List<TableBuilder.Key> keys) {
    for (TableBuilder.Key key : keys) {
      add(key);
    }
    List<Index> newestFirst = new ArrayList<>(indexes.size());
    for (Index index : indexes) {
      newestFirst.add(0, withRowLocator(index));
    }
    return IndexOrder.replaceLast(newestFirst);
  }

  private void add(TableBuilder.Key key) {
    List<IndexColumn> keyColumns =
        key.ownColumn() >= 0
            ? List.of(
                new IndexColumn(
                    key.ownColumn(),
                    null,
                    columns.get(key.ownColumn()).collation(),
                    key.descending()))
            : keyColumns(key.terms());
    for (int i = 0; i < indexes.size(); i++) {
      if (sameKey(indexes.get(i), keyColumns)) {
        indexes.set(i, merge(indexes.get(i), key));
        return;
      }
    }
    ConflictAction action = key.onConflict() == null ? ConflictAction.ABORT : key.onConflict();
    indexes.add(
        new Index(
            "sqlite_autoindex_" + table + "_" + (indexes.size() + 1),
            table,
            0,
            keyColumns,
            keyColumns.size(),
            action,
            key.onConflict() != null,
            null,
            key.origin(),
            null));
  }

  private List<IndexColumn> keyColumns(List<OrderingTerm> terms) {
    ColumnLimit.require(terms.size(), "columns in index");
    List<IndexColumn> result = new ArrayList<>(terms.size());
    for (OrderingTerm term : terms) {
      KeyTerm.requireNoNulls(term);
      String name = KeyTerm.columnName(term.expression());
      if (name == null) {
        throw SchemaErrors.error("expressions prohibited in PRIMARY KEY and UNIQUE constraints");
      }
      int column = find(name);
      if (column < 0) {
        throw KeyTerm.mayBeConstant(term.expression())
            ? SchemaErrors.error("expressions prohibited in PRIMARY KEY and UNIQUE constraints")
            : SchemaErrors.error("no such column: " + name);
      }
      String collation = KeyTerm.collation(term.expression());
      result.add(
          new IndexColumn(
              column,
              null,
              collation == null ? columns.get(column).collation() : collation,
              term.isDescending()));
    }
    return result;
  }

  private int find(String name) {
    for (int i = 0; i < columns.size(); i++) {
      if (Names.same(columns.get(i).name(), name)) {
        return i;
      }
    }
    return -1;
  }

  private static boolean sameKey(Index index, List<IndexColumn> key) {
    if (index.keyColumnCount() != key.size()) {
      return false;
    }
    for (int i = 0; i < key.size(); i++) {
      IndexColumn column = index.column(i);
      if (column.column() != key.get(i).column()
          || !Names.same(column.collation(), key.get(i).collation())) {
        return false;
      }
    }
    return true;
  }

  private static Index merge(Index index, TableBuilder.Key key) {
    if (key.onConflict() != null
        && index.conflictGiven()
        && index.onConflict() != key.onConflict()) {
      throw SchemaErrors.error("conflicting ON CONFLICT clauses specified");
    }
    boolean takesAction = !index.conflictGiven() && key.onConflict() != null;
    return new Index(
        index.name(),
        index.table(),
        index.rootPage(),
        index.columns(),
        index.keyColumnCount(),
        takesAction ? key.onConflict() : index.onConflict(),
        index.conflictGiven() || takesAction,
        null,
        key.origin() == Index.Origin.PRIMARY_KEY ? key.origin() : index.origin(),
        null);
  }

  /** Adds to the key columns what leads from an entry to its row. */
  private Index withRowLocator(Index index) {
    if (withoutRowid && index.origin() == Index.Origin.PRIMARY_KEY) {
      return withColumns(index, RowLocator.wholeRow(index.columns(), columns), tableRootPage);
    }
    return withColumns(
        index, RowLocator.append(index.columns(), withoutRowid ? primaryKey() : null), 0);
  }

  private @Nullable Index primaryKey() {
    for (Index index : indexes) {
      if (index.origin() == Index.Origin.PRIMARY_KEY) {
        return index;
      }
    }
    return null;
  }

  private static Index withColumns(Index index, List<IndexColumn> columns, int rootPage) {
    return new Index(
        index.name(),
        index.table(),
        rootPage,
        columns,
        index.origin() == Index.Origin.PRIMARY_KEY && rootPage > 0
            ? distinctCount(index.columns())
            : index.keyColumnCount(),
        index.onConflict(),
        index.conflictGiven(),
        null,
        index.origin(),
        null);
  }

  private static int distinctCount(List<IndexColumn> columns) {
    return RowLocator.withoutDuplicates(columns).size();
  }
}
