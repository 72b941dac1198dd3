package dev.tursojdbc.sql.exec;

import dev.tursojdbc.sql.value.Affinity;
import dev.tursojdbc.storage.error.ErrorCode;
import dev.tursojdbc.storage.error.TursoException;
import dev.tursojdbc.storage.record.Register;
import dev.tursojdbc.storage.record.StorageClass;

/** The number before PRECEDING or FOLLOWING; the same throughout a run. */
final class WindowDistance {
  /** More rows than a partition can have. */
  private static final long MANY_ROWS = 1L << 32;

  private final Evaluator evaluator;
  private final boolean end;
  private final boolean preceding;
  private final boolean range;
  private final Register value = new Register();
  private long rows;

  /**
   * @param range whether it is added to values rather than counting rows, and need not be whole
   */
  WindowDistance(Evaluator evaluator, boolean end, boolean preceding, boolean range) {
    this.evaluator = evaluator;
    this.end = end;
    this.preceding = preceding;
    this.range = range;
  }

  /** Computes the number. Without rows it is not looked at, so it may then be anything. */
  void evaluate(Frame frame) {
    evaluator.into(frame, value);
    if (range) {
      if (value.type == StorageClass.TEXT) {
        Affinity.parseNumber(value);
      }
      if (!isNumber() || isNegative()) {
        throw wrong("number");
      }
      return;
    }
    Affinity.INTEGER.apply(value);
    if (value.type != StorageClass.INTEGER || value.integer < 0) {
      throw wrong("integer");
    }
    long count = Math.min(value.integer, MANY_ROWS);
    rows = preceding ? -count : count;
  }

  private boolean isNumber() {
    return value.type == StorageClass.INTEGER || value.type == StorageClass.REAL;
  }

  private boolean isNegative() {
    return value.type == StorageClass.INTEGER ? value.integer < 0 : value.real < 0;
  }

  private TursoException wrong(String kind) {
    return new TursoException(
        ErrorCode.ERROR,
        "frame " + (end ? "ending" : "starting") + " offset must be a non-negative " + kind);
  }

  /** Rows or groups from the current one on; negative for PRECEDING. */
  long rows() {
    return rows;
  }

  /** What is added to values, or subtracted from them. */
  Register value() {
    return value;
  }
}
