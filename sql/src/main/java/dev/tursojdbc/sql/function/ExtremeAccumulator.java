package dev.tursojdbc.sql.function;

import dev.tursojdbc.storage.record.Register;
import dev.tursojdbc.storage.record.StorageClass;
import dev.tursojdbc.storage.record.ValueOrder;
import java.util.Arrays;

/** {@code min} and {@code max} of a group: NULLs are left out, the first of equal values stays. */
final class ExtremeAccumulator extends Accumulator {
  private final boolean max;
  private final Register best = new Register();
  private boolean tookLastRow;

  ExtremeAccumulator(boolean max) {
    this.max = max;
  }

  @Override
  public void step(FunctionContext context, Register[] arguments) {
    Register value = arguments[0];
    if (value.isNull()) {
      // As long as there is no value, any row may stand for the group.
      tookLastRow = best.isNull();
      return;
    }
    if (!best.isNull()) {
      int order = ValueOrder.compare(value, best, context.collation());
      if (max ? order <= 0 : order >= 0) {
        tookLastRow = false;
        return;
      }
    }
    tookLastRow = true;
    best.set(value);
    if (value.type == StorageClass.TEXT || value.type == StorageClass.BLOB) {
      best.bytes = Arrays.copyOfRange(value.bytes, value.offset, value.offset + value.length);
      best.offset = 0;
    }
  }

  @Override
  public boolean tookLastRow() {
    return tookLastRow;
  }

  @Override
  public void result(FunctionContext context, Register result) {
    result.set(best);
  }
}
