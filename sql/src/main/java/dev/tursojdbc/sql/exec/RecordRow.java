package dev.tursojdbc.sql.exec;

import dev.tursojdbc.storage.btree.TreeCursor;
import dev.tursojdbc.storage.error.CorruptDatabaseException;
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
    // The header may be cut off, too, and tells how much is needed only when it is here.
    for (int needed = reader.requiredLength(position);
        needed > available;
        needed = reader.requiredLength(position)) {
      TreeCursor cursor = positioned();
      byte[] bytes = whole(cursor, needed);
      reader.attach(bytes, 0, bytes.length, cursor.payloadSize(), cursor.pageNumber());
      available = bytes.length;
      overflows = available < cursor.payloadSize();
    }
  }

  /** The whole record; where that is damaged, as much of it as is needed. */
  private static byte[] whole(TreeCursor cursor, int needed) {
    try {
      return cursor.payload();
    } catch (CorruptDatabaseException damaged) {
      if (needed >= cursor.payloadSize()) {
        throw damaged;
      }
      cursor.requirePlausibleSize(needed);
      byte[] bytes = new byte[needed];
      cursor.copyPayload(0, bytes, 0, needed);
      return bytes;
    }
  }
}
