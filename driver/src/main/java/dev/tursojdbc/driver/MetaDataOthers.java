package dev.tursojdbc.driver;

import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The part of {@link DatabaseMetaData} that gives types and functions, and no rows for what SQLite
 * has not: catalogs, procedures, privileges, user-defined types, row versions.
 */
abstract class MetaDataOthers extends MetaDataKeys {
  @Override
  public ResultSet getTypeInfo() throws SQLException {
    List<@Nullable Object[]> rows = new ArrayList<>();
    rows.add(type("BIGINT", Types.BIGINT, 19, null));
    rows.add(type("BOOLEAN", Types.BOOLEAN, 1, null));
    rows.add(type("NUMERIC", Types.NUMERIC, 1000, "precision,scale"));
    rows.add(type("DECIMAL", Types.DECIMAL, 1000, "precision,scale"));
    rows.add(type("INTEGER", Types.INTEGER, 19, null));
    rows.add(type("REAL", Types.REAL, 17, null));
    rows.add(type("DOUBLE", Types.DOUBLE, 17, null));
    rows.add(type("TEXT", Types.VARCHAR, 1_000_000_000, null));
    rows.add(type("VARCHAR", Types.VARCHAR, 1_000_000_000, "length"));
    rows.add(type("DATE", Types.DATE, 10, null));
    rows.add(type("TIME", Types.TIME, 18, null));
    rows.add(type("TIMESTAMP", Types.TIMESTAMP, 29, null));
    rows.add(type("BLOB", Types.BLOB, 1_000_000_000, null));
    rows.sort((a, b) -> Long.compare(number(a[1]), number(b[1])));
    return rows(
        "TYPE_NAME DATA_TYPE:INTEGER PRECISION:INTEGER LITERAL_PREFIX LITERAL_SUFFIX CREATE_PARAMS"
            + " NULLABLE:SMALLINT CASE_SENSITIVE:BOOLEAN SEARCHABLE:SMALLINT"
            + " UNSIGNED_ATTRIBUTE:BOOLEAN FIXED_PREC_SCALE:BOOLEAN AUTO_INCREMENT:BOOLEAN"
            + " LOCAL_TYPE_NAME MINIMUM_SCALE:SMALLINT MAXIMUM_SCALE:SMALLINT"
            + " SQL_DATA_TYPE:INTEGER SQL_DATETIME_SUB:INTEGER NUM_PREC_RADIX:INTEGER",
        rows);
  }

  private static long number(@Nullable Object value) {
    return value instanceof Long number ? number : 0;
  }

  private static @Nullable Object[] type(
      String name, int type, int precision, @Nullable String parameters) {
    boolean quoted =
        type == Types.VARCHAR
            || type == Types.DATE
            || type == Types.TIME
            || type == Types.TIMESTAMP;
    String quote = quoted ? "'" : null;
    boolean number = DeclaredType.parse(name).isNumber();
    return new Object[] {
      name,
      (long) type,
      (long) precision,
      type == Types.BLOB ? "x'" : quote,
      type == Types.BLOB ? "'" : quote,
      parameters,
      (long) typeNullable,
      type == Types.VARCHAR ? 1L : 0L,
      (long) typeSearchable,
      number ? 0L : 1L,
      0L,
      name.equals("INTEGER") ? 1L : 0L,
      null,
      0L,
      0L,
      null,
      null,
      number ? 10L : null
    };
  }

  @Override
  public ResultSet getFunctions(
      @Nullable String catalog, @Nullable String schema, @Nullable String pattern)
      throws SQLException {
    List<@Nullable Object[]> rows = new ArrayList<>();
    for (String name : jdbc().firstColumn("PRAGMA function_list")) {
      if (MetaDataRows.matches(pattern, name)
          && rows.stream().noneMatch(row -> name.equals(row[2]))) {
        rows.add(new Object[] {null, null, name, null, (long) functionNoTable, name});
      }
    }
    rows.sort((a, b) -> String.valueOf(a[2]).compareTo(String.valueOf(b[2])));
    return rows(
        "FUNCTION_CAT FUNCTION_SCHEM FUNCTION_NAME REMARKS FUNCTION_TYPE:SMALLINT SPECIFIC_NAME",
        rows);
  }

  @Override
  public ResultSet getFunctionColumns(
      @Nullable String catalog,
      @Nullable String schema,
      @Nullable String function,
      @Nullable String column)
      throws SQLException {
    return nothing(
        "FUNCTION_CAT FUNCTION_SCHEM FUNCTION_NAME COLUMN_NAME COLUMN_TYPE:SMALLINT"
            + " DATA_TYPE:INTEGER TYPE_NAME PRECISION:INTEGER LENGTH:INTEGER SCALE:SMALLINT"
            + " RADIX:SMALLINT NULLABLE:SMALLINT REMARKS CHAR_OCTET_LENGTH:INTEGER"
            + " ORDINAL_POSITION:INTEGER IS_NULLABLE SPECIFIC_NAME");
  }

