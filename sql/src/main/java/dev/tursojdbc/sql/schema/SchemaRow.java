package dev.tursojdbc.sql.schema;

import org.jspecify.annotations.Nullable;

/**
 * One row of sqlite_schema.
 *
 * @param name {@link #NAMELESS} if it is NULL
 * @param rootPage -1 if it is no number of a page, whatever the database's size
 */
public record SchemaRow(
    String type, String name, String table, long rootPage, @Nullable String sql) {

  /** What messages call a row without a name. */
  public static final String NAMELESS = "?";
}
