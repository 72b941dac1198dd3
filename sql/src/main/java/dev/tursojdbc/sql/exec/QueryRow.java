package dev.tursojdbc.sql.exec;

import dev.tursojdbc.sql.bind.BoundExpression;
import dev.tursojdbc.storage.record.Register;
import dev.tursojdbc.storage.record.StorageClass;

/**
 * The current row of a query in FROM that is computed as it is read. Each column is computed at
 * most once for each row.
 */
final class QueryRow implements RowBinding, NullableRow {
  private final Evaluator[] columns;
  private final Register[] values;
  private final long[] computedFor;
  private long number;
  private boolean nullRow;

  QueryRow(Evaluator[] columns) {
    this.columns = columns;
    this.values = Registers.of(columns.length);
    this.computedFor = new long[columns.length];
  }

  /** The query has moved to another row. */
  void moved() {
    number++;
    nullRow = false;
  }

  @Override
  public void setNull(boolean isNull) {
    nullRow = isNull;
  }

  @Override
  public boolean isNullRow() {
    return nullRow;
  }

  @Override
  public Evaluator column(BoundExpression.Column column) {
    return new QueryColumn(this, column.column());
  }

  private static final class QueryColumn extends Evaluator {
    private final QueryRow row;
    private final int column;

    QueryColumn(QueryRow row, int column) {
      this.row = row;
      this.column = column;
    }

    @Override
    public int evaluate(Frame frame) {
      QueryRow current = row;
      if (current.nullRow) {
        frame.type = StorageClass.NULL;
        return StorageClass.NULL;
      }
      Register value = current.values[column];
      if (current.computedFor[column] != current.number) {
        current.columns[column].into(frame, value);
        current.computedFor[column] = current.number;
      } else {
        frame.set(value);
      }
      return value.type;
    }
  }
}
