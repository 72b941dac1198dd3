package dev.tursojdbc.sql.exec;

/** Rows of expressions. */
final class ValuesScan extends Operator {
  private final Evaluator[][] rows;
  private int current;

  ValuesScan(Evaluator[][] rows) {
    this.rows = rows;
  }

  @Override
  public void open(Frame frame) {
    current = -1;
  }

  @Override
  public boolean next(Frame frame) {
    current++;
    return current < rows.length;
  }

  /** Evaluates a column of the current row. */
  Evaluator column(int column) {
    return new Evaluator() {
      @Override
      public int evaluate(Frame frame) {
        return rows[current][column].evaluate(frame);
      }
    };
  }
}
