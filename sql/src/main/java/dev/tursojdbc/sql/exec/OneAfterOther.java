package dev.tursojdbc.sql.exec;

/** Two scans into the same row, the second when the first is done. */
final class OneAfterOther extends Operator {
  private final Operator first;
  private final Operator second;
  private boolean inSecond;

  OneAfterOther(Operator first, Operator second) {
    this.first = first;
    this.second = second;
  }

  @Override
  public void open(Frame frame) {
    first.open(frame);
    inSecond = false;
  }

  @Override
  public boolean next(Frame frame) {
    if (!inSecond) {
      if (first.next(frame)) {
        return true;
      }
      second.open(frame);
      inSecond = true;
    }
    return second.next(frame);
  }
}
