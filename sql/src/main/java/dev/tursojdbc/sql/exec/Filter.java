package dev.tursojdbc.sql.exec;

/** The rows for which a condition is true. */
final class Filter extends Operator {
  private final Operator input;
  private final Evaluator condition;

  Filter(Operator input, Evaluator condition) {
    this.input = input;
    this.condition = condition;
  }

  @Override
  public void open(Frame frame) {
    input.open(frame);
  }

  @Override
  public boolean next(Frame frame) {
    while (input.next(frame)) {
      if (condition.test(frame) == Evaluator.TRUE) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void forEach(Frame frame, RowSink sink) {
    Evaluator tested = condition;
    input.forEach(
        frame,
        f -> {
          if (tested.test(f) == Evaluator.TRUE) {
            sink.row(f);
          }
        });
  }
}
