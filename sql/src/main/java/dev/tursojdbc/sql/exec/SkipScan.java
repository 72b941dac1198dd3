package dev.tursojdbc.sql.exec;

import dev.tursojdbc.storage.btree.IndexCursor;
import dev.tursojdbc.storage.record.Register;
import org.jspecify.annotations.Nullable;

/**
 * Searches an index once for each combination of values that its first columns have, NULL included.
 *
 * <p>A cursor of its own finds these, each with one seek behind the last entry of the one before.
 * The search reads the values from registers.
 */
final class SkipScan extends Operator {
  private final IndexRow row;
  private final Register[] prefix;
  private final Operator search;
  private final boolean reverse;
  private @Nullable IndexCursor cursor;
  private boolean started;
  private boolean searching;

  /**
   * @param row for the cursor of the scan alone
   * @param prefix the values of the first columns that the search looks for
   */
  SkipScan(IndexRow row, Register[] prefix, Operator search, boolean reverse) {
    this.row = row;
    this.prefix = prefix;
    this.search = search;
    this.reverse = reverse;
  }

  @Override
  public void open(Frame frame) {
    cursor = row.open(frame);
    started = false;
    searching = false;
  }

  @Override
  public boolean next(Frame frame) {
    while (true) {
      if (searching && search.next(frame)) {
        return true;
      }
      searching = nextPrefix(frame);
      if (!searching) {
        return false;
      }
      search.open(frame);
    }
  }

  @Override
  public void forEach(Frame frame, RowSink sink) {
    open(frame);
    while (nextPrefix(frame)) {
      search.forEach(frame, sink);
    }
  }

  @Override
  public long count(Frame frame) {
    open(frame);
    long total = 0;
    while (nextPrefix(frame)) {
      total += search.count(frame);
    }
    return total;
  }

  private boolean nextPrefix(Frame frame) {
    IndexCursor current = cursor;
    if (current == null) {
      throw new IllegalStateException("not open");
    }
    frame.checkInterrupted();
    boolean found = started ? seekNext(current) : reverse ? current.last() : current.first();
    started = true;
    if (found) {
      row.moved();
      for (int i = 0; i < prefix.length; i++) {
        row.readKey(i, prefix[i]);
      }
    }
    return found;
  }

  private boolean seekNext(IndexCursor current) {
    return reverse
        ? current.seekBefore(prefix, prefix.length)
        : current.seekAfter(prefix, prefix.length);
  }
}
