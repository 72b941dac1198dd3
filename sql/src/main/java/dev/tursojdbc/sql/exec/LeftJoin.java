package dev.tursojdbc.sql.exec;

/** A left join: where the inner side has no row for an outer one, its columns are NULL once. */
final class LeftJoin extends Operator {
  private final Operator outer;
  private final Operator inner;
  private final NullableRow innerRow;
  private boolean insideOuter;
  private boolean matched;

  LeftJoin(Operator outer, Operator inner, NullableRow innerRow) {
    this.outer = outer;
    this.inner = inner;
    this.innerRow = innerRow;
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
        innerRow.setNull(false);
        inner.open(frame);
        insideOuter = true;
        matched = false;
      }
      if (inner.next(frame)) {
        matched = true;
        return true;
      }
      insideOuter = false;
      if (!matched) {
        innerRow.setNull(true);
        return true;
      }
    }
  }

  @Override
  public void forEach(Frame frame, RowSink sink) {
    RowSink match =
        f -> {
          matched = true;
          sink.row(f);
        };
    outer.forEach(
        frame,
        f -> {
          innerRow.setNull(false);
          matched = false;
          inner.forEach(f, match);
          if (!matched) {
            innerRow.setNull(true);
            sink.row(f);
          }
        });
  }
}
