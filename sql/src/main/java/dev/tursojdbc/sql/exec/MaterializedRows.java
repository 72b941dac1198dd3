package dev.tursojdbc.sql.exec;

import org.jspecify.annotations.Nullable;

/**
 * The rows of a query, kept at the first use: of a run if the query is the same throughout it, else
 * of each time that what it depends on may have changed. Several scans may share them.
 *
 * <p>What a changing statement computes beside the query that finds its rows, such as RETURNING,
 * takes the rows that this query has kept, whatever triggers have done to the tables since.
 */
final class MaterializedRows {
  private final BuiltQuery query;
  private final boolean oncePerRun;
  private final RowStore store = new RowStore();
  private @Nullable Frame filledBy;
  private long filledIn;
  private @Nullable MaterializedRows lender;
  private @Nullable Frame lendersFrame;

  MaterializedRows(BuiltQuery query, boolean oncePerRun) {
    this.query = query;
    this.oncePerRun = oncePerRun;
  }

  /** Takes the rows of the same query that is run by another frame, if that has them. */
  void borrowFrom(MaterializedRows other, Frame othersFrame) {
    lender = other;
    lendersFrame = othersFrame;
  }

  @SuppressWarnings("ReferenceEquality") // runs are counted for each frame by itself
  private boolean isFilled(Frame frame) {
    return oncePerRun && filledBy == frame && filledIn == frame.run();
  }

  /** The rows as a scan that begins now finds them. */
  RowStore rows(Frame frame) {
    MaterializedRows other = lender;
    Frame othersFrame = lendersFrame;
    if (other != null && othersFrame != null && other.isFilled(othersFrame)) {
      return other.store;
    }
    if (!isFilled(frame)) {
      store.fill(frame, query);
      filledBy = frame;
      filledIn = frame.run();
    }
    return store;
  }
}
