package dev.tursojdbc.sql.exec;

/** LIMIT and OFFSET. A negative limit is none. */
final class Limit extends Operator {
  private final Operator input;
  private final RowLimit limit;
  private long remaining;
  private long skipped;

  Limit(Operator input, RowLimit limit) {
    this.input = input;
    this.limit = limit;
  }

  @Override
  public void open(Frame frame) {
    limit.evaluate(frame);
    remaining = limit.count();
    skipped = limit.skipped();
    if (remaining != 0) {
      input.open(frame);
    }
  }

  @Override
  public boolean next(Frame frame) {
    if (remaining == 0) {
      return false;
    }
    boolean ended = skipped > 0 && input.skip(frame, skipped) < skipped;
    skipped = 0;
    if (ended || !input.next(frame)) {
      remaining = 0;
      return false;
    }
    if (remaining > 0) {
      remaining--;
    }
    return true;
  }
}
