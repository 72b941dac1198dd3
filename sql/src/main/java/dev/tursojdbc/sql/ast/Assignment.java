package dev.tursojdbc.sql.ast;

import java.util.List;

/**
 * {@code column = value} or {@code (a, b) = row} of an UPDATE or an upsert.
 *
 * @param columns one, or several if they stood in parentheses
 * @param isRow the columns stood in parentheses, be it one: the value must be a row of their number
 */
public record Assignment(List<Name> columns, boolean isRow, Expression value) {
  public Assignment {
    columns = List.copyOf(columns);
  }
}
