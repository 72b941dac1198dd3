package dev.tursojdbc.sql.exec;

import org.jspecify.annotations.Nullable;

/**
 * The rows of a query, kept at the first use: of a run if the query is the same throughout it, else
 * of each time that what it depends on may have changed. Several scans may share them.
 */
final class MaterializedRows {
  private final BuiltQuery query;
  private final boolean oncePerRun;
  private final RowStore store = new RowStore();
  private @Nullable Frame filledBy;
  private long filledIn;

  MaterializedRows(BuiltQuery query, boolean oncePerRun) {
    this.query = query;
    this.oncePerRun = oncePerRun;
  }

  /** The rows as a scan that begins now finds them. */
  @SuppressWarnings("ReferenceEquality") // runs are counted for each frame by itself
  RowStore rows(Frame frame) {
    if (!oncePerRun || filledBy != frame || filledIn != frame.run()) {
      store.fill(frame, query);
      filledBy = frame;
      filledIn = frame.run();
    }
    return store;
  }
}
