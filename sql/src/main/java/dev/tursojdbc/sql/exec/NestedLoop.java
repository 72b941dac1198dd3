package dev.tursojdbc.sql.exec;

/** An inner join: the inner side is opened anew for each row of the outer one. */
final class NestedLoop extends Operator {
  private final Operator outer;
  private final Operator inner;
  private boolean insideOuter;

  NestedLoop(Operator outer, Operator inner) {
    this.outer = outer;
    this.inner = inner;
  }

  @Override
  public void open(Frame frame) {
    outer.open(frame);
    insideOuter = false;
  }

  @Override
  public boolean next(Frame frame) {
    while (true) {
      if (!insideOuter) {
        if (!outer.next(frame)) {
          return false;
        }
        inner.open(frame);
        insideOuter = true;
      }
      if (inner.next(frame)) {
        return true;
      }
      insideOuter = false;
    }
  }

  @Override
  public void forEach(Frame frame, RowSink sink) {
    Operator eachInner = inner;
    outer.forEach(frame, f -> eachInner.forEach(f, sink));
  }
}