  @Override
  public ResultSet getClientInfoProperties() throws SQLException {
    List<@Nullable Object[]> rows = new ArrayList<>();
    for (String name : List.of("ApplicationName", "ClientHostname", "ClientUser")) {
      rows.add(new Object[] {name, 0L, "", "kept by the connection, without effect"});
    }
    return rows("NAME MAX_LEN:INTEGER DEFAULT_VALUE DESCRIPTION", rows);
  }

  @Override
  public ResultSet getCatalogs() throws SQLException {
    return nothing("TABLE_CAT");
  }

  @Override
  public ResultSet getProcedures(
      @Nullable String catalog, @Nullable String schema, @Nullable String procedure)
      throws SQLException {
    return nothing(
        "PROCEDURE_CAT PROCEDURE_SCHEM PROCEDURE_NAME RESERVED1 RESERVED2 RESERVED3 REMARKS"
            + " PROCEDURE_TYPE:SMALLINT SPECIFIC_NAME");
  }

  @Override
  public ResultSet getProcedureColumns(
      @Nullable String catalog,
      @Nullable String schema,
      @Nullable String procedure,
      @Nullable String column)
      throws SQLException {
    return nothing(
        "PROCEDURE_CAT PROCEDURE_SCHEM PROCEDURE_NAME COLUMN_NAME COLUMN_TYPE:SMALLINT"
            + " DATA_TYPE:INTEGER TYPE_NAME PRECISION:INTEGER LENGTH:INTEGER SCALE:SMALLINT"
            + " RADIX:SMALLINT NULLABLE:SMALLINT REMARKS COLUMN_DEF SQL_DATA_TYPE:INTEGER"
            + " SQL_DATETIME_SUB:INTEGER CHAR_OCTET_LENGTH:INTEGER ORDINAL_POSITION:INTEGER"
            + " IS_NULLABLE SPECIFIC_NAME");
  }

  @Override
  public ResultSet getColumnPrivileges(
      @Nullable String catalog,
      @Nullable String schema,
      @Nullable String table,
      @Nullable String column)
      throws SQLException {
    return nothing(
        "TABLE_CAT TABLE_SCHEM TABLE_NAME COLUMN_NAME GRANTOR GRANTEE PRIVILEGE IS_GRANTABLE");
  }

  @Override
  public ResultSet getTablePrivileges(
      @Nullable String catalog, @Nullable String schema, @Nullable String table)
      throws SQLException {
    return nothing("TABLE_CAT TABLE_SCHEM TABLE_NAME GRANTOR GRANTEE PRIVILEGE IS_GRANTABLE");
  }

  @Override
  public ResultSet getVersionColumns(
      @Nullable String catalog, @Nullable String schema, @Nullable String table)
      throws SQLException {
    return nothing(
        "SCOPE:SMALLINT COLUMN_NAME DATA_TYPE:INTEGER TYPE_NAME COLUMN_SIZE:INTEGER"
            + " BUFFER_LENGTH:INTEGER DECIMAL_DIGITS:SMALLINT PSEUDO_COLUMN:SMALLINT");
  }

  @Override
  public ResultSet getUDTs(
      @Nullable String catalog,
      @Nullable String schema,
      @Nullable String type,
      int @Nullable [] types)
      throws SQLException {
    return nothing(
        "TYPE_CAT TYPE_SCHEM TYPE_NAME CLASS_NAME DATA_TYPE:INTEGER REMARKS BASE_TYPE:SMALLINT");
  }

  @Override
  public ResultSet getSuperTypes(
      @Nullable String catalog, @Nullable String schema, @Nullable String type)
      throws SQLException {
    return nothing("TYPE_CAT TYPE_SCHEM TYPE_NAME SUPERTYPE_CAT SUPERTYPE_SCHEM SUPERTYPE_NAME");
  }

  @Override
  public ResultSet getSuperTables(
      @Nullable String catalog, @Nullable String schema, @Nullable String table)
      throws SQLException {
    return nothing("TABLE_CAT TABLE_SCHEM TABLE_NAME SUPERTABLE_NAME");
  }

  @Override
  public ResultSet getAttributes(
      @Nullable String catalog,
      @Nullable String schema,
      @Nullable String type,
      @Nullable String attribute)
      throws SQLException {
    return nothing(
        "TYPE_CAT TYPE_SCHEM TYPE_NAME ATTR_NAME DATA_TYPE:INTEGER ATTR_TYPE_NAME"
            + " ATTR_SIZE:INTEGER DECIMAL_DIGITS:INTEGER NUM_PREC_RADIX:INTEGER NULLABLE:INTEGER"
            + " REMARKS ATTR_DEF SQL_DATA_TYPE:INTEGER SQL_DATETIME_SUB:INTEGER"
            + " CHAR_OCTET_LENGTH:INTEGER ORDINAL_POSITION:INTEGER IS_NULLABLE SCOPE_CATALOG"
            + " SCOPE_SCHEMA SCOPE_TABLE SOURCE_DATA_TYPE:SMALLINT");
  }
}
