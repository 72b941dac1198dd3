package dev.tursojdbc.sql.function;

import dev.tursojdbc.storage.record.Register;

/** {@code count(*)}, called without arguments, and {@code count(X)}. */
final class CountAccumulator extends Accumulator {
  private long count;

  @Override
  public void step(FunctionContext context, Register[] arguments) {
    if (arguments.length == 0 || !arguments[0].isNull()) {
      count++;
    }
  }

  @Override
  public boolean isInvertible() {
    return true;
  }

  @Override
  public void inverse(FunctionContext context, Register[] arguments) {
    if (arguments.length == 0 || !arguments[0].isNull()) {
      count--;
    }
  }

  @Override
  public void result(FunctionContext context, Register result) {
    result.setInteger(count);
  }
}
