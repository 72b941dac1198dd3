package dev.tursojdbc.driver;

import dev.tursojdbc.sql.TableInfo;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The part of {@link DatabaseMetaData} about keys and indexes. */
abstract class MetaDataKeys extends MetaDataTables {
  /** The columns of getImportedKeys and its like. */
  private static final String FOREIGN_KEY_COLUMNS =
      "PKTABLE_CAT PKTABLE_SCHEM PKTABLE_NAME PKCOLUMN_NAME FKTABLE_CAT FKTABLE_SCHEM FKTABLE_NAME"
          + " FKCOLUMN_NAME KEY_SEQ:SMALLINT UPDATE_RULE:SMALLINT DELETE_RULE:SMALLINT FK_NAME"
          + " PK_NAME DEFERRABILITY:SMALLINT";

  private static Comparator<@Nullable Object[]> by(int column) {
    return Comparator.comparing(row -> String.valueOf(row[column]));
  }

  private static Comparator<@Nullable Object[]> byNumber(int column) {
    return Comparator.comparing(row -> row[column] instanceof Long number ? number : 0L);
  }

  @Override
  public ResultSet getPrimaryKeys(
      @Nullable String catalog, @Nullable String schema, @Nullable String name)
      throws SQLException {
    List<@Nullable Object[]> rows = new ArrayList<>();
    for (TableInfo table : tablesNamed(catalog, schema, name)) {
      List<@Nullable Object[]> key = new ArrayList<>();
      for (String column : table.primaryKey()) {
        key.add(
            new Object[] {
              null, schemaOf(table), table.name(), column, key.size() + 1L, table.primaryKeyName()
            });
      }
      key.sort(by(3));
      rows.addAll(key);
    }
    return rows("TABLE_CAT TABLE_SCHEM TABLE_NAME COLUMN_NAME KEY_SEQ:SMALLINT PK_NAME", rows);
  }

  @Override
  public ResultSet getImportedKeys(
      @Nullable String catalog, @Nullable String schema, @Nullable String name)
      throws SQLException {
    List<@Nullable Object[]> rows = new ArrayList<>();
    List<TableInfo> all = tables(null, null, null);
    for (TableInfo child : tablesNamed(catalog, schema, name)) {
      rows.addAll(foreignKeys(child, all));
    }
    rows.sort(by(2).thenComparing(by(11)).thenComparing(byNumber(8)));
    return rows(FOREIGN_KEY_COLUMNS, rows);
  }

  @Override
  public ResultSet getExportedKeys(
      @Nullable String catalog, @Nullable String schema, @Nullable String name)
      throws SQLException {
    return crossReference(catalog, schema, name, null, null, null);
  }

  @Override
  public ResultSet getCrossReference(
      @Nullable String parentCatalog,
      @Nullable String parentSchema,
      @Nullable String parent,
      @Nullable String childCatalog,
      @Nullable String childSchema,
      @Nullable String child)
      throws SQLException {
    return crossReference(parentCatalog, parentSchema, parent, childCatalog, childSchema, child);
  }

  private ResultSet crossReference(
      @Nullable String parentCatalog,
      @Nullable String parentSchema,
      @Nullable String parent,
      @Nullable String childCatalog,
      @Nullable String childSchema,
      @Nullable String child)
      throws SQLException {
    List<String> parents =
        tablesNamed(parentCatalog, parentSchema, parent).stream().map(TableInfo::name).toList();
    List<TableInfo> all = tables(null, null, null);
    List<@Nullable Object[]> rows = new ArrayList<>();
    for (TableInfo table : tablesNamed(childCatalog, childSchema, child)) {
      for (Object[] row : foreignKeys(table, all)) {
        if (parents.contains(String.valueOf(row[2]))) {
          rows.add(row);
        }
      }
    }
    rows.sort(by(6).thenComparing(by(11)).thenComparing(byNumber(8)));
    return rows(FOREIGN_KEY_COLUMNS, rows);
  }

