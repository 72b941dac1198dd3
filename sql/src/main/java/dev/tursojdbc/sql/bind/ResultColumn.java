package dev.tursojdbc.sql.bind;

import org.jspecify.annotations.Nullable;

/**
 * One column of a query's result.
 *
 * @param name as SQLite names it: alias, column name, or the text of the expression
 * @param alias the name if it was given with AS, else null
 * @param declaredType of the table's column that it is, or null
 * @param origin the table's column that it is, or null
 */
public record ResultColumn(
    String name,
    @Nullable String alias,
    BoundExpression expression,
    @Nullable String declaredType,
    SourceColumn.@Nullable Origin origin) {

  public ResultColumn withExpression(BoundExpression newExpression) {
    return new ResultColumn(name, alias, newExpression, declaredType, origin);
  }
}
