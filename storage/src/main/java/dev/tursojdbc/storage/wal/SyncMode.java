package dev.tursojdbc.storage.wal;

/**
 * How durable a commit is when it returns: {@code PRAGMA synchronous}, in SQLite's order 0 to 3.
 */
public enum SyncMode {
  /** Nothing is synced; safe against a process crash only. */
  OFF(0),
  /** The log is synced before a checkpoint; after power loss the last commits may be missing. */
  NORMAL(1),
  /** The log is synced at every commit. */
  FULL(2),
  /** As FULL here; differs with a rollback journal only. */
  EXTRA(3);

  private final long number;

  SyncMode(long number) {
    this.number = number;
  }

  /** What {@code PRAGMA synchronous} answers. */
  public long number() {
    return number;
  }
}
