package dev.tursojdbc.sql.bind;

import dev.tursojdbc.storage.error.ErrorCode;
import dev.tursojdbc.storage.error.TursoException;
import dev.tursojdbc.storage.record.Collation;

/**
 * What COLLATE names if there is no such collation. That is no failure as long as nothing is
 * compared by it, which SQLite finds when it makes the code that compares; of constraints it makes
 * code only for who changes rows.
 *
 * @param late whether only the comparison itself fails
 */
record UnknownCollation(String name, boolean late) implements Collation {

  /** The collation, if there is one to compare by. */
  static Collation required(Collation collation) {
    if (collation instanceof UnknownCollation unknown && !unknown.late()) {
      throw unknown.failure();
    }
    return collation;
  }

  private TursoException failure() {
    return new TursoException(
        ErrorCode.ERROR_MISSING_COLLSEQ, "no such collation sequence: " + name);
  }

  @Override
  public int compare(
      byte[] left, int leftOffset, int leftLength, byte[] right, int rightOffset, int rightLength) {
    throw failure();
  }
}
