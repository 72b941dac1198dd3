package dev.tursojdbc.sql;

import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A table or view as its definition has it, for those who describe databases.
 *
 * @param hasRowid whether its rows have a rowid
 * @param rowidColumn index of the column that is another name for the rowid, or -1
 * @param primaryKeyName what CONSTRAINT before its primary key said, or null
 * @param rowCount as ANALYZE counted; -1 if it did not
 */
public record TableInfo(
    String database,
    String name,
    Kind kind,
    List<Column> columns,
    boolean hasRowid,
    int rowidColumn,
    @Nullable String primaryKeyName,
    List<ForeignKey> foreignKeys,
    List<Index> indexes,
    long rowCount) {
  public TableInfo {
    columns = List.copyOf(columns);
    foreignKeys = List.copyOf(foreignKeys);
    indexes = List.copyOf(indexes);
  }

  /** What a name of FROM may stand for. */
  public enum Kind {
    TABLE,
    /** A table of the engine's own, such as sqlite_schema. */
    SYSTEM,
    VIEW
  }

  /** The column of a name, letter case aside, or null. */
  public @Nullable Column column(String columnName) {
    for (Column column : columns) {
      if (column.name().equalsIgnoreCase(columnName)) {
        return column;
      }
    }
    return null;
  }

  /** The names of the primary key's columns in order; empty without one. */
  public List<String> primaryKey() {
    return columns.stream()
        .filter(column -> column.primaryKeyNumber() > 0)
        .sorted(Comparator.comparingInt(Column::primaryKeyNumber))
        .map(Column::name)
        .toList();
  }

  /**
   * One column.
   *
   * @param declaredType as written, or null
   * @param typeForecast for an expression in a view what its values are likely to be, as the name
   *     of a type; null if that cannot be told
   * @param notNull whether it never holds NULL
   * @param defaultText the default as written, or null
   * @param primaryKeyNumber its position in the primary key from 1; 0 if it is not part of it
   * @param rowid whether it is another name for the rowid, which a row gets by itself
   */
  public record Column(
      String name,
      @Nullable String declaredType,
      @Nullable String typeForecast,
      boolean notNull,
      @Nullable String defaultText,
      int primaryKeyNumber,
      boolean rowid,
      boolean generated) {}

  /**
   * A foreign key.
   *
   * @param name what CONSTRAINT before it said, or null
   * @param parentColumns empty: the parent's primary key
   * @param onUpdate in SQLite's words: NO ACTION, RESTRICT, SET NULL, SET DEFAULT, CASCADE
   * @param deferred whether it is checked at commit
   */
  public record ForeignKey(
      @Nullable String name,
      String parent,
      List<String> columns,
      List<String> parentColumns,
      String onUpdate,
      String onDelete,
      boolean deferred) {
    public ForeignKey {
      columns = List.copyOf(columns);
      parentColumns = List.copyOf(parentColumns);
    }
  }

  /**
   * An index.
   *
   * @param predicate what stands after WHERE, or null
   * @param distinctKeys how many different keys ANALYZE found; -1 if it did not look
   */
  public record Index(
      String name,
      boolean unique,
      List<Term> terms,
      @Nullable String predicate,
      long distinctKeys) {
    public Index {
      terms = List.copyOf(terms);
    }

    /**
     * One part of an index's key.
     *
     * @param column null for an expression
     */
    public record Term(@Nullable String column, boolean descending) {}
  }
}
