package dev.tursojdbc.sql.exec;

import dev.tursojdbc.storage.btree.TableCursor;
import org.jspecify.annotations.Nullable;

/** All rows of a rowid table, in the order of their rowids or against it. */
final class TableScan extends Operator {
  private final TableRow row;
  private final boolean reverse;
  private @Nullable TableCursor cursor;
  private boolean started;

  TableScan(TableRow row, boolean reverse) {
    this.row = row;
    this.reverse = reverse;
  }

  @Override
  public void open(Frame frame) {
    cursor = row.open(frame);
    started = false;
  }

  @Override
  public boolean next(Frame frame) {
    TableCursor current = cursor;
    if (current == null) {
      throw new IllegalStateException("not open");
    }
    boolean found;
    if (!started) {
      started = true;
      frame.checkInterrupted();
      found = reverse ? current.last() : current.first();
    } else if (reverse) {
      if (current.leafIndex() == 0) {
        frame.checkInterrupted();
      }
      found = current.previous();
    } else {
      int next = current.leafIndex() + 1;
      if (next < current.leafCellCount()) {
        current.moveToCell(next);
        found = true;
      } else {
        frame.checkInterrupted();
        found = current.nextLeaf();
      }
    }
    row.standing();
    return found;
  }

  @Override
  public long skip(Frame frame, long count) {
    TableCursor current = cursor;
    if (reverse || current == null) {
      return super.skip(frame, count);
    }
    long skipped = 0;
    while (skipped < count && next(frame)) {
      skipped++;
      int index = current.leafIndex();
      int jump = (int) Math.min(count - skipped, current.leafCellCount() - 1 - index);
      if (jump > 0) {
        current.moveToCell(index + jump);
        row.standing();
        skipped += jump;
      }
    }
    return skipped;
  }

  @Override
  public void forEach(Frame frame, RowSink sink) {
    if (reverse) {
      super.forEach(frame, sink);
      return;
    }
    TableCursor current = row.open(frame);
    frame.checkInterrupted();
    if (!current.first()) {
      return;
    }
    do {
      leaf(frame, sink, current);
      frame.checkInterrupted();
    } while (current.nextLeaf());
  }

  @Override
  public long count(Frame frame) {
    return row.open(frame).count(frame::checkInterrupted);
  }

  private void leaf(Frame frame, RowSink sink, TableCursor current) {
    int count = current.leafCellCount();
    for (int i = current.leafIndex(); i < count; i++) {
      current.moveToCell(i);
      row.standing();
      sink.row(frame);
    }
  }
}
