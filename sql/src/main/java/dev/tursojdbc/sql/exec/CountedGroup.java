package dev.tursojdbc.sql.exec;

import dev.tursojdbc.storage.record.Register;

/** All rows as one group of which nothing is asked but their number: {@code count(*)}. */
final class CountedGroup extends Operator {
  private final Operator input;
  private final Register result;
  private boolean taken;

  CountedGroup(Operator input, Register result) {
    this.input = input;
    this.result = result;
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
    result.setInteger(input.count(frame));
    return true;
  }
}
