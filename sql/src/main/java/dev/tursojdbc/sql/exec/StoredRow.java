package dev.tursojdbc.sql.exec;

import dev.tursojdbc.sql.bind.BoundExpression;
import dev.tursojdbc.storage.record.RecordReader;
import dev.tursojdbc.storage.record.StorageClass;
import dev.tursojdbc.storage.record.TextEncoding;
import java.util.Arrays;

/** A row of a {@link RowStore}. */
final class StoredRow implements RowBinding, NullableRow {
  private final RecordReader reader = new RecordReader(TextEncoding.UTF8);
  private int[] positions = {};
  private boolean nullRow;
  private int number;

  /** Columns are the record's, in order. */
  StoredRow() {}

  /** The record has only some columns of the source; says where each is, or -1. */
  void setPositions(int[] newPositions) {
    positions = Arrays.copyOf(newPositions, newPositions.length);
  }

  void attach(byte[] record, int rowNumber) {
    attach(record, 0, record.length, rowNumber);
  }

  void attach(byte[] bytes, int offset, int length, int rowNumber) {
    reader.attach(bytes, offset, length);
    number = rowNumber;
    nullRow = false;
  }

  /** Reads the number of the row. */
  Evaluator numberColumn() {
    return new NumberColumn(this);
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
    int index = column.column();
    int position =
        positions.length == 0
            ? index
            : index == BoundExpression.Column.ROWID
                ? positions[positions.length - 1]
                : positions[index];
    return new StoredColumn(this, position);
  }

  private static final class NumberColumn extends Evaluator {
    private final StoredRow row;

    NumberColumn(StoredRow row) {
      this.row = row;
    }

    @Override
    public int evaluate(Frame frame) {
      return integer(frame, row.number);
    }
  }

  private static final class StoredColumn extends Evaluator {
    private final StoredRow row;
    private final int position;

    StoredColumn(StoredRow row, int position) {
      this.row = row;
      this.position = position;
    }

    @Override
    public int evaluate(Frame frame) {
      if (row.nullRow) {
        frame.type = StorageClass.NULL;
        return StorageClass.NULL;
      }
      return row.reader.read(position, frame);
    }
  }
}
