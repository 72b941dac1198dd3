package dev.tursojdbc.sql.function;

import dev.tursojdbc.storage.record.Register;
import java.util.Arrays;

/**
 * {@code median(X)}, {@code percentile(X, P)} with P from 0 to 100, {@code percentile_cont(X, P)}
 * and {@code percentile_disc(X, P)} with P from 0 to 1: the value below which that part of the
 * values lies, between two of them interpolated, except for percentile_disc.
 */
final class PercentileAccumulator extends Accumulator {
  private final String name;
  private final double wholeFraction;
  private final boolean discrete;

  private double[] values = new double[8];
  private int count;
  private double fraction = -1;
  private boolean sorted;

  /**
   * @param wholeFraction the fraction that stands for all values
   */
  PercentileAccumulator(String name, double wholeFraction, boolean discrete) {
    this.name = name;
    this.wholeFraction = wholeFraction;
    this.discrete = discrete;
  }

  @Override
  public void step(FunctionContext context, Register[] arguments) {
    double wanted = arguments.length == 1 ? 0.5 : fraction(arguments[1]);
    if (fraction < 0) {
      fraction = wanted;
    } else if (Math.abs(fraction - wanted) > 0.001) {
      throw Arguments.error(
          "the fraction argument to " + name + "() is not the same for all input rows");
    }
    Register value = arguments[0];
    if (value.isNull()) {
      return;
    }
    if (!Arguments.isNumber(value)) {
      throw Arguments.error("input to " + name + "() is not numeric");
    }
    double real = Arguments.real(value);
    if (Double.isInfinite(real)) {
      throw Arguments.error("Inf input to " + name + "()");
    }
    if (count == values.length) {
      values = Arrays.copyOf(values, 2 * count);
    }
    values[count++] = real;
    sorted = false;
  }

  private double fraction(Register argument) {
    Register number = Arguments.numeric(argument);
    double value = Arguments.real(number);
    if (!Arguments.isNumber(number) || value < 0 || value > wholeFraction) {
      throw Arguments.error(
          "the fraction argument to " + name + "() is not between 0.0 and " + wholeFraction);
    }
    return value / wholeFraction;
  }

  @Override
  public boolean grows() {
    return true;
  }

  @Override
  public long bytes() {
    return (long) Double.BYTES * values.length;
  }

  @Override
  public boolean isInvertible() {
    return true;
  }

  @Override
  public void inverse(FunctionContext context, Register[] arguments) {
    Register value = arguments[0];
    if (!Arguments.isNumber(value)) {
      return;
    }
    double real = Arguments.real(value);
    for (int i = 0; i < count; i++) {
      if (values[i] == real) {
        System.arraycopy(values, i + 1, values, i, count - i - 1);
        count--;
        return;
      }
    }
  }

  @Override
  public void result(FunctionContext context, Register result) {
    if (count == 0) {
      result.setNull();
      return;
    }
    if (!sorted) {
      Arrays.sort(values, 0, count);
      sorted = true;
    }
    double position = fraction * (count - 1);
    int below = (int) position;
    double value = values[below];
    if (!discrete) {
      int above = position == below || below == count - 1 ? below : below + 1;
      // Also where both are one, as -0.0 becomes 0.0 by it.
      value += (values[above] - value) * (position - below);
    }
    result.setReal(value);
  }
}
