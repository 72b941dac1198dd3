package dev.tursojdbc.sql.exec;

import dev.tursojdbc.storage.record.Collation;
import dev.tursojdbc.storage.record.Register;

/** The first of each set of equal rows, in the order of the input. */
final class DistinctRows extends Operator {
  private final Operator input;
  private final Evaluator[] columns;
  private final Register[] row;
  private final KeySet seen;

  DistinctRows(Operator input, Evaluator[] columns, Collation[] collations) {
    this.input = input;
    this.columns = columns;
    this.row = Registers.of(columns.length);
    this.seen = new KeySet(collations);
  }

  /** The values of the current row. */
  Register[] row() {
    return row;
  }

  @Override
  public void open(Frame frame) {
    seen.clear();
    input.open(frame);
  }

  @Override
  public boolean next(Frame frame) {
    while (input.next(frame)) {
      for (int i = 0; i < columns.length; i++) {
        columns[i].into(frame, row[i]);
      }
      if (seen.add(frame, row)) {
        return true;
      }
    }
    return false;
  }
}
