package dev.tursojdbc.driver;

import dev.tursojdbc.sql.TableInfo;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The part of {@link DatabaseMetaData} about tables and their columns. */
abstract class MetaDataTables extends MetaDataRows {
  private static final List<String> TABLE_TYPES =
      List.of("GLOBAL TEMPORARY", "SYSTEM TABLE", "TABLE", "VIEW");

  private static String type(TableInfo table) {
    return switch (table.kind()) {
      case VIEW -> "VIEW";
      case SYSTEM -> "SYSTEM TABLE";
      case TABLE -> table.database().equals("temp") ? "GLOBAL TEMPORARY" : "TABLE";
    };
  }

  @Override
  public ResultSet getTables(
      @Nullable String catalog,
      @Nullable String schema,
      @Nullable String pattern,
      String @Nullable [] types)
      throws SQLException {
    List<@Nullable Object[]> rows = new ArrayList<>();
    for (TableInfo table : tables(catalog, schema, pattern)) {
      String type = type(table);
      if (types == null || Arrays.asList(types).contains(type)) {
        rows.add(
            new Object[] {
              null, schemaOf(table), table.name(), type, null, null, null, null, null, null
            });
      }
    }
    rows.sort(Comparator.comparing(row -> String.valueOf(row[3])));
    return rows(
        "TABLE_CAT TABLE_SCHEM TABLE_NAME TABLE_TYPE REMARKS TYPE_CAT TYPE_SCHEM TYPE_NAME"
            + " SELF_REFERENCING_COL_NAME REF_GENERATION",
        rows);
  }

  @Override
  public ResultSet getColumns(
      @Nullable String catalog,
      @Nullable String schema,
      @Nullable String tablePattern,
      @Nullable String columnPattern)
      throws SQLException {
    List<@Nullable Object[]> rows = new ArrayList<>();
    for (TableInfo table : tables(catalog, schema, tablePattern)) {
      for (int i = 0; i < table.columns().size(); i++) {
        TableInfo.Column column = table.columns().get(i);
        if (MetaDataRows.matches(columnPattern, column.name())) {
          rows.add(columnRow(table, i + 1, column));
        }
      }
    }
    return rows(
        "TABLE_CAT TABLE_SCHEM TABLE_NAME COLUMN_NAME DATA_TYPE:INTEGER TYPE_NAME"
            + " COLUMN_SIZE:INTEGER BUFFER_LENGTH:INTEGER DECIMAL_DIGITS:INTEGER"
            + " NUM_PREC_RADIX:INTEGER NULLABLE:INTEGER REMARKS COLUMN_DEF SQL_DATA_TYPE:INTEGER"
            + " SQL_DATETIME_SUB:INTEGER CHAR_OCTET_LENGTH:INTEGER ORDINAL_POSITION:INTEGER"
            + " IS_NULLABLE SCOPE_CATALOG SCOPE_SCHEMA SCOPE_TABLE SOURCE_DATA_TYPE:SMALLINT"
            + " IS_AUTOINCREMENT IS_GENERATEDCOLUMN",
        rows);
  }

  private @Nullable Object[] columnRow(TableInfo table, int ordinal, TableInfo.Column column) {
    String declared = column.declaredType();
    DeclaredType type = DeclaredType.parse(declared == null ? column.typeForecast() : declared);
    // SQLite puts the next rowid in the place of a NULL, so that none is ever stored.
    boolean notNull = column.notNull() || column.rowid();
    Long size = type.precision() == 0 ? null : (long) type.precision();
    return new Object[] {
      null,
      schemaOf(table),
      table.name(),
      column.name(),
      (long) type.jdbcType(),
      type.name(),
      size,
      null,
      type.scale() == 0 ? null : (long) type.scale(),
      10L,
      (long) (notNull ? columnNoNulls : columnNullable),
      null,
      column.defaultText(),
      null,
      null,
      type.isNumber() ? null : size,
      (long) ordinal,
      notNull ? "NO" : "YES",
      null,
      null,
      null,
      null,
      column.rowid() ? "YES" : "NO",
      column.generated() ? "YES" : "NO"
    };
  }

