package dev.tursojdbc.sql.exec;

import dev.tursojdbc.storage.record.Collation;
import dev.tursojdbc.storage.record.Register;
import java.util.Arrays;
import java.util.List;

/**
 * A right or full join: as an inner or left join, but rows of the inner side that no outer row
 * matched come at the end, with all that stands before as NULL.
 */
final class RightJoin extends Operator {
  private final Operator outer;
  private final Operator inner;
  private final Operator all;
  private final NullableRow[] outerRows;
  private final NullableRow innerRow;
  private final Evaluator[] identity;
  private final Register[] current;
  private final boolean full;
  private final KeySet matches;
  private boolean insideOuter;
  private boolean matched;
  private boolean rest;

  /**
   * @param all reads all rows of the inner side
   * @param identity values that tell the rows of the inner side apart
   * @param full whether outer rows without a match are kept too
   */
  RightJoin(
      Operator outer,
      Operator inner,
      Operator all,
      NullableRow[] outerRows,
      NullableRow innerRow,
      List<Evaluator> identity,
      boolean full) {
    this.outer = outer;
    this.inner = inner;
    this.all = all;
    this.outerRows = outerRows;
    this.innerRow = innerRow;
    this.identity = identity.toArray(new Evaluator[0]);
    this.full = full;
    this.current = Registers.of(this.identity.length);
    Collation[] collations = new Collation[this.identity.length];
    Arrays.fill(collations, Collation.BINARY);
    this.matches = new KeySet(collations);
  }

  @Override
  public void open(Frame frame) {
    outer.open(frame);
    insideOuter = false;
    rest = false;
    matches.clear();
  }

  @Override
  public boolean next(Frame frame) {
    while (!rest) {
      if (!insideOuter) {
        if (!outer.next(frame)) {
          beginRest(frame);
          break;
        }
        innerRow.setNull(false);
        inner.open(frame);
        insideOuter = true;
        matched = false;
      }
      if (inner.next(frame)) {
        matched = true;
        identify(frame);
        matches.add(frame, current);
        return true;
      }
      insideOuter = false;
      if (full && !matched) {
        innerRow.setNull(true);
        return true;
      }
    }
    while (all.next(frame)) {
      identify(frame);
      if (!matches.contains(current)) {
        for (NullableRow row : outerRows) {
          row.setNull(true);
        }
        return true;
      }
    }
    return false;
  }

  private void identify(Frame frame) {
    for (int i = 0; i < current.length; i++) {
      identity[i].into(frame, current[i]);
    }
  }

  private void beginRest(Frame frame) {
    rest = true;
    for (NullableRow row : outerRows) {
      row.setNull(true);
    }
    innerRow.setNull(false);
    all.open(frame);
  }
}
