package dev.tursojdbc.sql.bind;

import dev.tursojdbc.sql.value.Affinity;
import dev.tursojdbc.storage.record.Collation;
import org.jspecify.annotations.Nullable;

/**
 * A column that a source offers to names.
 *
 * @param tableName for a column of a parenthesised join: the name of the source inside that it
 *     comes from; else null
 * @param hidden whether {@code *} leaves it out
 * @param origin where it comes from, for result set metadata; null for an expression
 * @param notNull whether it is declared never to be NULL
 */
public record SourceColumn(
    String name,
    @Nullable String tableName,
    Affinity affinity,
    Collation collation,
    @Nullable String declaredType,
    @Nullable Origin origin,
    boolean hidden,
    boolean notNull) {

  /** The column of a table behind a result column. */
  public record Origin(String database, String table, String column) {}
}
