package dev.tursojdbc.driver;

import dev.tursojdbc.sql.TableInfo;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** What is known of the result columns when the statement is compiled; no value is looked at. */
final class JdbcResultSetMetaData implements ResultSetMetaData, JdbcWrapper {
  private final ColumnInfo columns;
  private final JdbcConnection connection;

  JdbcResultSetMetaData(ColumnInfo columns, JdbcConnection connection) {
    this.columns = columns;
    this.connection = connection;
  }

  /** The table's column that a result column shows, or null. */
  private TableInfo.@Nullable Column source(int column) throws SQLException {
    int index = at(column);
    String table = columns.table(index);
    String origin = columns.origin(index);
    if (table == null || origin == null) {
      return null;
    }
    TableInfo info = connection.table(columns.database(index), table);
    return info == null ? null : info.column(origin);
  }

  private int at(int column) throws SQLException {
    if (column < 1 || column > columns.count()) {
      throw SqlErrors.badIndex("column " + column + " out of bounds [1, " + columns.count() + "]");
    }
    return column - 1;
  }

  private DeclaredType type(int column) throws SQLException {
    return DeclaredType.parse(columns.declaredType(at(column)));
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }

  @Override
  public int getColumnCount() {
    return columns.count();
  }

  @Override
  public boolean isAutoIncrement(int column) throws SQLException {
    TableInfo.Column source = source(column);
    return source != null && source.rowid();
  }

  @Override
  public boolean isCaseSensitive(int column) throws SQLException {
    return !type(column).isNumber();
  }

  @Override
  public boolean isSearchable(int column) throws SQLException {
    at(column);
    return true;
  }

  @Override
  public boolean isCurrency(int column) throws SQLException {
    at(column);
    return false;
  }

  @Override
  public int isNullable(int column) throws SQLException {
    TableInfo.Column source = source(column);
    if (source == null) {
      return columnNullableUnknown;
    }
    return source.notNull() || source.rowid() ? columnNoNulls : columnNullable;
  }

  @Override
  public boolean isSigned(int column) throws SQLException {
    return type(column).isNumber();
  }

  @Override
  public int getColumnDisplaySize(int column) throws SQLException {
    return type(column).displaySize();
  }

  @Override
  public String getColumnLabel(int column) throws SQLException {
    return columns.label(at(column));
  }

  @Override
  public String getColumnName(int column) throws SQLException {
    return columns.label(at(column));
  }

  @Override
  public String getSchemaName(int column) throws SQLException {
    at(column);
    return "";
  }

  @Override
  public int getPrecision(int column) throws SQLException {
    return type(column).precision();
  }

  @Override
  public int getScale(int column) throws SQLException {
    return type(column).scale();
  }

  @Override
  public String getTableName(int column) throws SQLException {
    return orEmpty(columns.table(at(column)));
  }

  @Override
  public String getCatalogName(int column) throws SQLException {
    at(column);
    return "";
  }

  @Override
  public int getColumnType(int column) throws SQLException {
    return type(column).jdbcType();
  }

  @Override
  public String getColumnTypeName(int column) throws SQLException {
    String name = type(column).name();
    return name.isEmpty() ? "TEXT" : name;
  }

  @Override
  public boolean isReadOnly(int column) throws SQLException {
    TableInfo.Column source = source(column);
    return source == null || source.generated();
  }

  @Override
  public boolean isWritable(int column) throws SQLException {
    return !isReadOnly(column);
  }

  @Override
  public boolean isDefinitelyWritable(int column) throws SQLException {
    at(column);
    return false;
  }

  @Override
  public String getColumnClassName(int column) throws SQLException {
    return type(column).className();
  }
}
