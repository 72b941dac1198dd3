package dev.tursojdbc.sql.exec;

import java.util.HashSet;
import java.util.Set;

/** The rows of a table that at least one of several scans finds, in the order of the scans. */
final class MultiIndexScan extends Operator {
  private final TableRow row;
  private final Operator[] alternatives;
  private final Evaluator[] rowids;
  private final Set<Long> seen = new HashSet<>();
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
        rowids[current].evaluate(frame);
        if (seen.add(frame.integer)) {
          row.meant(frame.integer);
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
