package dev.tursojdbc.storage.wal;

/**
 * The write-ahead log as one connection sees it: at most one read transaction, and inside it at
 * most one write transaction. Not thread-safe; what is shared sits behind {@code WalCoordination}.
 *
 * <p>Order of calls: {@code beginRead} ({@code beginWrite} (append | commit | rollback)* {@code
 * endWrite})* {@code endRead}. A lock that somebody else holds is answered by a {@link
 * dev.tursojdbc.storage.error.TursoException} with BUSY, BUSY_SNAPSHOT, BUSY_RECOVERY or PROTOCOL;
 * nothing here waits, except a checkpoint through the busy handler it is given.
 */
public interface Wal extends AutoCloseable {

  /**
   * Freezes the newest committed state as this connection's snapshot and claims a read-mark for it.
   *
   * @return whether the snapshot differs from the one of the last read transaction
   */
  boolean beginRead();

  /** Gives the read-mark back. Does nothing if none is held. */
  void endRead();

  boolean isReading();

  /** The frozen snapshot; valid until {@link #endRead()}. Commits of this connection move it. */
  WalSnapshot snapshot();

  /**
   * The newest frame of a page that this connection sees, its own unpublished ones included.
   *
   * @return a frame number, or 0 if the page is to be read from the database file
   */
  int findFrame(int pageNumber);

  /** Reads a frame's page content, page-size bytes, into the target. */
  void readFrame(int frame, byte[] target);

  /**
   * Takes the writer lock.
   *
   * @throws dev.tursojdbc.storage.error.TursoException BUSY if another writer is at work,
   *     BUSY_SNAPSHOT if somebody committed since {@link #beginRead()}
   */
  void beginWrite();

  /** Gives the writer lock back; what was neither committed nor rolled back is rolled back. */
  void endWrite();

  boolean isWriting();

  /**
   * Appends pages without committing them (a spill). They are visible to this connection only, from
   * when this returns.
   *
   * @return the frame number of the first; the others follow it
   */
  int append(int[] pageNumbers, byte[][] images, int count);

  /**
   * Appends pages, the last as the commit frame, syncs if the mode asks for it, and publishes.
   * Frames spilled earlier in the transaction become visible with them. {@code count} is at least
   * 1: a transaction that only has spilled frames commits with page 1 again.
   *
   * @param pageCount size of the database in pages after this transaction
   */
  void commit(int[] pageNumbers, byte[][] images, int count, int pageCount, SyncMode syncMode);

  /** Where the log's end stands now, for {@link #rollbackTo}. Needs the writer lock. */
  WalPosition position();

  /** Forgets the frames that were appended after the position. Locks stay. */
  void rollbackTo(WalPosition position);

  /** Forgets all frames appended since {@link #beginWrite()}. Locks stay. */
  void rollback();

  /**
   * Copies frames into the database file. See {@link CheckpointMode}. Must not be called while this
   * connection is reading or writing.
   *
   * @param busy asked before each further try for a lock that somebody holds
   */
  CheckpointResult checkpoint(CheckpointMode mode, BusyHandler busy, SyncMode syncMode);

  /** Frees whatever locks are held. The log itself is closed with the database. */
  @Override
  void close();
}
