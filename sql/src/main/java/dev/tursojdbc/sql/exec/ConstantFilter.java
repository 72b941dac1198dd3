package dev.tursojdbc.sql.exec;

/** All rows or none, as a condition without columns decides when it is opened. */
final class ConstantFilter extends Operator {
  private final Operator input;
  private final Evaluator condition;
  private boolean open;

  ConstantFilter(Operator input, Evaluator condition) {
    this.input = input;
    this.condition = condition;
  }

  @Override
  public void open(Frame frame) {
    open = condition.test(frame) == Evaluator.TRUE;
    if (open) {
      input.open(frame);
    }
  }

  @Override
  public boolean next(Frame frame) {
    return open && input.next(frame);
  }

  @Override
  public void forEach(Frame frame, RowSink sink) {
    if (condition.test(frame) == Evaluator.TRUE) {
      input.forEach(frame, sink);
    }
  }

  @Override
  public long count(Frame frame) {
    return condition.test(frame) == Evaluator.TRUE ? input.count(frame) : 0;
  }
}
