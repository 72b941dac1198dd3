package dev.tursojdbc.sql.exec;

/** A join of which the first partner of each outer row is enough: EXISTS. */
final class SemiJoin extends Operator {
  private final Operator outer;
  private final Operator inner;

  SemiJoin(Operator outer, Operator inner) {
    this.outer = outer;
    this.inner = inner;
  }

  @Override
  public void open(Frame frame) {
    outer.open(frame);
  }

  @Override
  public boolean next(Frame frame) {
    while (outer.next(frame)) {
      inner.open(frame);
      if (inner.next(frame)) {
        return true;
      }
    }
    return false;
  }
}
