package dev.tursojdbc.sql.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code name [type] constraint…} of a CREATE TABLE or ADD COLUMN.
 *
 * @param type its text as written, such as {@code VARCHAR(10)}; null where there is none. SQLite
 *     shows the types of STRICT tables (INT, INTEGER, REAL, TEXT, BLOB, ANY) in capitals however
 *     written
 * @param span from the name to the last constraint
 */
public record ColumnDefinition(
    Name name, @Nullable String type, List<ColumnConstraint> constraints, Span span) {
  public ColumnDefinition {
    constraints = List.copyOf(constraints);
  }
}
