package dev.tursojdbc.sql.exec;

import dev.tursojdbc.sql.function.Accumulator;
import dev.tursojdbc.sql.function.AggregateFunction;
import dev.tursojdbc.storage.record.Collation;
import dev.tursojdbc.storage.record.Register;

/**
 * An aggregate that goes through the whole frame of each row: where EXCLUDE makes holes in frames,
 * and for functions that cannot take rows out again.
 */
final class RecomputedAggregate extends WindowValue {
  private final AggregateFunction function;
  private final Collation collation;
  private final WindowArguments arguments;
  private final WindowFrame frameRows;

  RecomputedAggregate(
      AggregateFunction function,
      Collation collation,
      WindowArguments arguments,
      WindowFrame frameRows) {
    this.function = function;
    this.collation = collation;
    this.arguments = arguments;
    this.frameRows = frameRows;
  }

  @Override
  boolean needsFrame() {
    return true;
  }

  @Override
  void beginPartition(Frame frame) {
    arguments.beginPartition();
  }

  @Override
  void compute(Frame frame, int current, Register value) {
    frame.checkInterrupted();
    Accumulator accumulator = function.start();
    for (int run = 0; run < frameRows.runCount(); run++) {
      for (int row = frameRows.runStart(run); row < frameRows.runEnd(run); row++) {
        if (arguments.read(frame, row)) {
          accumulator.step(frame.call(collation), arguments.values());
        }
      }
    }
    accumulator.result(frame.call(collation), value);
  }
}
