package dev.tursojdbc.sql.function;

import dev.tursojdbc.storage.record.Register;
import dev.tursojdbc.storage.record.StorageClass;

/**
 * {@code sum}, {@code total} and {@code avg}: exact while all values are INTEGERs and their sum is
 * one; a {@link RealSum} from then on.
 *
 * <p>{@code sum} of INTEGERs that overflows fails, unless a REAL came later.
 */
final class SumAccumulator extends Accumulator {

  /** Which of the three functions. */
  enum Kind {
    SUM,
    TOTAL,
    AVG
  }

  private final Kind kind;
  private long count;
  private long exactSum;
  private boolean approximate;
  private boolean overflowed;
  private final RealSum realSum = new RealSum();

  SumAccumulator(Kind kind) {
    this.kind = kind;
  }

  @Override
  public void step(FunctionContext context, Register[] arguments) {
    Register value = Arguments.numeric(arguments[0]);
    if (value.isNull()) {
      return;
    }
    count++;
    if (value.type == StorageClass.INTEGER) {
      addInteger(value.integer);
      return;
    }
    if (!approximate) {
      goApproximate();
    }
    overflowed = false;
    realSum.add(Arguments.real(value));
  }

  private void addInteger(long value) {
    if (!approximate) {
      long sum = exactSum + value;
      if (((exactSum ^ sum) & (value ^ sum)) >= 0) {
        exactSum = sum;
        return;
      }
      overflowed = true;
      goApproximate();
    }
    realSum.add(value);
  }

  private void goApproximate() {
    approximate = true;
    realSum.start(exactSum);
  }

  @Override
  public boolean isInvertible() {
    return true;
  }

  @Override
  public void inverse(FunctionContext context, Register[] arguments) {
    Register value = Arguments.numeric(arguments[0]);
    if (value.isNull()) {
      return;
    }
    count--;
    if (value.type == StorageClass.INTEGER) {
      subtractInteger(value.integer);
    } else {
      realSum.add(-Arguments.real(value));
    }
  }

  private void subtractInteger(long value) {
    if (!approximate) {
      long difference = exactSum - value;
      if (((exactSum ^ value) & (exactSum ^ difference)) >= 0) {
        exactSum = difference;
        return;
      }
      overflowed = true;
      goApproximate();
    }
    realSum.subtract(value);
  }

  @Override
  public void result(FunctionContext context, Register result) {
    switch (kind) {
      case TOTAL -> result.setReal(real());
      case AVG -> {
        if (count == 0) {
          result.setNull();
        } else {
          result.setReal(real() / count);
        }
      }
      case SUM -> {
        if (count == 0) {
          result.setNull();
        } else if (overflowed) {
          throw Arguments.error("integer overflow");
        } else if (approximate) {
          result.setReal(realSum.value());
        } else {
          result.setInteger(exactSum);
        }
      }
    }
  }

  private double real() {
    return approximate ? realSum.value() : (double) exactSum;
  }
}
