package dev.tursojdbc.storage.pager;

import dev.tursojdbc.storage.wal.WalPosition;
import org.jspecify.annotations.Nullable;

/** A state of the transaction to come back to. */
final class Savepoint extends ReadPoint {
  static final int AS_COMMITTED = -1;

  /** Size of the database at the time, {@link #AS_COMMITTED} before the write transaction. */
  final int pageCount;

  /** End of the log at the time, null if the transaction had spilled nothing. */
  final @Nullable WalPosition position;

  Savepoint(int pageCount, @Nullable WalPosition position) {
    this.pageCount = pageCount;
    this.position = position;
  }
}