  private List<@Nullable Object[]> foreignKeys(TableInfo child, List<TableInfo> all) {
    List<@Nullable Object[]> rows = new ArrayList<>();
    int number = 0;
    for (TableInfo.ForeignKey key : child.foreignKeys()) {
      number++;
      TableInfo parent = parent(child, key, all);
      // One without a name gets one that stays the same as long as the table does.
      String name =
          key.name() == null
              ? "fk_" + child.name() + "_" + key.parent() + "_" + number
              : key.name();
      List<String> parentColumns =
          key.parentColumns().isEmpty() && parent != null
              ? parent.primaryKey()
              : key.parentColumns();
      for (int i = 0; i < key.columns().size(); i++) {
        rows.add(
            new Object[] {
              null,
              schemaOf(child),
              parent == null ? key.parent() : parent.name(),
              i < parentColumns.size() ? parentColumns.get(i) : null,
              null,
              schemaOf(child),
              child.name(),
              key.columns().get(i),
              i + 1L,
              rule(key.onUpdate()),
              rule(key.onDelete()),
              name,
              parent == null ? null : parent.primaryKeyName(),
              (long) (key.deferred() ? importedKeyInitiallyDeferred : importedKeyNotDeferrable)
            });
      }
    }
    return rows;
  }

  private static @Nullable TableInfo parent(
      TableInfo child, TableInfo.ForeignKey key, List<TableInfo> all) {
    for (TableInfo table : all) {
      if (table.database().equals(child.database())
          && table.name().equalsIgnoreCase(key.parent())) {
        return table;
      }
    }
    return null;
  }

  private static Long rule(String action) {
    return switch (action) {
      case "CASCADE" -> (long) importedKeyCascade;
      case "RESTRICT" -> (long) importedKeyRestrict;
      case "SET NULL" -> (long) importedKeySetNull;
      case "SET DEFAULT" -> (long) importedKeySetDefault;
      default -> (long) importedKeyNoAction;
    };
  }

  @Override
  public ResultSet getIndexInfo(
      @Nullable String catalog,
      @Nullable String schema,
      @Nullable String name,
      boolean unique,
      boolean approximate)
      throws SQLException {
    List<@Nullable Object[]> rows = new ArrayList<>();
    for (TableInfo table : tablesNamed(catalog, schema, name)) {
      if (table.rowCount() >= 0 && !unique) {
        rows.add(
            indexRow(
                table, false, null, tableIndexStatistic, 0, null, null, table.rowCount(), null));
      }
      for (TableInfo.Index index : table.indexes()) {
        if (index.unique() || !unique) {
          addIndex(rows, table, index);
        }
      }
    }
    rows.sort(
        byNumber(3).thenComparing(byNumber(6)).thenComparing(by(5)).thenComparing(byNumber(7)));
    return rows(
        "TABLE_CAT TABLE_SCHEM TABLE_NAME NON_UNIQUE:BOOLEAN INDEX_QUALIFIER INDEX_NAME"
            + " TYPE:SMALLINT ORDINAL_POSITION:SMALLINT COLUMN_NAME ASC_OR_DESC CARDINALITY:BIGINT"
            + " PAGES:BIGINT FILTER_CONDITION",
        rows);
  }

  private void addIndex(List<@Nullable Object[]> rows, TableInfo table, TableInfo.Index index) {
    Long cardinality = index.distinctKeys() < 0 ? null : index.distinctKeys();
    for (int i = 0; i < index.terms().size(); i++) {
      TableInfo.Index.Term term = index.terms().get(i);
      rows.add(
          indexRow(
              table,
              !index.unique(),
              index.name(),
              tableIndexOther,
              i + 1,
              term.column(),
              term.descending() ? "D" : "A",
              cardinality,
              index.predicate()));
    }
  }

  private @Nullable Object[] indexRow(
      TableInfo table,
      boolean nonUnique,
      @Nullable String index,
      int type,
      int position,
      @Nullable String column,
      @Nullable String order,
      @Nullable Long cardinality,
      @Nullable String filter) {
    return new Object[] {
      null,
      schemaOf(table),
      table.name(),
      nonUnique ? 1L : 0L,
      null,
      index,
      (long) type,
      (long) position,
      column,
      order,
      cardinality,
      null,
      filter
    };
  }
}
