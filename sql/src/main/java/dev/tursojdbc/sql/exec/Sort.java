package dev.tursojdbc.sql.exec;

import dev.tursojdbc.storage.record.Register;
import org.jspecify.annotations.Nullable;

/** All rows of its input, in order; what comes out are columns of records. */
final class Sort extends Operator {
  private final Operator input;
  private final Sorter sorter;
  private final Evaluator[] columns;
  private final Register[] row;
  private final @Nullable Evaluator limit;
  private final @Nullable Evaluator offset;

  /**
   * @param columns what is kept of each row, the sorter's key first
   */
  Sort(
      Operator input,
      Sorter sorter,
      Evaluator[] columns,
      @Nullable Evaluator limit,
      @Nullable Evaluator offset) {
    this.input = input;
    this.sorter = sorter;
    this.columns = columns;
    this.row = Registers.of(columns.length);
    this.limit = limit;
    this.offset = offset;
  }

  @Override
  public void open(Frame frame) {
    sorter.clear();
    if (limit != null && Limit.integer(frame, limit) == 0) {
      // The limit above takes no row, so none need be computed.
      sorter.sort(frame);
      return;
    }
    input.forEach(frame, this::take);
    sorter.sort(frame);
  }

  private void take(Frame frame) {
    for (int i = 0; i < columns.length; i++) {
      columns[i].into(frame, row[i]);
    }
    sorter.add(frame, row, row.length);
  }

  @Override
  public boolean next(Frame frame) {
    return sorter.next();
  }
}
