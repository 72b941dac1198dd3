package dev.tursojdbc.driver;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@link DatabaseMetaData} of one connection: tables, columns and keys as the schema has them. */
final class JdbcDatabaseMetaData
    implements DialectNames, DialectFeatures, DialectLimits, DialectTransactions, JdbcWrapper {
  private static final List<String> TABLE_TYPES = List.of("SYSTEM TABLE", "TABLE", "VIEW");

  private final JdbcConnection connection;

  JdbcDatabaseMetaData(JdbcConnection connection) {
    this.connection = connection;
  }

  @Override
  public Connection getConnection() {
    return connection;
  }

  @Override
  public String getURL() {
    return connection.settings().url();
  }

  @Override
  public boolean isReadOnly() throws SQLException {
    return connection.isReadOnly();
  }

  @Override
  public boolean supportsResultSetType(int type) {
    return type == ResultSet.TYPE_FORWARD_ONLY;
  }

  @Override
  public boolean supportsResultSetConcurrency(int type, int concurrency) {
    return type == ResultSet.TYPE_FORWARD_ONLY && concurrency == ResultSet.CONCUR_READ_ONLY;
  }

  @Override
  public boolean supportsResultSetHoldability(int holdability) {
    return holdability == ResultSet.CLOSE_CURSORS_AT_COMMIT
        || holdability == ResultSet.HOLD_CURSORS_OVER_COMMIT;
  }

  @Override
  public boolean supportsTransactionIsolationLevel(int level) {
    return level == Connection.TRANSACTION_SERIALIZABLE;
  }

  private ResultSet rows(List<String> labels, List<@Nullable Object[]> rows) throws SQLException {
    JdbcStatement statement = (JdbcStatement) connection.createStatement();
    statement.closeOnCompletion();
    List<String> types = labels.stream().map(label -> "").toList();
    return new JdbcResultSet(statement, new StoredRows(new NamedColumns(labels, types), rows), 0);
  }

  /** Runs a query of our own and keeps its rows. */
  private List<@Nullable Object[]> query(String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      int columns = result.getMetaData().getColumnCount();
      List<@Nullable Object[]> rows = new ArrayList<>();
      while (result.next()) {
        Object[] row = new Object[columns];
        for (int i = 0; i < columns; i++) {
          row[i] = result.getObject(i + 1);
        }
        rows.add(row);
      }
      return rows;
    }
  }

  /**
   * A pattern of JDBC: percent, underscore, backslash before a character that means itself; null
   * matches all.
   */
  static boolean matches(@Nullable String pattern, String name) {
    return pattern == null
        || matches(pattern.toLowerCase(Locale.ROOT), 0, name.toLowerCase(Locale.ROOT), 0);
  }

  private static boolean matches(String pattern, int p, String name, int n) {
    while (p < pattern.length()) {
      char c = pattern.charAt(p);
      if (c == '%') {
        for (int at = n; at <= name.length(); at++) {
          if (matches(pattern, p + 1, name, at)) {
            return true;
          }
        }
        return false;
      }
      if (c == '\\' && p + 1 < pattern.length()) {
        c = pattern.charAt(++p);
      } else if (c == '_' && n < name.length()) {
        c = name.charAt(n);
      }
      if (n >= name.length() || name.charAt(n) != c) {
        return false;
      }
      p++;
      n++;
    }
    return n == name.length();
  }

  private record TableName(String name, String type) {}

  private List<TableName> tables(@Nullable String pattern) throws SQLException {
    List<TableName> tables = new ArrayList<>();
    for (Object[] row :
        query(
            "SELECT name, type FROM sqlite_schema WHERE type IN ('table', 'view') ORDER BY name")) {
      String name = String.valueOf(row[0]);
      if (matches(pattern, name)) {
        boolean system = name.toLowerCase(Locale.ROOT).startsWith("sqlite_");
        String type = String.valueOf(row[1]).toUpperCase(Locale.ROOT);
        tables.add(new TableName(name, system ? "SYSTEM TABLE" : type));
      }
    }
    return tables;
  }

  @Override
  public ResultSet getTables(
      @Nullable String catalog,
      @Nullable String schema,
      @Nullable String table,
      String @Nullable [] types)
      throws SQLException {
    Set<String> wanted = types == null ? Set.copyOf(TABLE_TYPES) : Set.copyOf(Arrays.asList(types));
    List<@Nullable Object[]> rows = new ArrayList<>();
    List<TableName> tables = tables(table);
    for (String type : TABLE_TYPES) {
      for (TableName name : tables) {
        if (name.type.equals(type) && wanted.contains(type)) {
          rows.add(new Object[] {null, null, name.name, type, null, null, null, null, null, null});
        }
      }
    }
    return rows(
        List.of(
            "TABLE_CAT",
            "TABLE_SCHEM",
            "TABLE_NAME",
            "TABLE_TYPE",
            "REMARKS",
            "TYPE_CAT",
            "TYPE_SCHEM",
            "TYPE_NAME",
            "SELF_REFERENCING_COL_NAME",
            "REF_GENERATION"),
        rows);
  }

  private static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  @Override
  public ResultSet getColumns(
      @Nullable String catalog,
      @Nullable String schema,
      @Nullable String table,
      @Nullable String column)
      throws SQLException {
    List<@Nullable Object[]> rows = new ArrayList<>();
    for (TableName name : tables(table)) {
      int ordinal = 0;
      for (Object[] info : query("PRAGMA table_xinfo(" + quoted(name.name) + ")")) {
        long hidden = ((Number) Long.valueOf(String.valueOf(info[6]))).longValue();
        if (hidden == 1) {
          continue;
        }
        ordinal++;
        String columnName = String.valueOf(info[1]);
        if (matches(column, columnName)) {
          rows.add(columnRow(name.name, ordinal, columnName, info, hidden >= 2));
        }
      }
    }
    return rows(
        List.of(
            "TABLE_CAT",
            "TABLE_SCHEM",
            "TABLE_NAME",
            "COLUMN_NAME",
            "DATA_TYPE",
            "TYPE_NAME",
            "COLUMN_SIZE",
            "BUFFER_LENGTH",
            "DECIMAL_DIGITS",
            "NUM_PREC_RADIX",
            "NULLABLE",
            "REMARKS",
            "COLUMN_DEF",
            "SQL_DATA_TYPE",
            "SQL_DATETIME_SUB",
            "CHAR_OCTET_LENGTH",
            "ORDINAL_POSITION",
            "IS_NULLABLE",
            "SCOPE_CATALOG",
            "SCOPE_SCHEMA",
            "SCOPE_TABLE",
            "SOURCE_DATA_TYPE",
            "IS_AUTOINCREMENT",
            "IS_GENERATEDCOLUMN"),
        rows);
  }

  private static @Nullable Object[] columnRow(
      String table, int ordinal, String name, @Nullable Object[] info, boolean generated) {
    DeclaredType type = DeclaredType.parse(info[2] == null ? null : info[2].toString());
    boolean notNull = "1".equals(String.valueOf(info[3]));
    boolean rowid = "1".equals(String.valueOf(info[5])) && type.name().equals("INTEGER");
    return new Object[] {
      null,
      null,
      table,
      name,
      (long) type.jdbcType(),
      type.name(),
      type.precision() == 0 ? null : (long) type.precision(),
      null,
      type.scale() == 0 ? null : (long) type.scale(),
      10L,
      (long) (notNull ? columnNoNulls : columnNullable),
      null,
      info[4],
      null,
      null,
      type.isNumber() || type.precision() == 0 ? null : (long) type.precision(),
      (long) ordinal,
      notNull ? "NO" : "YES",
      null,
      null,
      null,
      null,
      rowid ? "YES" : "NO",
      generated ? "YES" : "NO"
    };
  }

  @Override
  public ResultSet getPrimaryKeys(
      @Nullable String catalog, @Nullable String schema, @Nullable String table)
      throws SQLException {
    List<@Nullable Object[]> rows = new ArrayList<>();
    for (TableName name : tables(table)) {
      for (Object[] info : query("PRAGMA table_info(" + quoted(name.name) + ")")) {
        long sequence = Long.parseLong(String.valueOf(info[5]));
        if (sequence > 0) {
          rows.add(new Object[] {null, null, name.name, info[1], sequence, null});
        }
      }
    }
    rows.sort((a, b) -> String.valueOf(a[3]).compareTo(String.valueOf(b[3])));
    return rows(
        List.of("TABLE_CAT", "TABLE_SCHEM", "TABLE_NAME", "COLUMN_NAME", "KEY_SEQ", "PK_NAME"),
        rows);
  }

  @Override
  public ResultSet getTableTypes() throws SQLException {
    List<@Nullable Object[]> rows = new ArrayList<>();
    for (String type : TABLE_TYPES) {
      rows.add(new Object[] {type});
    }
    return rows(List.of("TABLE_TYPE"), rows);
  }

  /** No schemas and no catalogs: tools would otherwise qualify names with them. */
  @Override
  public ResultSet getSchemas() throws SQLException {
    return rows(List.of("TABLE_SCHEM", "TABLE_CATALOG"), List.of());
  }

  @Override
  public ResultSet getSchemas(@Nullable String catalog, @Nullable String pattern)
      throws SQLException {
    return getSchemas();
  }

  @Override
  public ResultSet getCatalogs() throws SQLException {
    return rows(List.of("TABLE_CAT"), List.of());
  }

  @Override
  public ResultSet getProcedures(String p0, String p1, String p2) throws SQLException {
    throw SqlErrors.notSupported("getProcedures");
  }

  @Override
  public ResultSet getProcedureColumns(String p0, String p1, String p2, String p3)
      throws SQLException {
    throw SqlErrors.notSupported("getProcedureColumns");
  }

  @Override
  public ResultSet getColumnPrivileges(String p0, String p1, String p2, String p3)
      throws SQLException {
    throw SqlErrors.notSupported("getColumnPrivileges");
  }

  @Override
  public ResultSet getTablePrivileges(String p0, String p1, String p2) throws SQLException {
    throw SqlErrors.notSupported("getTablePrivileges");
  }

  @Override
  public ResultSet getBestRowIdentifier(String p0, String p1, String p2, int p3, boolean p4)
      throws SQLException {
    throw SqlErrors.notSupported("getBestRowIdentifier");
  }

  @Override
  public ResultSet getVersionColumns(String p0, String p1, String p2) throws SQLException {
    throw SqlErrors.notSupported("getVersionColumns");
  }

  @Override
  public ResultSet getImportedKeys(String p0, String p1, String p2) throws SQLException {
    throw SqlErrors.notSupported("getImportedKeys");
  }

  @Override
  public ResultSet getExportedKeys(String p0, String p1, String p2) throws SQLException {
    throw SqlErrors.notSupported("getExportedKeys");
  }

  @Override
  public ResultSet getCrossReference(
      String p0, String p1, String p2, String p3, String p4, String p5) throws SQLException {
    throw SqlErrors.notSupported("getCrossReference");
  }

  @Override
  public ResultSet getTypeInfo() throws SQLException {
    throw SqlErrors.notSupported("getTypeInfo");
  }

  @Override
  public ResultSet getIndexInfo(String p0, String p1, String p2, boolean p3, boolean p4)
      throws SQLException {
    throw SqlErrors.notSupported("getIndexInfo");
  }

  @Override
  public ResultSet getUDTs(String p0, String p1, String p2, int[] p3) throws SQLException {
    throw SqlErrors.notSupported("getUDTs");
  }

  @Override
  public ResultSet getSuperTypes(String p0, String p1, String p2) throws SQLException {
    throw SqlErrors.notSupported("getSuperTypes");
  }

  @Override
  public ResultSet getSuperTables(String p0, String p1, String p2) throws SQLException {
    throw SqlErrors.notSupported("getSuperTables");
  }

  @Override
  public ResultSet getAttributes(String p0, String p1, String p2, String p3) throws SQLException {
    throw SqlErrors.notSupported("getAttributes");
  }

  @Override
  public ResultSet getClientInfoProperties() throws SQLException {
    throw SqlErrors.notSupported("getClientInfoProperties");
  }

  @Override
  public ResultSet getFunctions(String p0, String p1, String p2) throws SQLException {
    throw SqlErrors.notSupported("getFunctions");
  }

  @Override
  public ResultSet getFunctionColumns(String p0, String p1, String p2, String p3)
      throws SQLException {
    throw SqlErrors.notSupported("getFunctionColumns");
  }

  @Override
  public ResultSet getPseudoColumns(String p0, String p1, String p2, String p3)
      throws SQLException {
    throw SqlErrors.notSupported("getPseudoColumns");
  }
}
