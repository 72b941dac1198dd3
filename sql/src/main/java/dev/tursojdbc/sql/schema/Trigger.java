package dev.tursojdbc.sql.schema;

import dev.tursojdbc.sql.ast.CreateTriggerStatement;

/**
 * Statements that run when rows of a table change.
 *
 * @param table the table or view whose changes fire it
 * @param definition when it fires and what it does
 */
public record Trigger(String name, String table, CreateTriggerStatement definition, String sql) {}
