package dev.tursojdbc.sql.exec;

import org.jspecify.annotations.Nullable;

/** The rows for which a condition is true. */
final class Filter extends Operator {
  private final Operator input;
  private final Evaluator condition;

  /** The inner side of a join hands its rows to the same sink again and again. */
  private @Nullable Sieve lastSieve;

  Filter(Operator input, Evaluator condition) {
    this.input = input;
    this.condition = condition;
  }

  @Override
  public void open(Frame frame) {
    input.open(frame);
  }

  @Override
  public boolean next(Frame frame) {
    while (input.next(frame)) {
      if (condition.test(frame) == Evaluator.TRUE) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void forEach(Frame frame, RowSink sink) {
    Sieve sieve = lastSieve;
    if (sieve == null || sieve.sink != sink) {
      sieve = new Sieve(condition, sink);
      lastSieve = sieve;
    }
    input.forEach(frame, sieve);
  }

  /** Hands on the rows for which the condition is true. */
  private static final class Sieve implements RowSink {
    private final Evaluator condition;
    private final RowSink sink;

    Sieve(Evaluator condition, RowSink sink) {
      this.condition = condition;
      this.sink = sink;
    }

    @Override
    public void row(Frame frame) {
      if (condition.test(frame) == Evaluator.TRUE) {
        sink.row(frame);
      }
    }
  }
}
