package dev.tursojdbc.sql.schema;

import dev.tursojdbc.sql.ast.Expression;

/**
 * A condition that each row must not make false.
 *
 * @param label its name, or the condition as written: what the message says when it fails
 */
public record CheckConstraint(Expression condition, String label) {}
