package dev.tursojdbc.sql.exec;

import dev.tursojdbc.storage.btree.TableCursor;
import dev.tursojdbc.storage.record.Register;
import dev.tursojdbc.storage.record.StorageClass;
import org.jspecify.annotations.Nullable;

/** The rows with the rowids of an IN, in ascending order. */
final class RowidLookup extends Operator {
  private final TableRow row;
  private final KeyValues key;
  private final Register value = new Register();
  private @Nullable TableCursor cursor;

  RowidLookup(TableRow row, KeyValues key) {
    this.row = row;
    this.key = key;
  }

  @Override
  public void open(Frame frame) {
    cursor = row.open(frame);
    key.open(frame);
  }

  @Override
  public boolean next(Frame frame) {
    TableCursor current = cursor;
    if (current == null) {
      throw new IllegalStateException("not open");
    }
    while (key.next(frame, value)) {
      if (isRowid(value) && current.seek(value.integer)) {
        row.standing();
        return true;
      }
    }
    return false;
  }

  @Override
  public void forEach(Frame frame, RowSink sink) {
    TableCursor current = row.open(frame);
    key.open(frame);
    while (key.next(frame, value)) {
      if (isRowid(value) && current.seek(value.integer)) {
        row.standing();
        sink.row(frame);
      }
    }
  }

  /** Whether a value is an INTEGER, or a REAL that equals one; it is made that INTEGER. */
  static boolean isRowid(Register value) {
    if (value.type == StorageClass.REAL) {
      double real = value.real;
      if (real >= -0x1p63 && real < 0x1p63 && real == Math.rint(real)) {
        value.setInteger((long) real);
      }
    }
    return value.type == StorageClass.INTEGER;
  }
}
