package dev.tursojdbc.sql.bind;

import org.jspecify.annotations.Nullable;

/**
 * One column of a query's result.
 *
 * @param name as SQLite names it: alias, column name, or the text of the expression
 * @param alias the name if it was given with AS or comes of a star, else null
 * @param offered the name under which a view or CREATE TABLE AS offers it: as {@code name}, but
 *     COLLATE and likely() around a column do not count
 * @param written the name under which a query in a FROM clause offers it: as {@code offered}, but
 *     of a column the name as written there, because SQLite has not looked for the column yet
 * @param declaredType of the table's column that it is, or null
 * @param origin the table's column that it is, or null
 */
public record ResultColumn(
    String name,
    @Nullable String alias,
    String offered,
    String written,
    BoundExpression expression,
    @Nullable String declaredType,
    SourceColumn.@Nullable Origin origin) {

  /** A column that has the same name for all. */
  public ResultColumn(
      String name,
      @Nullable String alias,
      BoundExpression expression,
      @Nullable String declaredType,
      SourceColumn.@Nullable Origin origin) {
    this(name, alias, name, name, expression, declaredType, origin);
  }

  public ResultColumn withExpression(BoundExpression newExpression) {
    return new ResultColumn(name, alias, offered, written, newExpression, declaredType, origin);
  }
}
