package dev.tursojdbc.sql.exec;

/**
 * A query ready to run.
 *
 * @param columns of the row that the operator is on
 */
record BuiltQuery(Operator operator, Evaluator[] columns) {}
