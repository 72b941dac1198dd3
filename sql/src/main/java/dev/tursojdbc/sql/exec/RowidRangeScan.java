package dev.tursojdbc.sql.exec;

import dev.tursojdbc.storage.btree.TableCursor;
import dev.tursojdbc.storage.record.Register;
import dev.tursojdbc.storage.record.StorageClass;
import dev.tursojdbc.storage.record.ValueOrder;
import org.jspecify.annotations.Nullable;

/**
 * The rows whose rowids lie in a range. A bound that is no INTEGER still has its place among them:
 * 5.5 between 5 and 6, a text behind all; a NULL bound leaves no rows.
 */
final class RowidRangeScan extends Operator {
  private final TableRow row;
  private final @Nullable Evaluator lower;
  private final boolean lowerInclusive;
  private final @Nullable Evaluator upper;
  private final boolean upperInclusive;
  private final boolean reverse;
  private @Nullable TableCursor cursor;
  private long first;
  private long last;
  private boolean started;
  private boolean empty;

  RowidRangeScan(
      TableRow row,
      @Nullable Evaluator lower,
      boolean lowerInclusive,
      @Nullable Evaluator upper,
      boolean upperInclusive,
      boolean reverse) {
    this.row = row;
    this.lower = lower;
    this.lowerInclusive = lowerInclusive;
    this.upper = upper;
    this.upperInclusive = upperInclusive;
    this.reverse = reverse;
  }

  @Override
  public void open(Frame frame) {
    cursor = row.open(frame);
    started = false;
    empty = false;
    first = Long.MIN_VALUE;
    last = Long.MAX_VALUE;
    if (lower != null) {
      lower.evaluate(frame);
      setFirst(frame);
    }
    if (upper != null && !empty) {
      upper.evaluate(frame);
      setLast(frame);
    }
    empty |= first > last;
  }

  private void setFirst(Register bound) {
    switch (bound.type) {
      case StorageClass.NULL, StorageClass.TEXT, StorageClass.BLOB -> empty = true;
      case StorageClass.INTEGER -> {
        if (lowerInclusive) {
          first = bound.integer;
        } else if (bound.integer == Long.MAX_VALUE) {
          empty = true;
        } else {
          first = bound.integer + 1;
        }
      }
      default -> {
        double ceiling = Math.ceil(bound.real);
        if (ceiling >= 0x1p63) {
          empty = true;
        } else if (ceiling >= -0x1p63) {
          first = (long) ceiling;
          if (!lowerInclusive && ValueOrder.compare(first, bound.real) == 0) {
            first++;
          }
        }
      }
    }
  }

  private void setLast(Register bound) {
    switch (bound.type) {
      case StorageClass.NULL -> empty = true;
      case StorageClass.TEXT, StorageClass.BLOB -> last = Long.MAX_VALUE;
      case StorageClass.INTEGER -> {
        if (upperInclusive) {
          last = bound.integer;
        } else if (bound.integer == Long.MIN_VALUE) {
          empty = true;
        } else {
          last = bound.integer - 1;
        }
      }
      default -> {
        double floor = Math.floor(bound.real);
        if (floor < -0x1p63) {
          empty = true;
        } else if (floor < 0x1p63) {
          last = (long) floor;
          if (!upperInclusive && ValueOrder.compare(last, bound.real) == 0) {
            if (last == Long.MIN_VALUE) {
              empty = true;
            } else {
              last--;
            }
          }
        }
      }
    }
  }

  @Override
  public boolean next(Frame frame) {
    TableCursor current = cursor;
    if (empty || current == null) {
      return false;
    }
    boolean found;
    if (!started) {
      started = true;
      frame.checkInterrupted();
      found = reverse ? current.seekAtMost(last) : current.seekAtLeast(first);
    } else {
      if (current.leafIndex() == 0) {
        frame.checkInterrupted();
      }
      found = reverse ? current.previous() : current.next();
    }
    row.standing();
    return found && (reverse ? current.rowid() >= first : current.rowid() <= last);
  }

  @Override
  public void forEach(Frame frame, RowSink sink) {
    if (reverse) {
      super.forEach(frame, sink);
      return;
    }
    open(frame);
    TableCursor current = cursor;
    if (empty || current == null) {
      return;
    }
    frame.checkInterrupted();
    if (!current.seekAtLeast(first)) {
      return;
    }
    while (leaf(frame, sink, current) && current.nextLeaf()) {
      frame.checkInterrupted();
    }
  }

  /**
   * @return whether all rows of the leaf from the cursor's on are in the range
   */
  private boolean leaf(Frame frame, RowSink sink, TableCursor current) {
    int count = current.leafCellCount();
    long end = last;
    for (int i = current.leafIndex(); i < count; i++) {
      current.moveToCell(i);
      if (current.rowid() > end) {
        return false;
      }
      row.standing();
      sink.row(frame);
    }
    return true;
  }
}
