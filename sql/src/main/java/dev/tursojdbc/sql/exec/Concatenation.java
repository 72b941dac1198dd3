package dev.tursojdbc.sql.exec;

/** The rows of several queries, one query after the other. */
final class Concatenation extends Operator {
  private final BuiltQuery[] parts;
  private int current;

  Concatenation(BuiltQuery[] parts) {
    this.parts = parts;
  }

  @Override
  public void open(Frame frame) {
    current = 0;
    parts[0].operator().open(frame);
  }

  @Override
  public boolean next(Frame frame) {
    while (!parts[current].operator().next(frame)) {
      if (current + 1 == parts.length) {
        return false;
      }
      current++;
      parts[current].operator().open(frame);
    }
    return true;
  }

  /** A column of whichever query the current row is from. */
  Evaluator column(int column) {
    return new Evaluator() {
      @Override
      public int evaluate(Frame frame) {
        return parts[current].columns()[column].evaluate(frame);
      }
    };
  }
}
