package dev.tursojdbc.sql.schema;

import dev.tursojdbc.sql.ast.ConflictAction;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A table: its columns, constraints and indexes.
 *
 * <p>A rowid table keeps its rows in a table tree under {@link #rootPage()}; a column declared
 * INTEGER PRIMARY KEY is another name for the rowid and stored as NULL. A WITHOUT ROWID table keeps
 * them in an index tree, which {@link #primaryKey()} describes. Immutable: a new index makes a new
 * table.
 */
public final class Table implements Relation {
  private final String name;
  private final int rootPage;
  private final List<Column> columns;
  private final int rowidColumn;
  private final boolean autoincrement;
  private final boolean withoutRowid;
  private final boolean strict;
  private final List<CheckConstraint> checks;
  private final List<ForeignKey> foreignKeys;
  private final List<Index> indexes;
  private final String sql;
  private final @Nullable ConflictAction rowidConflict;
  private final int storedColumnCount;

  Table(
      String name,
      int rootPage,
      List<Column> columns,
      int rowidColumn,
      @Nullable ConflictAction rowidConflict,
      boolean autoincrement,
      boolean withoutRowid,
      boolean strict,
      List<CheckConstraint> checks,
      List<ForeignKey> foreignKeys,
      List<Index> indexes,
      String sql) {
    this.name = name;
    this.rootPage = rootPage;
    this.columns = List.copyOf(columns);
    this.rowidColumn = rowidColumn;
    this.rowidConflict = rowidConflict;
    this.autoincrement = autoincrement;
    this.withoutRowid = withoutRowid;
    this.strict = strict;
    this.checks = List.copyOf(checks);
    this.foreignKeys = List.copyOf(foreignKeys);
    this.indexes = List.copyOf(indexes);
    this.sql = sql;
    this.storedColumnCount = (int) columns.stream().filter(c -> !c.isVirtual()).count();
  }

  /**
   * A view as the table that its rows seem to be in: neither with rowids nor with constraints. What
   * changes it is up to triggers.
   */
  public static Table ofView(View view, List<Column> columns) {
    return new Table(
        view.name(),
        0,
        columns,
        -1,
        null,
        false,
        true,
        false,
        List.of(),
        List.of(),
        List.of(),
        view.sql());
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String sql() {
    return sql;
  }

  public int rootPage() {
    return rootPage;
  }

  public List<Column> columns() {
    return columns;
  }

  public Column column(int index) {
    return columns.get(index);
  }

  public int columnCount() {
    return columns.size();
  }

  /** Number of values in a record of the table: columns less the virtual ones. */
  public int storedColumnCount() {
    return storedColumnCount;
  }

  /** Position of a column, or -1. */
  public int columnIndex(String columnName) {
    for (int i = 0; i < columns.size(); i++) {
      if (Names.same(columns.get(i).name(), columnName)) {
        return i;
      }
    }
    return -1;
  }

  /** Position of the INTEGER PRIMARY KEY column, or -1. */
  public int rowidColumn() {
    return rowidColumn;
  }

  /** What a duplicate rowid does if the statement does not say; null for the default. */
  public @Nullable ConflictAction rowidConflict() {
    return rowidConflict;
  }

  public boolean isAutoincrement() {
    return autoincrement;
  }

  public boolean isWithoutRowid() {
    return withoutRowid;
  }

  public boolean hasRowid() {
    return !withoutRowid;
  }

  public boolean isStrict() {
    return strict;
  }

  public List<CheckConstraint> checks() {
    return checks;
  }

  public List<ForeignKey> foreignKeys() {
    return foreignKeys;
  }

  /**
   * All indexes, in SQLite's order: the newest first, those with ON CONFLICT REPLACE last. A
   * WITHOUT ROWID table's primary key is among them.
   */
  public List<Index> indexes() {
    return indexes;
  }

  /** The tree of a WITHOUT ROWID table; of a rowid table the index of its primary key, if any. */
  public @Nullable Index primaryKey() {
    for (Index index : indexes) {
      if (index.origin() == Index.Origin.PRIMARY_KEY) {
        return index;
      }
    }
    return null;
  }

  /** Whether an index of the table is the tree that the rows of a WITHOUT ROWID table are in. */
  public boolean isStoredIn(Index index) {
    return withoutRowid && index.origin() == Index.Origin.PRIMARY_KEY;
  }

  public @Nullable Index index(String indexName) {
    for (Index index : indexes) {
      if (Names.same(index.name(), indexName)) {
        return index;
      }
    }
    return null;
  }

  /** Whether it is one that the engine keeps for itself, such as sqlite_sequence. */
  public boolean isSystem() {
    return Names.startsWith(name, "sqlite_");
  }

  public boolean hasGeneratedColumns() {
    return columns.stream().anyMatch(Column::isGenerated);
  }

  Table withIndexes(List<Index> newIndexes) {
    return new Table(
        name,
        rootPage,
        columns,
        rowidColumn,
        rowidConflict,
        autoincrement,
        withoutRowid,
        strict,
        checks,
        foreignKeys,
        newIndexes,
        sql);
  }

  Table withIndex(Index index) {
    List<Index> all = new ArrayList<>(indexes.size() + 1);
    all.add(index);
    all.addAll(indexes);
    return withIndexes(IndexOrder.replaceLast(all));
  }

  Table withoutIndex(String indexName) {
    return withIndexes(
        indexes.stream().filter(index -> !Names.same(index.name(), indexName)).toList());
  }

  @Override
  public String toString() {
    return name;
  }
}
