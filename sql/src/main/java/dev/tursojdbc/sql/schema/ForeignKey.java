package dev.tursojdbc.sql.schema;

import dev.tursojdbc.sql.ast.ForeignKeyClause;
import java.util.List;

/**
 * Columns of a table whose values must be a key of a parent table, or contain NULL.
 *
 * @param columns positions in the child table
 * @param clause the parent's name and columns, and the actions
 */
public record ForeignKey(List<Integer> columns, ForeignKeyClause clause) {
  public ForeignKey {
    columns = List.copyOf(columns);
  }
}
