package dev.tursojdbc.storage.pager;

import dev.tursojdbc.storage.error.ErrorCode;
import dev.tursojdbc.storage.error.TursoException;
import dev.tursojdbc.storage.wal.BusyHandler;
import dev.tursojdbc.storage.wal.CheckpointMode;
import dev.tursojdbc.storage.wal.Wal;
import java.util.function.Supplier;

/**
 * The read transactions of a connection, one after the other: how each begins and ends, and whether
 * it sees another state than the one before. What it reads is the {@link ConnectionSnapshot}.
 */
final class ReadTransactions {
  private static final long NONE = Long.MIN_VALUE;

  private final DatabaseFile database;
  private final ConnectionSnapshot snapshot;
  private final PagerSettings settings;
  private final Supplier<Boolean> beginning;

  private long snapshotId = NONE;
  private int dataVersion = 1;

  /** Whether the read transaction contained a commit, so that a checkpoint may be due. */
  private boolean hasCommitted;

  ReadTransactions(DatabaseFile database, ConnectionSnapshot snapshot, PagerSettings settings) {
    this.database = database;
    this.snapshot = snapshot;
    this.settings = settings;
    this.beginning =
        () -> {
          snapshot.begin();
          return true;
        };
  }

  void begin() {
    requireIdle();
    settings.waitWhileBusy(beginning);
    adoptSnapshot();
  }

  /** As {@link #begin}, without waiting. @return false if the database is locked */
  boolean tryBegin() {
    requireIdle();
    try {
      snapshot.begin();
    } catch (TursoException e) {
      if (e.code().primaryCode() != ErrorCode.BUSY.code()) {
        throw e;
      }
      return false;
    }
    adoptSnapshot();
    return true;
  }

  private void requireIdle() {
    if (snapshot.isHeld()) {
      throw new IllegalStateException("already reading");
    }
  }

  private void adoptSnapshot() {
    long id = snapshot.id();
    if (id != snapshotId) {
      if (snapshotId != NONE) {
        dataVersion++;
      }
      snapshotId = id;
    }
  }

  /** The connection itself has moved its snapshot: {@link #dataVersion} stays. */
  void followSnapshot() {
    snapshotId = snapshot.id();
  }

  /** The next snapshot is as if there had been none before: {@link #dataVersion} stays. */
  void forgetSnapshot() {
    snapshotId = NONE;
  }

  /** The connection has committed; when it ends reading, a checkpoint may follow. */
  void noteCommit() {
    hasCommitted = true;
  }

  void end() {
    if (snapshot.isHeld()) {
      snapshot.end();
      if (hasCommitted) {
        hasCommitted = false;
        checkpointIfDue();
      }
    }
  }

  private void checkpointIfDue() {
    Wal log = snapshot.log();
    if (!log.isCheckpointDue()) {
      return;
    }
    try {
      log.checkpoint(CheckpointMode.PASSIVE, BusyHandler.NONE, settings.syncMode());
    } catch (TursoException e) {
      // The commit before it is final and must not seem to have failed. What went wrong here goes
      // wrong again for who asks for a checkpoint, and a failed sync has poisoned the log.
      database.fileSystem().reached("pager.auto-checkpoint.failed");
    }
  }

  /** Ends reading without a checkpoint: the last connection that leaves makes one anyway. */
  void endForGood() {
    hasCommitted = false;
    end();
  }

  long snapshotId() {
    return snapshotId;
  }

  int dataVersion() {
    return dataVersion;
  }
}
