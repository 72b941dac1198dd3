package dev.tursojdbc.storage.wal;

/** What a checkpoint does beyond copying frames. */
public enum CheckpointMode {
  /** Copies nothing and only tells how far the log is copied. */
  NOOP,
  /** Copies what no reader needs to stay; never waits. */
  PASSIVE,
  /** Waits for the writer and for old readers, then copies everything. */
  FULL,
  /** As FULL, then waits until no reader uses the log, so that the next writer starts it anew. */
  RESTART,
  /** As RESTART, then cuts the log to zero bytes. */
  TRUNCATE
}
