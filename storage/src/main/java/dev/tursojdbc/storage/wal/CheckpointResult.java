package dev.tursojdbc.storage.wal;

/**
 * The row of {@code PRAGMA wal_checkpoint}.
 *
 * @param busy whether a lock kept the checkpoint from finishing
 * @param logFrames frames in the log; -1 if unknown
 * @param checkpointedFrames frames that are in the database file; -1 if unknown
 */
public record CheckpointResult(boolean busy, int logFrames, int checkpointedFrames) {}
