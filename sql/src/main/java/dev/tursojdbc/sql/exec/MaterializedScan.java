package dev.tursojdbc.sql.exec;

/**
 * The rows of a query, kept at the first opening: of a run if the query is the same throughout it,
 * else of each time that what it depends on may have changed.
 */
final class MaterializedScan extends Operator {
  private final BuiltQuery query;
  private final StoredRow row;
  private final RowStore store = new RowStore();
  private final boolean oncePerRun;
  private long filledIn = -1;
  private int next;

  MaterializedScan(BuiltQuery query, StoredRow row, boolean oncePerRun) {
    this.query = query;
    this.row = row;
    this.oncePerRun = oncePerRun;
  }

  @Override
  public void open(Frame frame) {
    if (!oncePerRun || filledIn != frame.run()) {
      store.fill(frame, query);
      filledIn = frame.run();
    }
    next = 0;
  }

  @Override
  public boolean next(Frame frame) {
    if (next >= store.size()) {
      return false;
    }
    row.attach(store.record(next), next);
    next++;
    return true;
  }
}
