package dev.tursojdbc.sql.exec;

import dev.tursojdbc.storage.record.Collation;
import dev.tursojdbc.storage.record.Register;

/** The rows of a table that at least one of several scans finds, in the order of the scans. */
final class MultiIndexScan extends Operator {
  private final TableRow row;
  private final Operator[] alternatives;
  private final Evaluator[] rowids;
  private final KeySet seen = new KeySet(Collation.BINARY);
  private final Register[] rowid = Registers.of(1);
  private int current;

  MultiIndexScan(TableRow row, Operator[] alternatives, Evaluator[] rowids) {
    this.row = row;
    this.alternatives = alternatives;
    this.rowids = rowids;
  }

  @Override
  public void open(Frame frame) {
    row.open(frame);
    seen.clear();
    current = 0;
    alternatives[0].open(frame);
  }

  @Override
  public boolean next(Frame frame) {
    while (true) {
      while (alternatives[current].next(frame)) {
        rowids[current].into(frame, rowid[0]);
        if (seen.add(frame, rowid)) {
          row.meant(rowid[0].integer);
          return true;
        }
      }
      if (current + 1 == alternatives.length) {
        return false;
      }
      current++;
      alternatives[current].open(frame);
    }
  }
}
