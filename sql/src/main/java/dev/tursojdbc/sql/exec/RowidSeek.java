package dev.tursojdbc.sql.exec;

import dev.tursojdbc.sql.value.Affinity;
import dev.tursojdbc.storage.btree.TableCursor;
import dev.tursojdbc.storage.record.StorageClass;
import org.jspecify.annotations.Nullable;

/**
 * The row with one rowid: the inner side of most joins, so the way from a value to its row is
 * short.
 */
final class RowidSeek extends Operator {
  private final TableRow row;
  private final Evaluator key;
  private final Affinity conversion;
  private @Nullable TableCursor cursor;

  /** Whether the row is still to come. */
  private boolean pending;

  /**
   * @param conversion what is done to the key if it is no INTEGER
   */
  RowidSeek(TableRow row, Evaluator key, Affinity conversion) {
    this.row = row;
    this.key = key;
    this.conversion = conversion;
  }

  @Override
  public void open(Frame frame) {
    cursor = row.open(frame);
    pending = true;
  }

  @Override
  public boolean next(Frame frame) {
    TableCursor current = cursor;
    if (current == null) {
      throw new IllegalStateException("not open");
    }
    if (!pending) {
      return false;
    }
    pending = false;
    return seek(frame, current);
  }

  @Override
  public void forEach(Frame frame, RowSink sink) {
    TableCursor current = row.open(frame);
    if (seek(frame, current)) {
      sink.row(frame);
    }
  }

  private boolean seek(Frame frame, TableCursor current) {
    if (key.evaluate(frame) != StorageClass.INTEGER) {
      conversion.apply(frame);
      if (!RowidLookup.isRowid(frame)) {
        return false;
      }
    }
    if (!current.seek(frame.integer)) {
      return false;
    }
    row.standing();
    return true;
  }
}
