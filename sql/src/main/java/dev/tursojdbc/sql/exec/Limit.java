package dev.tursojdbc.sql.exec;

import dev.tursojdbc.sql.value.Affinity;
import dev.tursojdbc.storage.error.ErrorCode;
import dev.tursojdbc.storage.error.TursoException;
import dev.tursojdbc.storage.record.StorageClass;
import org.jspecify.annotations.Nullable;

/** LIMIT and OFFSET. A negative limit is none. */
final class Limit extends Operator {
  private final Operator input;
  private final @Nullable Evaluator limit;
  private final @Nullable Evaluator offset;
  private long remaining;
  private long skipped;

  Limit(Operator input, @Nullable Evaluator limit, @Nullable Evaluator offset) {
    this.input = input;
    this.limit = limit;
    this.offset = offset;
  }

  @Override
  public void open(Frame frame) {
    remaining = limit == null ? -1 : integer(frame, limit);
    skipped = offset == null ? 0 : integer(frame, offset);
    if (remaining != 0) {
      input.open(frame);
    }
  }

  /** The value as an INTEGER, which it must be without loss. */
  static long integer(Frame frame, Evaluator expression) {
    expression.evaluate(frame);
    Affinity.INTEGER.apply(frame);
    if (frame.type != StorageClass.INTEGER) {
      throw new TursoException(ErrorCode.MISMATCH);
    }
    return frame.integer;
  }

  @Override
  public boolean next(Frame frame) {
    if (remaining == 0) {
      return false;
    }
    while (skipped > 0) {
      if (!input.next(frame)) {
        remaining = 0;
        return false;
      }
      skipped--;
    }
    if (!input.next(frame)) {
      remaining = 0;
      return false;
    }
    if (remaining > 0) {
      remaining--;
    }
    return true;
  }
}
