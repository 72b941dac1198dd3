package dev.tursojdbc.sql.exec;

import dev.tursojdbc.storage.record.StorageClass;

/**
 * All rows as one group of which the minimum or maximum is asked, over an input in the order of
 * that value: the first row that has one decides, and no more are read. In ascending order NULLs
 * come first and are passed by.
 */
final class FirstOfGroup extends Operator {
  private final Operator input;
  private final Evaluator value;
  private final GroupAggregates aggregates;
  private boolean taken;

  /**
   * @param value whose extreme is asked
   */
  FirstOfGroup(Operator input, Evaluator value, GroupAggregates aggregates) {
    this.input = input;
    this.value = value;
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
    input.open(frame);
    boolean decided = false;
    while (!decided && input.next(frame)) {
      decided = value.evaluate(frame) != StorageClass.NULL;
      if (decided || !state.hasRow) {
        aggregates.step(frame, state);
      }
    }
    aggregates.finish(frame, state);
    return true;
  }
}
