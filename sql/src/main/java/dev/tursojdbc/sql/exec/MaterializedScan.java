package dev.tursojdbc.sql.exec;

/** Walks through rows that are kept. */
final class MaterializedScan extends Operator {
  private final MaterializedRows rows;
  private final StoredRow row;
  private RowStore store = new RowStore();
  private int next;

  MaterializedScan(MaterializedRows rows, StoredRow row) {
    this.rows = rows;
    this.row = row;
  }

  @Override
  public void open(Frame frame) {
    store = rows.rows(frame);
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
