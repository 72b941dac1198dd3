package dev.tursojdbc.sql.exec;

import dev.tursojdbc.sql.bind.Constant;
import dev.tursojdbc.storage.btree.IndexCursor;
import dev.tursojdbc.storage.record.Register;
import org.jspecify.annotations.Nullable;

/**
 * The entries of an index that begin with given values and lie in a range of the columns behind
 * them, in the order of the index or against it.
 *
 * <p>Start and end are meant in the direction of the scan. Where several values are given for a
 * column, all combinations are sought one after the other, the last column's changing fastest.
 */
final class IndexSearch extends Operator {
  private final IndexRow row;
  private final @Nullable RowTarget target;
  private final KeyValues[] equal;
  private final Evaluator[] start;
  private final boolean startInclusive;
  private final Evaluator[] end;
  private final boolean endInclusive;
  private final boolean reverse;
  private final Register[] startKey;
  private final Register[] endKey;
  private @Nullable IndexCursor cursor;

  /** How many of the equal columns have a value at the moment. */
  private int depth;

  /** Whether the cursor is inside the range of the current combination. */
  private boolean inside;

  IndexSearch(
      IndexRow row,
      @Nullable RowTarget target,
      KeyValues[] equal,
      Evaluator[] start,
      boolean startInclusive,
      Evaluator[] end,
      boolean endInclusive,
      boolean reverse) {
    this.row = row;
    this.target = target;
    this.equal = equal;
    this.start = start;
    this.startInclusive = startInclusive;
    this.end = end;
    this.endInclusive = endInclusive;
    this.reverse = reverse;
    startKey = registers(equal.length + start.length);
    endKey = registers(equal.length + end.length);
  }

  private static Register[] registers(int count) {
    Register[] registers = new Register[count];
    for (int i = 0; i < count; i++) {
      registers[i] = new Register();
    }
    return registers;
  }

  @Override
  public void open(Frame frame) {
    cursor = row.open(frame);
    if (target != null) {
      target.open(frame, row);
    }
    inside = false;
    depth = 0;
    if (equal.length > 0) {
      equal[0].open(frame);
    }
  }

  @Override
  public boolean next(Frame frame) {
    IndexCursor current = cursor;
    if (current == null) {
      throw new IllegalStateException("not open");
    }
    while (true) {
      boolean found;
      if (inside) {
        if (current.leafIndex() == 0) {
          frame.checkInterrupted();
        }
        found = reverse ? current.previous() : current.next();
      } else {
        if (!nextCombination(frame)) {
          return false;
        }
        frame.checkInterrupted();
        found = bounds(frame) && seek(current);
        inside = true;
      }
      if (found && isInRange(current)) {
        if (leads()) {
          return true;
        }
        continue;
      }
      inside = false;
    }
  }

