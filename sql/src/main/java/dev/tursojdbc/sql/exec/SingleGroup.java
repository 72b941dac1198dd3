package dev.tursojdbc.sql.exec;

/** All rows as one group, which there is even without rows. */
final class SingleGroup extends Operator {
  private final Operator input;
  private final GroupAggregates aggregates;
  private boolean taken;

  SingleGroup(Operator input, GroupAggregates aggregates) {
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
    input.forEach(frame, f -> aggregates.step(f, state));
    aggregates.finish(frame, state);
    return true;
  }
}
