package dev.tursojdbc.sql.exec;

import dev.tursojdbc.sql.value.Affinity;
import dev.tursojdbc.sql.value.Comparison;
import dev.tursojdbc.storage.record.Collation;
import dev.tursojdbc.storage.record.Register;

/** The first of each run of equal rows. */
final class OrderedDistinct extends Operator {
  private final Operator input;
  private final Evaluator[] columns;
  private final Collation[] collations;
  private Register[] row;
  private Register[] previous;
  private boolean first;

  OrderedDistinct(Operator input, Evaluator[] columns, Collation[] collations) {
    this.input = input;
    this.columns = columns;
    this.collations = collations;
    this.row = Registers.of(columns.length);
    this.previous = Registers.of(columns.length);
  }

  @Override
  public void open(Frame frame) {
    input.open(frame);
    first = true;
  }

  @Override
  public boolean next(Frame frame) {
    while (input.next(frame)) {
      for (int i = 0; i < columns.length; i++) {
        columns[i].into(frame, row[i]);
      }
      if (first || !isSame()) {
        first = false;
        for (int i = 0; i < row.length; i++) {
          previous[i].set(row[i]);
        }
        return true;
      }
    }
    return false;
  }

  private boolean isSame() {
    for (int i = 0; i < row.length; i++) {
      if (Comparison.compare(row[i], previous[i], Affinity.NONE, collations[i]) != 0) {
        return false;
      }
    }
    return true;
  }

  Register[] row() {
    return row;
  }
}