  @Override
  public ResultSet getTableTypes() throws SQLException {
    List<@Nullable Object[]> rows = new ArrayList<>();
    for (String type : TABLE_TYPES) {
      rows.add(new Object[] {type});
    }
    return rows("TABLE_TYPE", rows);
  }

  @Override
  public ResultSet getSchemas() throws SQLException {
    return getSchemas(null, null);
  }

  @Override
  public ResultSet getSchemas(@Nullable String catalog, @Nullable String pattern)
      throws SQLException {
    Set<String> names = new LinkedHashSet<>();
    for (TableInfo table : tables(catalog, null, null)) {
      String schema = schemaOf(table);
      if (schema != null && MetaDataRows.matches(pattern, schema)) {
        names.add(schema);
      }
    }
    List<@Nullable Object[]> rows = new ArrayList<>();
    for (String name : names) {
      rows.add(new Object[] {name, null});
    }
    return rows("TABLE_SCHEM TABLE_CATALOG", rows);
  }

  /** The primary key, else the rowid. */
  @Override
  public ResultSet getBestRowIdentifier(
      @Nullable String catalog,
      @Nullable String schema,
      @Nullable String name,
      int scope,
      boolean nullable)
      throws SQLException {
    List<@Nullable Object[]> rows = new ArrayList<>();
    for (TableInfo table : tablesNamed(catalog, schema, name)) {
      for (String key : table.primaryKey()) {
        TableInfo.Column column = table.column(key);
        DeclaredType type = DeclaredType.parse(column == null ? null : column.declaredType());
        rows.add(
            new Object[] {
              (long) bestRowSession,
              key,
              (long) type.jdbcType(),
              type.name(),
              type.precision() == 0 ? null : (long) type.precision(),
              null,
              type.scale() == 0 ? null : (long) type.scale(),
              (long) bestRowNotPseudo
            });
      }
      if (table.primaryKey().isEmpty() && table.hasRowid()) {
        rows.add(
            new Object[] {
              (long) bestRowSession,
              "rowid",
              (long) Types.BIGINT,
              "INTEGER",
              19L,
              null,
              null,
              (long) bestRowPseudo
            });
      }
    }
    return rows(
        "SCOPE:SMALLINT COLUMN_NAME DATA_TYPE:INTEGER TYPE_NAME COLUMN_SIZE:INTEGER"
            + " BUFFER_LENGTH:INTEGER DECIMAL_DIGITS:SMALLINT PSEUDO_COLUMN:SMALLINT",
        rows);
  }

  @Override
  public ResultSet getPseudoColumns(
      @Nullable String catalog,
      @Nullable String schema,
      @Nullable String tablePattern,
      @Nullable String columnPattern)
      throws SQLException {
    List<@Nullable Object[]> rows = new ArrayList<>();
    for (TableInfo table : tables(catalog, schema, tablePattern)) {
      if (table.hasRowid() && MetaDataRows.matches(columnPattern, "rowid")) {
        rows.add(
            new Object[] {
              null,
              schemaOf(table),
              table.name(),
              "rowid",
              (long) Types.BIGINT,
              19L,
              null,
              10L,
              "NO_USAGE_RESTRICTIONS",
              null,
              null,
              "NO"
            });
      }
    }
    return rows(
        "TABLE_CAT TABLE_SCHEM TABLE_NAME COLUMN_NAME DATA_TYPE:INTEGER COLUMN_SIZE:INTEGER"
            + " DECIMAL_DIGITS:INTEGER NUM_PREC_RADIX:INTEGER COLUMN_USAGE REMARKS"
            + " CHAR_OCTET_LENGTH:INTEGER IS_NULLABLE",
        rows);
  }
}
