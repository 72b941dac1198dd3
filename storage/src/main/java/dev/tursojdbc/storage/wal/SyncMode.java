package dev.tursojdbc.storage.wal;

/**
 * How durable a commit is when it returns: {@code PRAGMA synchronous}, in SQLite's order 0 to 3.
 */
public enum SyncMode {
  /** Nothing is synced; safe against a process crash only. */
  OFF,
  /** The log is synced before a checkpoint; after power loss the last commits may be missing. */
  NORMAL,
  /** The log is synced at every commit. */
  FULL,
  /** As FULL here; differs with a rollback journal only. */
  EXTRA
}
