package dev.tursojdbc.sql.exec;

/** A query ready to run. */
final class BuiltQuery {
  private final Operator operator;
  private final Evaluator[] columns;

  BuiltQuery(Operator operator, Evaluator[] columns) {
    this.operator = operator;
    this.columns = columns;
  }

  Operator operator() {
    return operator;
  }

  /** Columns of the row that the operator is on. */
  Evaluator[] columns() {
    return columns;
  }
}
