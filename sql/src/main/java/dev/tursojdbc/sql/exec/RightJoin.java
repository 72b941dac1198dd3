package dev.tursojdbc.sql.exec;

import java.util.HashSet;
import java.util.Set;

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
  private final RowIdentity identity;
  private final boolean full;
  private final Set<Object> matches = new HashSet<>();
  private boolean insideOuter;
  private boolean matched;
  private boolean rest;

  /** Tells the rows of a source apart. */
  interface RowIdentity {
    /** What is the same for the same row of the source, and differs for others. */
    Object current(Frame frame);
  }

  /**
   * @param all reads all rows of the inner side
   * @param full whether outer rows without a match are kept too
   */
  RightJoin(
      Operator outer,
      Operator inner,
      Operator all,
      NullableRow[] outerRows,
      NullableRow innerRow,
      RowIdentity identity,
      boolean full) {
    this.outer = outer;
    this.inner = inner;
    this.all = all;
    this.outerRows = outerRows;
    this.innerRow = innerRow;
    this.identity = identity;
    this.full = full;
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
        matches.add(identity.current(frame));
        return true;
      }
      insideOuter = false;
      if (full && !matched) {
        innerRow.setNull(true);
        return true;
      }
    }
    while (all.next(frame)) {
      if (!matches.contains(identity.current(frame))) {
        for (NullableRow row : outerRows) {
          row.setNull(true);
        }
        return true;
      }
    }
    return false;
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
