package dev.tursojdbc.sql;

import dev.tursojdbc.sql.bind.BoundQuery;
import dev.tursojdbc.sql.bind.ExpressionTypes;
import dev.tursojdbc.sql.bind.ResultColumn;
import dev.tursojdbc.sql.bind.SourceColumn;
import dev.tursojdbc.sql.function.ValueType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a result column before there is a row.
 *
 * @param declaredType of the table's column that it shows, or null for an expression
 * @param database name of that column's database, and so on
 * @param forecast what an expression's values are likely to be
 */
record ColumnInfo(
    String name,
    @Nullable String declaredType,
    @Nullable String database,
    @Nullable String table,
    @Nullable String origin,
    ValueType forecast) {

  /** The columns of a query. */
  static List<ColumnInfo> of(BoundQuery query) {
    List<ValueType> forecasts = ExpressionTypes.of(query);
    ColumnInfo[] infos = new ColumnInfo[forecasts.size()];
    for (int i = 0; i < infos.length; i++) {
      infos[i] = of(query.columns().get(i), forecasts.get(i));
    }
    return List.of(infos);
  }

  /** Columns that are of no query: those of RETURNING. */
  static List<ColumnInfo> of(List<ResultColumn> columns) {
    ColumnInfo[] infos = new ColumnInfo[columns.size()];
    for (int i = 0; i < infos.length; i++) {
      ResultColumn column = columns.get(i);
      infos[i] = of(column, column.origin() == null ? ExpressionTypes.of(column) : ValueType.ANY);
    }
    return List.of(infos);
  }

  private static ColumnInfo of(ResultColumn column, ValueType forecast) {
    SourceColumn.Origin origin = column.origin();
    return origin == null
        ? new ColumnInfo(column.name(), column.declaredType(), null, null, null, forecast)
        : new ColumnInfo(
            column.name(),
            column.declaredType(),
            origin.database(),
            origin.table(),
            origin.column(),
            forecast);
  }

  static ColumnInfo named(String name) {
    return new ColumnInfo(name, null, null, null, null, ValueType.ANY);
  }
}
