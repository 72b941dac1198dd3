package dev.tursojdbc.storage.wal;

/**
 * What the log does by itself.
 *
 * @param checkpointFrames a commit that leaves at least so many frames in the log is followed by a
 *     passive checkpoint; 0 or less: never ({@code PRAGMA wal_autocheckpoint})
 * @param restart whether a writer that finds everything backfilled starts the log anew
 * @param journalSizeLimit bytes to which a restarted log is cut, -1: not cut ({@code PRAGMA
 *     journal_size_limit})
 */
public record WalAutoActions(int checkpointFrames, boolean restart, long journalSizeLimit) {
  /** SQLite's defaults. */
  public static final WalAutoActions DEFAULT = new WalAutoActions(1000, true, -1);

  public WalAutoActions withCheckpointFrames(int frames) {
    return new WalAutoActions(frames, restart, journalSizeLimit);
  }

  public WalAutoActions withJournalSizeLimit(long bytes) {
    return new WalAutoActions(checkpointFrames, restart, bytes);
  }
}
