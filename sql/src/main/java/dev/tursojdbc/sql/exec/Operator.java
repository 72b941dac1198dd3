package dev.tursojdbc.sql.exec;

/**
 * Produces rows, one at each {@link #next}: afterwards the evaluators that were built over it read
 * that row.
 *
 * <p>Opening again starts anew, as the inner side of a join does for each outer row. An operator is
 * not closed: files it makes are closed when the run ends.
 */
abstract class Operator {

  /** Goes to before the first row. */
  public abstract void open(Frame frame);

  /** Moves to the next row. @return whether there is one; not to be called again after false */
  public abstract boolean next(Frame frame);

  /**
   * Moves over rows as {@link #next} does: a scan jumps inside of a leaf.
   *
   * @return how many there were; fewer than asked if that was the end
   */
  public long skip(Frame frame, long count) {
    long skipped = 0;
    while (skipped < count && next(frame)) {
      skipped++;
    }
    return skipped;
  }

  /** Opens, and hands all rows to a sink: a scan does this with a leaf's state in locals. */
  public void forEach(Frame frame, RowSink sink) {
    open(frame);
    while (next(frame)) {
      sink.row(frame);
    }
  }

  /** Opens, and counts all rows: a scan asks the tree, which need not look at them. */
  public long count(Frame frame) {
    RowCounter counter = new RowCounter();
    forEach(frame, counter);
    return counter.count;
  }

  /** Counts the rows that come. */
  private static final class RowCounter implements RowSink {
    private long count;

    @Override
    public void row(Frame frame) {
      count++;
    }
  }

  /** Takes the current row of an operator. */
  public interface RowSink {
    void row(Frame frame);
  }
}
