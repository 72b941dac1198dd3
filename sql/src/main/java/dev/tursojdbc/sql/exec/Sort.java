package dev.tursojdbc.sql.exec;

import dev.tursojdbc.storage.record.Register;
import org.jspecify.annotations.Nullable;

/**
 * All rows of its input in order, or the first of them if there is a LIMIT; what comes out are
 * columns of records.
 */
final class Sort extends Operator {
  private final Operator input;
  private final Sorter sorter;
  private final TopRows top;
  private final Evaluator[] columns;
  private final Register[] row;
  private final @Nullable RowLimit limit;

  /** Whether only the first rows are kept, in {@link #top}. */
  private boolean bounded;

  /**
   * @param columns what is kept of each row, the sorter's key first
   * @param limit of the operator above, which has computed it when this one is opened
   */
  Sort(Operator input, Sorter sorter, Evaluator[] columns, @Nullable RowLimit limit) {
    this.input = input;
    this.sorter = sorter;
    this.top = new TopRows(sorter);
    this.columns = columns;
    this.row = Registers.of(columns.length);
    this.limit = limit;
  }

  @Override
  public void open(Frame frame) {
    sorter.clear();
    long wanted = limit == null ? -1 : limit.total();
    bounded = wanted >= 0 && wanted <= Integer.MAX_VALUE;
    top.clear(bounded ? (int) wanted : 0);
    input.forEach(frame, bounded ? this::takeFirst : this::take);
    if (bounded) {
      top.moveToSorter(frame);
    }
    sorter.sort(frame);
  }

  private void take(Frame frame) {
    for (int i = 0; i < columns.length; i++) {
      columns[i].into(frame, row[i]);
    }
    sorter.add(frame, row, row.length);
  }

  private void takeFirst(Frame frame) {
    if (!bounded) {
      take(frame);
      return;
    }
    int keyCount = sorter.keyCount();
    for (int i = 0; i < keyCount; i++) {
      columns[i].into(frame, row[i]);
    }
    if (!top.accepts(row)) {
      return;
    }
    for (int i = keyCount; i < columns.length; i++) {
      columns[i].into(frame, row[i]);
    }
    if (!top.add(frame, sorter.encode(row, row.length))) {
      // So many rows are wanted that they do not fit; the sorter can do with files.
      top.moveToSorter(frame);
      bounded = false;
    }
  }

  @Override
  public boolean next(Frame frame) {
    return sorter.next();
  }
}
