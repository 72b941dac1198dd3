package dev.tursojdbc.sql.exec;

import dev.tursojdbc.storage.btree.TreeCursor;
import dev.tursojdbc.storage.record.RecordReader;
import dev.tursojdbc.storage.record.Register;
import dev.tursojdbc.storage.record.StorageClass;
import dev.tursojdbc.storage.record.TextEncoding;

/**
 * The record under a cursor. It is looked at when a column is asked for, not when the cursor moves;
 * of an overflowing record only what a column needs is put together.
 */
abstract class RecordRow implements RowBinding, NullableRow {
  private final RecordReader reader;
  private boolean attached;
  private boolean nullRow;

  /** Bytes of the record that are attached; less than all of it if it overflows. */
  private int available;

  private boolean overflows;

  RecordRow(TextEncoding encoding) {
    reader = new RecordReader(encoding);
  }

  /** The cursor, standing on the row: moved there now, if that was put off. */
  abstract TreeCursor positioned();

  /** Says that the cursor stands on another row. */
  final void moved() {
    attached = false;
    nullRow = false;
  }

  @Override
  public final void setNull(boolean isNull) {
    nullRow = isNull;
    attached = false;
  }

  @Override
  public final boolean isNullRow() {
    return nullRow;
  }

  /**
   * Reads a value of the record.
   *
   * @return its storage class, or {@link RecordReader#ABSENT} if the record is too short
   */
  final int read(int position, Register target) {
    if (!attached) {
      if (nullRow) {
        target.type = StorageClass.NULL;
        return StorageClass.NULL;
      }
      attach();
    }
    if (overflows) {
      fetch(position);
    }
    return reader.read(position, target);
  }

  private void attach() {
    TreeCursor cursor = positioned();
    available = cursor.localSize();
    int size = cursor.payloadSize();
    overflows = available < size;
    reader.attach(
        cursor.payloadBytes(), cursor.payloadOffset(), available, size, cursor.pageNumber());
    attached = true;
  }

  private void fetch(int position) {
    if (reader.requiredLength(position) > available) {
      TreeCursor cursor = positioned();
      byte[] whole = cursor.payload();
      reader.attach(whole, 0, whole.length, whole.length, cursor.pageNumber());
      available = whole.length;
      overflows = false;
    }
  }
}
