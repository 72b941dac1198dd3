package dev.tursojdbc.sql.exec;

import dev.tursojdbc.storage.record.Register;

/**
 * A query of a statement, ready to run any number of times.
 *
 * <pre>
 *   open(frame); while (next(frame)) { column(frame, 0, register); … }
 * </pre>
 */
public final class RunnableQuery {
  private final Operator operator;
  private final Evaluator[] columns;

  RunnableQuery(BuiltQuery query) {
    this.operator = query.operator();
    this.columns = query.columns();
  }

  /** The columns of the current row, for operations of this package. */
  Evaluator[] columns() {
    return columns;
  }

  public int columnCount() {
    return columns.length;
  }

  /** Goes to before the first row. {@link Frame#begin} comes before, once a run. */
  public void open(Frame frame) {
    operator.open(frame);
  }

  /** Moves to the next row. @return whether there is one */
  public boolean next(Frame frame) {
    return operator.next(frame);
  }

  /** Computes all columns of the current row, for what they do. */
  void evaluate(Frame frame) {
    for (Evaluator column : columns) {
      column.evaluate(frame);
    }
  }

  /** Computes a column of the current row; bytes are shared with pages and the like. */
  public void column(Frame frame, int column, Register target) {
    columns[column].into(frame, target);
  }
}
