package dev.tursojdbc.sql;

import dev.tursojdbc.sql.bind.ResultColumn;
import dev.tursojdbc.sql.bind.SourceColumn;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a result column before there is a row.
 *
 * @param declaredType of the table's column that it shows, or null for an expression
 * @param database name of that column's database, and so on
 */
record ColumnInfo(
    String name,
    @Nullable String declaredType,
    @Nullable String database,
    @Nullable String table,
    @Nullable String origin) {

  static List<ColumnInfo> of(List<ResultColumn> columns) {
    ColumnInfo[] infos = new ColumnInfo[columns.size()];
    for (int i = 0; i < infos.length; i++) {
      infos[i] = of(columns.get(i));
    }
    return List.of(infos);
  }

  private static ColumnInfo of(ResultColumn column) {
    SourceColumn.Origin origin = column.origin();
    return origin == null
        ? new ColumnInfo(column.name(), column.declaredType(), null, null, null)
        : new ColumnInfo(
            column.name(),
            column.declaredType(),
            origin.database(),
            origin.table(),
            origin.column());
  }

  static ColumnInfo named(String name) {
    return new ColumnInfo(name, null, null, null, null);
  }
}
