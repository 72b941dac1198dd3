package dev.tursojdbc.sql.schema;

import dev.tursojdbc.sql.ast.Expression;
import org.jspecify.annotations.Nullable;

/**
 * One value in the entries of an index.
 *
 * @param column position of the column in its table, {@link #ROWID} or {@link #EXPRESSION}
 * @param expression what is computed, where it is no column
 * @param collation name of the collation that orders texts here
 */
public record IndexColumn(
    int column, @Nullable Expression expression, String collation, boolean descending) {
  public static final int ROWID = -1;
  public static final int EXPRESSION = -2;

  /** Whether the table never has NULL here. */
  public boolean isNotNull(Table table) {
    return column == ROWID || (column >= 0 && table.column(column).notNull() != null);
  }

  IndexColumn ascending() {
    return descending ? new IndexColumn(column, expression, collation, false) : this;
  }

  static IndexColumn rowid() {
    return new IndexColumn(ROWID, null, "BINARY", false);
  }
}
