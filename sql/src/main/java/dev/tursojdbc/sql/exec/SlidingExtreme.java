package dev.tursojdbc.sql.exec;

import dev.tursojdbc.sql.plan.WindowPlan;
import dev.tursojdbc.storage.record.Register;
import dev.tursojdbc.storage.record.ValueOrder;
import java.util.Arrays;

/**
 * min or max over a frame whose start moves. Kept are the rows that may yet become the result: each
 * is behind the one before it, and worse. A row that comes in removes those that are not better, so
 * that each row comes and goes once, and of equal values the last one counts, as in SQLite.
 */
final class SlidingExtreme extends WindowValue {
  private final boolean max;
  private final WindowPlan.Call call;
  private final WindowArguments arguments;
  private final WindowRows.Cursor kept;
  private final WindowFrame frameRows;
  private final Register other = new Register();

  /** Numbers of rows, in a ring. */
  private int[] ring = new int[16];

  private int first;
  private int count;

  /** The row that comes in next. */
  private int next;

  SlidingExtreme(
      WindowRows rows, WindowPlan.Call call, WindowArguments arguments, WindowFrame frameRows) {
    this.max = call.function().name().equals("max");
    this.call = call;
    this.arguments = arguments;
    this.kept = rows.cursor();
    this.frameRows = frameRows;
  }

  @Override
  boolean needsFrame() {
    return true;
  }

  @Override
  void beginPartition(Frame frame) {
    arguments.beginPartition();
    kept.reset();
    first = 0;
    count = 0;
    next = 0;
  }

  @Override
  void compute(Frame frame, int current, Register value) {
    for (next = Math.max(next, frameRows.start()); next < frameRows.end(); next++) {
      if (arguments.read(frame, next) && !arguments.values()[0].isNull()) {
        add(next);
      }
    }
    while (count > 0 && ring[first] < frameRows.start()) {
      first = (first + 1) & (ring.length - 1);
      count--;
    }
    if (count == 0) {
      value.setNull();
    } else {
      readArgument(ring[first], value);
    }
  }

  private void add(int row) {
    while (count > 0) {
      readArgument(ring[(first + count - 1) & (ring.length - 1)], other);
      int order = ValueOrder.compare(arguments.values()[0], other, call.collation());
      if (max ? order < 0 : order > 0) {
        break;
      }
      count--;
    }
    if (count == ring.length) {
      int[] larger = Arrays.copyOf(ring, 2 * count);
      // What had wrapped around to the beginning now follows the old end.
      System.arraycopy(ring, 0, larger, count, first);
      ring = larger;
    }
    ring[(first + count) & (ring.length - 1)] = row;
    count++;
  }

  private void readArgument(int row, Register target) {
    kept.moveTo(row);
    kept.read(call.firstArgument(), target);
  }
}
