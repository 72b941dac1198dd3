package dev.tursojdbc.storage.wal;

/**
 * What connections share so that they agree about one log: the published state, the frame index,
 * the backfill count, the read-marks and the locks.
 *
 * <p>The protocol itself (how a reader chooses a mark, how far a checkpoint may go, when the log
 * restarts) is in {@link WalFile} and {@link WalCheckpoint}, once for all implementations. What is
 * here has the shape of SQLite's {@code -shm} file, so that it can lie in one: five marks of 32
 * bits, a header of 48 bytes, a backfill count, try-locks.
 *
 * <p><b>Locks</b> are tried, never waited for. Order: checkpoint, writer, marks ascending. A mark's
 * number changes only under its exclusive lock.
 *
 * <p><b>Marks.</b> Holding mark 0 shared means "all that I see is in the database file"; its number
 * is always 0, and a checkpoint holds it exclusively while it writes the database file. Marks 1 to
 * 4 carry the number of a frame, at most the last one that any holder sees. {@link #UNUSED} means
 * that the mark carries none; compared unsigned it is above all frames.
 */
interface WalCoordination extends AutoCloseable {
  /** Number of read-marks. */
  int MARKS = 5;

  /** The number of a mark that carries none. */
  int UNUSED = 0xFFFF_FFFF;

  /**
   * The newest published state. Until it changes, the same object is returned.
   *
   * @throws dev.tursojdbc.storage.error.TursoException BUSY_RECOVERY if somebody is rebuilding it
   */
  WalIndexHeader header();

  /**
   * The last committed frame, as far as this process knows; to ask costs nothing and cannot fail.
   */
  int lastKnownFrame();

  /**
   * As {@link #header()}, for somebody who holds locks: if the state has to be rebuilt, that is
   * done under them.
   */
  default WalIndexHeader header(boolean checkpointLocked, boolean writerLocked) {
    return header();
  }

  /**
   * Whether the state is still the newest one; ordered after whatever lock the caller took before.
   */
  boolean isCurrent(WalIndexHeader header);

  /** Makes a committed state visible. The caller holds the writer lock. */
  void publish(WalIndexHeader header);

  /**
   * Begins a new generation: publishes the header, empties the index, sets the backfill count and
   * mark 1 to 0 and marks 2 to 4 to unused. The caller holds the writer lock and marks 1 to 4
   * exclusively.
   */
  void restart(WalIndexHeader header);

  /** How many frames of this generation are in the database file; others may have to be read. */
  int backfilled();

  /** Publishes progress. The caller holds the checkpoint lock and mark 0 exclusively. */
  void setBackfilled(int frame);

  /** Announces how far a checkpoint is about to copy. Same locks as {@link #setBackfilled}. */
  void setBackfillAttempted(int frame);

  /**
   * The newest frame of a page within a range. The caller holds one of marks 1 to 4, or the writer
   * lock.
   */
  int findFrame(int pageNumber, int minFrame, int maxFrame);

  /**
   * The page of a published frame; meaningless, but not an error, if the log restarts meanwhile.
   */
  int pageNumber(int frame);

  /**
   * Whether {@link #pageNumber} speaks of this generation; it did before if it does so afterwards.
   */
  boolean isGeneration(long generation);

  /**
   * Makes sure that frames up to this one can be added to the index, before they are written. The
   * caller holds the writer lock.
   *
   * @throws dev.tursojdbc.storage.error.TursoException FULL if there is no room
   */
  default void reserveFrames(int lastFrame) {}

  /** Adds a frame to the index, not yet published. The caller holds the writer lock. */
  void appendFrame(int frame, int pageNumber);

  /** Removes the frames behind the given one. The caller holds the writer lock. */
  void truncateFrames(int lastFrame);

  boolean tryLockWriter();

  void unlockWriter();

  boolean tryLockCheckpoint();

  void unlockCheckpoint();

  boolean tryShareMark(int index);

  void unshareMark(int index);

  boolean tryLockMark(int index);

  void unlockMark(int index);

  /** Locks marks 1 to 4 exclusively, all or none. */
  boolean tryLockFrameMarks();

  void unlockFrameMarks();

  /** The number of a mark. */
  int mark(int index);

  /**
   * Whether a reader should take a mark as it is, although it could be raised to the last frame.
   */
  default boolean mayLag(int index) {
    return false;
  }

  /** Changes a mark's number; the caller holds it exclusively. */
  void setMark(int index, int frame);

  /** Number of holders in this process, for statistics. */
  int readers(int index);

  /** Whether somebody in this process holds the writer lock, for statistics. */
  boolean isWriterLocked();

  /** Gives back what is shared with other processes. Nobody reads or writes any more. */
  @Override
  default void close() {}
}
