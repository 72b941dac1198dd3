package dev.tursojdbc.sql.exec;

/** One row without columns: what a SELECT without FROM reads. */
final class SingleRow extends Operator {
  private boolean taken;

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
    return true;
  }
}