  @Override
  public long skip(Frame frame, long count) {
    if (reverse) {
      return super.skip(frame, count);
    }
    IndexCursor current = cursor();
    long skipped = 0;
    while (skipped < count && next(frame)) {
      skipped++;
      int index = current.leafIndex();
      int jump = (int) Math.min(count - skipped, lastInRange(current) - index);
      if (jump > 0) {
        current.moveToCell(index + jump);
        leads();
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
    open(frame);
    IndexCursor current = cursor();
    for (boolean found = nextRange(frame); found; found = nextRange(frame)) {
      boolean more = true;
      while (more) {
        int last = lastInRange(current);
        page(frame, sink, current, last);
        frame.checkInterrupted();
        more = goesOn(current, last);
      }
    }
  }

  /** Hands on the entries of a page up to the last one in the range. */
  private void page(Frame frame, RowSink sink, IndexCursor current, int last) {
    for (int i = current.leafIndex(); i <= last; i++) {
      current.moveToCell(i);
      if (leads()) {
        sink.row(frame);
      }
    }
  }

  /** The entry has moved. @return whether it leads to a row; one that does not is passed over */
  private boolean leads() {
    row.moved();
    return target == null || target.meant(row);
  }

  @Override
  public long count(Frame frame) {
    if (reverse) {
      return super.count(frame);
    }
    if (startKey.length + endKey.length == 0) {
      return row.open(frame).count(frame::checkInterrupted);
    }
    open(frame);
    IndexCursor current = cursor();
    long total = 0;
    for (boolean found = nextRange(frame); found; found = nextRange(frame)) {
      boolean more = true;
      while (more) {
        int first = current.leafIndex();
        int last = lastInRange(current);
        total += last - first + 1;
        frame.checkInterrupted();
        more = goesOn(current, last);
      }
    }
    return total;
  }

  private IndexCursor cursor() {
    IndexCursor current = cursor;
    if (current == null) {
      throw new IllegalStateException("not open");
    }
    return current;
  }

  /** Goes to the first entry of the next combination that has one in its range. */
  private boolean nextRange(Frame frame) {
    IndexCursor current = cursor();
    while (nextCombination(frame)) {
      frame.checkInterrupted();
      if (bounds(frame) && seek(current) && isInRange(current)) {
        return true;
      }
    }
    return false;
  }

  /**
   * The index of the last cell, from the cursor's on, that may be handed on before the cursor is
   * asked for the next entry: one comparison decides for nearly every leaf. An entry of an interior
   * page stands alone, its neighbours are on other pages.
   */
  private int lastInRange(IndexCursor current) {
    int first = current.leafIndex();
    int last = current.isOnLeaf() ? current.leafCellCount() - 1 : first;
    if (endKey.length == 0 || last == first) {
      return last;
    }
    current.moveToCell(last);
    if (!isInRange(current)) {
      int end = last;
      last = first;
      while (end - last > 1) {
        int middle = (last + end) >>> 1;
        current.moveToCell(middle);
        if (isInRange(current)) {
          last = middle;
        } else {
          end = middle;
        }
      }
    }
    current.moveToCell(first);
    return last;
  }

  /** Goes to the entry behind the last one of a page that is in the range. */
  private boolean goesOn(IndexCursor current, int last) {
    if (current.isOnLeaf() && last < current.leafCellCount() - 1) {
      return false;
    }
    current.moveToCell(last);
    return current.next() && isInRange(current);
  }

  /** Takes the next combination of values; one without equal columns there is exactly one. */
  private boolean nextCombination(Frame frame) {
    if (equal.length == 0) {
      return depth++ == 0;
    }
    int level = depth == 0 ? 0 : equal.length - 1;
    while (level >= 0) {
      Register value = startKey[level];
      if (!equal[level].next(frame, value)) {
        level--;
        continue;
      }
      if (value.isNull() && !equal[level].nullMatches()) {
        continue;
      }
      endKey[level].set(value);
      level++;
      if (level == equal.length) {
        depth = 1;
        return true;
      }
      equal[level].open(frame);
    }
    depth = 0;
    return false;
  }

  /** Computes the ends of the range. @return whether neither begins with NULL by accident */
  private boolean bounds(Frame frame) {
    return values(frame, start, startKey) && values(frame, end, endKey);
  }

  private boolean values(Frame frame, Evaluator[] bound, Register[] key) {
    for (int i = 0; i < bound.length; i++) {
      Register value = key[equal.length + i];
      bound[i].into(frame, value);
      // Behind the first element of a row NULL may be: what the row compares to may differ before.
      if (i == 0 && value.isNull() && bound[i] != NULL_BOUND) {
        return false;
      }
    }
    return true;
  }

  /** The bound that leaves NULLs out where a range has only its upper end. */
  static final Evaluator NULL_BOUND = new ConstantEvaluator(Constant.NULL);

  private boolean seek(IndexCursor current) {
    int count = startKey.length;
    if (count == 0) {
      return reverse ? current.last() : current.first();
    }
    boolean inclusive = start.length == 0 || startInclusive;
    if (reverse) {
      return inclusive ? current.seekAtMost(startKey, count) : current.seekBefore(startKey, count);
    }
    return inclusive ? current.seekAtLeast(startKey, count) : current.seekAfter(startKey, count);
  }

  private boolean isInRange(IndexCursor current) {
    int count = endKey.length;
    if (count == 0) {
      return true;
    }
    int order = current.compareKey(endKey, count);
    if (order == 0) {
      return end.length == 0 || endInclusive;
    }
    return reverse ? order < 0 : order > 0;
  }

  /** The row that the entries lead to. */
  interface RowTarget {
    void open(Frame frame, IndexRow entry);

    /**
     * The entry has moved.
     *
     * @return whether there is such a row. In a rowid table that is found out later, and a failure:
     *     so it is in SQLite
     */
    boolean meant(IndexRow entry);
  }
}
