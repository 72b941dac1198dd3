package dev.tursojdbc.sql.exec;

import dev.tursojdbc.sql.function.Accumulator;
import dev.tursojdbc.sql.function.AggregateFunction;
import dev.tursojdbc.storage.record.Collation;
import dev.tursojdbc.storage.record.Register;

/**
 * An aggregate that takes rows in as the frame reaches them, and out again as it leaves them.
 *
 * <p>What a sum of REALs is depends on the order of these steps, so they are done in SQLite's: rows
 * that leave go out before new ones come in, with exceptions that {@link Order} names.
 */
final class SlidingAggregate extends WindowValue {
  /** Whether rows go out or come in first. */
  enum Order {
    OUT_FIRST,
    IN_FIRST,
    /** In first, until so many rows are in as the frame has. */
    IN_FIRST_UP_TO_WIDTH
  }

  private final AggregateFunction function;
  private final Collation collation;
  private final WindowArguments arguments;
  private final WindowFrame frameRows;
  private final Order order;
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
      Order order) {
    this.function = function;
    this.collation = collation;
    this.arguments = arguments;
    this.frameRows = frameRows;
    this.order = order;
    this.accumulator = function.start();
  }

  @Override
  boolean needsFrame() {
    return true;
  }

  @Override
  void beginPartition(Frame frame) {
    arguments.beginPartition();
    accumulator = function.start();
    from = 0;
    to = 0;
    changed = true;
  }

  @Override
  void compute(Frame frame, int current, Register value) {
    int start = frameRows.start();
    int end = frameRows.end();
    if (order == Order.OUT_FIRST) {
      takeOut(frame, Math.min(start, to));
    }
    while (to < end) {
      if (order == Order.IN_FIRST_UP_TO_WIDTH
          && from < Math.min(start, to)
          && to - from >= end - start) {
        takeOut(frame, from + 1);
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
