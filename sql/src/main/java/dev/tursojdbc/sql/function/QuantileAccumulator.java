package dev.tursojdbc.sql.function;

import dev.tursojdbc.storage.record.Register;
import dev.tursojdbc.storage.record.StorageClass;
import java.util.Arrays;

/**
 * {@code mode(X)}, the value that is there most often, NULL if several are; and {@code
 * lower_quartile(X)} and {@code upper_quartile(X)}, the value that so many values are not above, or
 * between two such the middle.
 *
 * <p>If the first value is an integer or reads like one, all count as integers, and results have 32
 * bits; else all count as reals.
 */
final class QuantileAccumulator extends Accumulator {
  private final int quarters;
  private boolean integers;
  private double[] reals = new double[0];
  private long[] numbers = new long[0];
  private int count;

  /**
   * @param quarters of the values that the result is above; 0 for the mode
   */
  QuantileAccumulator(int quarters) {
    this.quarters = quarters;
  }

  @Override
  public void step(FunctionContext context, Register[] arguments) {
    Register value = arguments[0];
    if (value.isNull()) {
      return;
    }
    if (count == 0) {
      integers = Arguments.numeric(value).type == StorageClass.INTEGER;
    }
    if (integers) {
      if (count == numbers.length) {
        numbers = Arrays.copyOf(numbers, Math.max(8, 2 * count));
      }
      numbers[count++] = Arguments.integer(value);
    } else {
      if (count == reals.length) {
        reals = Arrays.copyOf(reals, Math.max(8, 2 * count));
      }
      reals[count++] = Arguments.real(value);
    }
  }

  @Override
  public boolean grows() {
    return true;
  }

  @Override
  public long bytes() {
    return (long) Long.BYTES * (numbers.length + reals.length);
  }

  @Override
  public void result(FunctionContext context, Register result) {
    if (count == 0) {
      result.setNull();
      return;
    }
    if (integers) {
      Arrays.sort(numbers, 0, count);
    } else {
      Arrays.sort(reals, 0, count);
    }
    if (quarters == 0) {
      mode(result);
    } else {
      quantile(result);
    }
  }

  private boolean isSame(int left, int right) {
    return integers ? numbers[left] == numbers[right] : reals[left] == reals[right];
  }

  /** The index behind the values that are the same as the one at an index. */
  private int endOfSame(int from) {
    int end = from + 1;
    while (end < count && isSame(from, end)) {
      end++;
    }
    return end;
  }

  private void mode(Register result) {
    int most = 0;
    int at = -1;
    for (int i = 0; i < count; ) {
      int end = endOfSame(i);
      if (end - i > most) {
        most = end - i;
        at = i;
      } else if (end - i == most) {
        at = -1;
      }
      i = end;
    }
    if (at < 0) {
      result.setNull();
    } else {
      give(at, result);
    }
  }

  private void give(int index, Register result) {
    if (integers) {
      int lowerHalf = (int) numbers[index];
      result.setInteger(lowerHalf);
    } else {
      result.setReal(reals[index]);
    }
  }

  /** Of each value, those up to it must be enough, and so must be those from it on. */
  private void quantile(Register result) {
    double below = count * quarters / 4.0;
    double above = count - below;
    int found = 0;
    int first = 0;
    double sum = 0;
    long whole = 0;
    for (int i = 0; i < count && count - i >= above; ) {
      int end = endOfSame(i);
      if (end >= below) {
        first = i;
        found++;
        whole += integers ? (int) numbers[i] : 0;
        sum += integers ? 0 : reals[i];
      }
      i = end;
    }
    if (found == 1) {
      give(first, result);
    } else {
      result.setReal((integers ? (double) whole : sum) / found);
    }
  }
}
