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

  /**
   * The frozen snapshot; valid until {@link #endRead()}. A commit of this connection moves it, and
   * so does the first {@link #append} or {@link #commit} of a transaction, which may restart the
   * log: generation and frames then are others, the content is the same.
   */
  WalSnapshot snapshot();

  /**
   * The newest frame of a page that this connection sees, its own unpublished ones included.
   *
   * @return a frame number, or 0 if the page is to be read from the database file
   */
  int findFrame(int pageNumber);

  /**
   * As {@link #findFrame(int)}, among the frames up to {@code maxFrame} only: what this connection
   * saw before it went on writing. Needs a maximum of the snapshot's generation.
   */
  int findFrame(int pageNumber, int maxFrame);

  /**
   * The page of a frame of the snapshot, so that a page cache learns what changed between two
   * snapshots of a generation.
   *
   * @return a page number, or 0 if the log has been restarted meanwhile, which is possible for a
   *     snapshot that lies in the database file as a whole
   */
  int pageNumber(int frame);

  /**
   * Reads a frame's page content, page-size bytes, into the target. A frame that was rolled back
   * can be read until another one is appended in its place.
   */
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
   * Replaces the content of frames that this transaction appended, each of them the newest of its
   * page. What comes back to a position behind such a frame finds the new content.
   *
   * @param frames frame numbers, ascending
   */
  void rewrite(int[] frames, byte[][] images, int count);

  /**
   * Takes what a commit needs besides the writer lock; a log needs nothing. That it is BUSY leaves
   * the transaction as it is.
   *
   * @param busy asked before each further try
   */
  default void lockForCommit(BusyHandler busy) {}

  /**
   * The first phase of a commit of several databases, for who can take it back: after it the commit
   * needs no more than to say so. A log has one phase only. Parameters as in {@link #commit}, which
   * must follow with the same ones.
   *
   * @param superJournal path of the file whose deletion commits all of them; empty: none
   */
  default void prepareCommit(
      int[] pageNumbers,
      byte[][] images,
      int count,
      int pageCount,
      SyncMode syncMode,
      String superJournal) {}

  /**
   * Whether a commit overwrites what is committed now: then it changes page 1, whose change counter
   * tells others, and whoever goes on reading the old state must keep it himself.
   */
  default boolean overwritesCommitted() {
    return false;
  }

  /** The last of this transaction's frames that can be read after it has ended. */
  default int lastKeptFrame() {
    return snapshot().maxFrame();
  }

  /**
   * Appends pages, the last as the commit frame, syncs if the mode asks for it, and publishes.
   * Frames spilled earlier in the transaction become visible with them. {@code count} is at least
   * 1: a transaction that only has spilled frames commits with page 1 again.
   *
   * @param pageCount size of the database in pages after this transaction
   */
  void commit(int[] pageNumbers, byte[][] images, int count, int pageCount, SyncMode syncMode);

  /** What the log may do by itself on behalf of this connection. */
  void setAutoActions(WalAutoActions actions);

  /**
   * Whether the log has so many frames that a passive checkpoint should follow. To be asked after a
   * commit, when the read transaction has ended.
   */
  boolean isCheckpointDue();

  /** Where the log's end stands now, for {@link #rollbackTo}. Needs the writer lock. */
  WalPosition position();

  /**
   * Forgets the frames that were appended after the position. Locks stay. A position that was taken
   * before this transaction restarted the log stands for its beginning.
   */
  void rollbackTo(WalPosition position);

  /** Forgets all frames appended since {@link #beginWrite()}. Locks stay. */
  void rollback();

  /**
   * Copies frames into the database file. See {@link CheckpointMode}. Must not be called while this
   * connection is reading or writing: that is LOCKED. Another checkpoint at work is not an
   * exception but a busy result, and is not waited for.
   *
   * @param busy asked before each further try for a lock that somebody holds
   */
  CheckpointResult checkpoint(CheckpointMode mode, BusyHandler busy, SyncMode syncMode);

  /** Frees whatever locks are held. The log itself is closed with the database. */
  @Override
  void close();
}
