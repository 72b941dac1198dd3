package dev.tursojdbc.sql.exec;

import dev.tursojdbc.sql.bind.BoundExpression;
import dev.tursojdbc.sql.function.TableFunction;

/** The current row of a table-valued function. */
final class FunctionRow implements RowBinding, NullableRow {
  private final TableFunction.Rows rows;
  private boolean nullRow;

  FunctionRow(TableFunction.Rows rows) {
    this.rows = rows;
  }

  TableFunction.Rows rows() {
    return rows;
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
    return new FunctionColumn(this, column.column());
  }

  private static final class FunctionColumn extends Evaluator {
    private final FunctionRow row;
    private final int column;

    FunctionColumn(FunctionRow row, int column) {
      this.row = row;
      this.column = column;
    }

    @Override
    public int evaluate(Frame frame) {
      if (row.nullRow) {
        return nothing(frame);
      }
      if (column == BoundExpression.Column.ROWID) {
        return integer(frame, row.rows.rowid());
      }
      frame.setNull();
      row.rows.column(column, frame);
      return frame.type;
    }
  }
}
