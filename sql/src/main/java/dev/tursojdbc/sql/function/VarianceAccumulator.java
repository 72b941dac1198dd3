package dev.tursojdbc.sql.function;

import dev.tursojdbc.storage.record.Register;

/**
 * {@code variance(X)} and {@code stdev(X)}: of a sample, in one pass by Welford's method. Of less
 * than two values they are 0.
 */
final class VarianceAccumulator extends Accumulator {
  private final boolean root;
  private long count;
  private double mean;
  private double squares;

  /**
   * @param root whether the result is the standard deviation
   */
  VarianceAccumulator(boolean root) {
    this.root = root;
  }

  @Override
  public void step(FunctionContext context, Register[] arguments) {
    if (arguments[0].isNull()) {
      return;
    }
    double value = Arguments.real(arguments[0]);
    count++;
    double distance = value - mean;
    mean += distance / count;
    squares += distance * (value - mean);
  }

  @Override
  public void result(FunctionContext context, Register result) {
    double variance = count > 1 ? squares / (count - 1) : 0;
    result.setReal(root ? Math.sqrt(variance) : variance);
  }
}
