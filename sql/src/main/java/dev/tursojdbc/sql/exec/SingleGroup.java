package dev.tursojdbc.sql.exec;

/** All rows as one group, which there is even without rows. */
final class SingleGroup extends Operator {
  private final Operator input;
  private final GroupAggregates aggregates;
  private final boolean firstRow;
  private boolean taken;

  /**
   * @param firstRow whether the first row decides and no other is looked at
   */
  SingleGroup(Operator input, GroupAggregates aggregates, boolean firstRow) {
    this.firstRow = firstRow;
    this.input = input;
    this.aggregates = aggregates;
  }

  @Override
  public void open(Frame frame) {
    taken = false;
  }

  @Override
  public boolean next(Frame frame) {
    if (taken) {
      return false;
    }
    taken = true;
    GroupAggregates.State state = aggregates.start();
    if (firstRow) {
      input.open(frame);
      if (input.next(frame)) {
        aggregates.step(frame, state);
      }
    } else {
      input.forEach(frame, f -> aggregates.step(f, state));
    }
    aggregates.finish(frame, state);
    return true;
  }
}
