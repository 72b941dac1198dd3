package dev.tursojdbc.sql.schema;

import dev.tursojdbc.sql.ast.CreateTriggerStatement;
import org.jspecify.annotations.Nullable;

/**
 * Statements that run when rows of a table change.
 *
 * @param table the table or view whose changes fire it
 * @param tableDatabase the database of that table as far as it is known; matters in temp only,
 *     whose triggers may be on tables of other databases
 * @param definition when it fires and what it does
 */
public record Trigger(
    String name,
    String table,
    @Nullable String tableDatabase,
    CreateTriggerStatement definition,
    String sql) {

  /** The trigger on the table of that name in the given database. */
  public Trigger onTableOf(String database) {
    return new Trigger(name, table, database, definition, sql);
  }
}
