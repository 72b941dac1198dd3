package dev.tursojdbc.storage.pager;

import dev.tursojdbc.storage.page.PageSource;
import dev.tursojdbc.storage.page.PageWriter;
import dev.tursojdbc.storage.wal.BusyHandler;
import dev.tursojdbc.storage.wal.CheckpointMode;
import dev.tursojdbc.storage.wal.CheckpointResult;
import dev.tursojdbc.storage.wal.SyncMode;
import dev.tursojdbc.storage.wal.WalAutoActions;

/**
 * One connection to a database: its snapshot, its write transaction, its epochs and savepoints.
 *
 * <pre>
 *   IDLE -- beginRead --> READING -- beginWrite --> WRITING -- commit, rollback --> READING -- endRead --> IDLE
 * </pre>
 *
 * <p>As a {@link PageWriter} it shows the newest images of this connection: its own changes over
 * the snapshot. Not thread-safe. After a failed write it refuses work until rollback.
 */
public interface Pager extends PageWriter, AutoCloseable {

  /** Takes a snapshot. @return whether it differs from the last one this connection held */
  boolean beginRead();

  /** Gives the snapshot back. */
  void endRead();

  boolean isReading();

  /** A number that is the same for the same committed state, and differs for different ones. */
  long snapshotId();

  /**
   * Makes the read transaction a write transaction. Never waits.
   *
   * @throws dev.tursojdbc.storage.error.TursoException BUSY, BUSY_SNAPSHOT, READONLY, or "not
   *     supported yet: rollback-journal mode; run PRAGMA journal_mode=WAL" on a database that is
   *     not in WAL mode
   */
  void beginWrite();

  boolean isWriting();

  /** Whether the write transaction has changed anything. */
  boolean hasChanges();

  /** Publishes the changes, keeps the snapshot (now the new state), gives the writer lock back. */
  void commit();

  /** Drops all changes and gives the writer lock back; the snapshot stays. */
  void rollback();

  /**
   * Begins a new epoch and remembers the state. Savepoints nest; the id counts from 0. May be
   * called before {@link #beginWrite()}.
   */
  int openSavepoint();

  /** Undoes all changes since the savepoint and everything inside it; it stays open. */
  void rollbackTo(int savepoint);

  /** Forgets the savepoint and those inside it, keeping their changes. */
  void release(int savepoint);

  /**
   * The pages as they are now, for a scan that must not see later changes of this connection.
   * Begins a new epoch if the connection is writing. Close it, so that its images can go.
   */
  PageView freeze();

  /** A frozen view of the pages. */
  interface PageView extends PageSource, AutoCloseable {
    @Override
    void close();
  }

  CheckpointResult checkpoint(CheckpointMode mode);

  /** How to wait for locks; starts as {@link BusyHandler#NONE}. */
  void setBusyHandler(BusyHandler handler);

  SyncMode syncMode();

  void setSyncMode(SyncMode mode);

  WalAutoActions autoActions();

  void setAutoActions(WalAutoActions actions);

  /** The database that all connections share. */
  DatabaseFile database();

  /** Rolls back what is open and leaves; the last one out checkpoints and removes the log. */
  @Override
  void close();
}
