package dev.tursojdbc.sql.exec;

import dev.tursojdbc.sql.plan.BoundTable;
import dev.tursojdbc.sql.schema.Table;
import dev.tursojdbc.storage.record.Register;

/**
 * The keys of the rows that a statement changes, collected before the first change: what is changed
 * must not come along again in the scan that finds it.
 */
abstract class RowKeyList {

  /**
   * @param valueCount number of values behind each key
   */
  static RowKeyList of(BoundTable target, int valueCount) {
    Table table = target.table();
    if (table.isWithoutRowid()) {
      return valueCount == 0
          ? new PrimaryKeyList.Alone(target)
          : new PrimaryKeyList.WithValues(target, valueCount);
    }
    return valueCount == 0 ? new Rowids() : new RowidsWithValues(valueCount);
  }

  /**
   * Runs the scan and takes its rows in.
   *
   * @param sorted whether they shall come in the order of their keys, not that of the scan
   */
  final void fill(RunnableQuery scan, Frame frame, boolean sorted) {
    clear();
    begin(sorted);
    scan.open(frame);
    while (scan.next(frame)) {
      add(frame, scan.columns());
    }
    rewind(frame);
  }

  abstract void clear();

  abstract void begin(boolean sorted);

  abstract void add(Frame frame, Evaluator[] columns);

  /** Goes to before the first key. */
  abstract void rewind(Frame frame);

  /**
   * Moves to the next key.
   *
   * @param row its key columns are set
   * @param values set to what stood behind the key
   */
  abstract boolean next(ChangedRow row, Register[] values);
}
