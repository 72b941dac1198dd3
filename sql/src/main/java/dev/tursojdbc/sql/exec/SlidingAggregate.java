package dev.tursojdbc.sql.exec;

import dev.tursojdbc.sql.function.Accumulator;
import dev.tursojdbc.sql.function.AggregateFunction;
import dev.tursojdbc.storage.record.Collation;
import dev.tursojdbc.storage.record.Register;
import org.jspecify.annotations.Nullable;

/**
 * An aggregate that takes rows in as the frame reaches them, and out again as it leaves them.
 *
 * <p>What a sum of REALs is depends on the order of these steps, so they are done in SQLite's: rows
 * that leave go out before new ones come in, with two exceptions: new ones come in first, or those
 * go out first that a {@link WindowTrail} says.
 */
final class SlidingAggregate extends WindowValue {
  private final AggregateFunction function;
  private final Collation collation;
  private final WindowArguments arguments;
  private final WindowFrame frameRows;
  private final boolean inFirst;
  private final @Nullable WindowTrail trail;
  private Accumulator accumulator;

  /** The rows that have been taken in and not out. */
  private int from;

  private int to;
  private boolean changed;

  SlidingAggregate(
      AggregateFunction function,
      Collation collation,
      WindowArguments arguments,
      WindowFrame frameRows,
      boolean inFirst,
      @Nullable WindowTrail trail) {
    this.function = function;
    this.collation = collation;
    this.arguments = arguments;
    this.frameRows = frameRows;
    this.inFirst = inFirst;
    this.trail = trail;
    this.accumulator = function.start();
  }

  @Override
  boolean needsFrame() {
    return true;
  }

  @Override
  void beginPartition(Frame frame) {
    arguments.beginPartition();
    if (trail != null) {
      trail.beginPartition(frame);
    }
    accumulator = function.start();
    from = 0;
    to = 0;
    changed = true;
  }

  @Override
  void compute(Frame frame, int current, Register value) {
    int start = frameRows.start();
    int end = frameRows.end();
    if (!inFirst) {
      takeOut(frame, Math.min(start, to));
    }
    while (to < end) {
      if (trail != null) {
        takeOut(frame, Math.min(trail.firstToStay(frame, to), start));
      }
      if (arguments.read(frame, to)) {
        accumulator.step(frame.call(collation), arguments.values());
        changed = true;
      }
      to++;
    }
    takeOut(frame, start);
    if (changed) {
      accumulator.result(frame.call(collation), value);
      changed = false;
    }
  }

  private void takeOut(Frame frame, int start) {
    while (from < start) {
      if (arguments.read(frame, from)) {
        accumulator.inverse(frame.call(collation), arguments.values());
        changed = true;
      }
      from++;
    }
  }
}
