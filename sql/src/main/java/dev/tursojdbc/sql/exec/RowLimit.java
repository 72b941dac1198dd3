package dev.tursojdbc.sql.exec;

import dev.tursojdbc.sql.value.Affinity;
import dev.tursojdbc.storage.error.ErrorCode;
import dev.tursojdbc.storage.error.TursoException;
import dev.tursojdbc.storage.record.StorageClass;
import org.jspecify.annotations.Nullable;

/**
 * LIMIT and OFFSET of a query, computed once each time it is opened: the sorter below must not see
 * other numbers than the operator that counts.
 */
final class RowLimit {
  private final Evaluator limit;
  private final @Nullable Evaluator offset;
  private long count;
  private long skipped;

  RowLimit(Evaluator limit, @Nullable Evaluator offset) {
    this.limit = limit;
    this.offset = offset;
  }

  void evaluate(Frame frame) {
    count = integer(frame, limit);
    skipped = offset == null ? 0 : Math.max(0, integer(frame, offset));
  }

  /** The value as an INTEGER, which it must be without loss. */
  private static long integer(Frame frame, Evaluator expression) {
    expression.evaluate(frame);
    Affinity.INTEGER.apply(frame);
    if (frame.type != StorageClass.INTEGER) {
      throw new TursoException(ErrorCode.MISMATCH);
    }
    return frame.integer;
  }

  /** How many rows come out at most; negative if there is no limit. */
  long count() {
    return count;
  }

  /** How many rows are left out before. */
  long skipped() {
    return skipped;
  }

  /** How many rows are looked at, those left out included; negative if there is no limit. */
  long total() {
    long total = count + skipped;
    return count < 0 || total < 0 ? -1 : total;
  }
}
