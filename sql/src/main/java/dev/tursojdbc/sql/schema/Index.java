package dev.tursojdbc.sql.schema;

import dev.tursojdbc.sql.ast.ConflictAction;
import dev.tursojdbc.sql.ast.Expression;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An index, or the tree of a WITHOUT ROWID table, which is an index that holds all columns.
 *
 * <pre>
 *   entry := key columns, then what makes the entry name its row:
 *            the rowid; in a WITHOUT ROWID table the primary key's columns that are not among the
 *            key columns already; in the primary key's own tree all other stored columns
 * </pre>
 *
 * @param rootPage root page of its tree
 * @param columns of an entry, all of them
 * @param keyColumnCount how many of them were asked for; a unique index compares only these
 * @param onConflict what a duplicate does if the statement does not say; null: not unique. ABORT is
 *     also the default
 * @param conflictGiven whether the definition had an ON CONFLICT clause
 * @param predicate WHERE of a partial index, or null
 * @param origin why there is such an index
 * @param sql text in sqlite_schema; null for one that a constraint made
 */
public record Index(
    String name,
    String table,
    int rootPage,
    List<IndexColumn> columns,
    int keyColumnCount,
    @Nullable ConflictAction onConflict,
    boolean conflictGiven,
    @Nullable Expression predicate,
    Origin origin,
    @Nullable String sql) {
  public Index {
    columns = List.copyOf(columns);
  }

  /** What made an index; the letter is what {@code PRAGMA index_list} shows. */
  public enum Origin {
    CREATE_INDEX("c"),
    UNIQUE("u"),
    PRIMARY_KEY("pk");

    private final String letter;

    Origin(String letter) {
      this.letter = letter;
    }

    public String letter() {
      return letter;
    }
  }

  public boolean isUnique() {
    return onConflict != null;
  }

  public boolean isPartial() {
    return predicate != null;
  }

  public boolean isOnExpressions() {
    for (int i = 0; i < keyColumnCount; i++) {
      if (columns.get(i).column() == IndexColumn.EXPRESSION) {
        return true;
      }
    }
    return false;
  }

  public IndexColumn column(int index) {
    return columns.get(index);
  }

  /** Where in an entry a table's column is, or -1. */
  public int positionOf(int tableColumn) {
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).column() == tableColumn) {
        return i;
      }
    }
    return -1;
  }

  /** The same without DESC. */
  Index ascending() {
    return new Index(
        name,
        table,
        rootPage,
        columns.stream().map(IndexColumn::ascending).toList(),
        keyColumnCount,
        onConflict,
        conflictGiven,
        predicate,
        origin,
        sql);
  }

  Index withRootPage(int page) {
    return new Index(
        name,
        table,
        page,
        columns,
        keyColumnCount,
        onConflict,
        conflictGiven,
        predicate,
        origin,
        sql);
  }
}
