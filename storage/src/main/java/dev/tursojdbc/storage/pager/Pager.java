package dev.tursojdbc.storage.pager;

import dev.tursojdbc.storage.page.PageSource;
import dev.tursojdbc.storage.page.PageWriter;
import dev.tursojdbc.storage.wal.CheckpointMode;
import dev.tursojdbc.storage.wal.CheckpointResult;

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

  /**
   * Takes a snapshot. In WAL mode the first one of a database takes SQLite's SHARED lock, which is
   * held until the last connection leaves; else each takes one for itself. If somebody else is in
   * the way, the busy handler is asked.
   *
   * @return whether the snapshot differs from the last one this connection held
   * @throws dev.tursojdbc.storage.error.TursoException BUSY; NOTADB; CORRUPT if the file is shorter
   *     than its header says
   */
  boolean beginRead();

  /** As {@link #beginRead}, without waiting. @return false if the database is locked */
  boolean tryBeginRead();

  /**
   * Gives the snapshot back. All views must be closed. If the log has grown to the limit of {@link
   * PagerSettings#autoActions()}, a passive checkpoint follows.
   */
  void endRead();

  boolean isReading();

  /** A number that is the same for the same committed state, and differs for different ones. */
  long snapshotId();

  /** {@code PRAGMA data_version}: changes when this connection sees what others committed. */
  int dataVersion();

  /**
   * Waits until this connection is first in the queue of those that want to write and no other
   * connection of this process writes. For who got BUSY from {@link #beginWrite()}: give the
   * snapshot back, call this, take a new snapshot and try again. The place in the queue is kept
   * from one call to the next, so waiting in short slices is fair too; it is lost 50 ms after the
   * last call unless the write transaction has begun.
   *
   * @param nanos how long to wait at most
   * @return false if the time is over or the thread was interrupted (its flag stays set)
   */
  boolean awaitWriterTurn(long nanos);

  /**
   * Makes the read transaction a write transaction. Never waits; who waits in the queue goes first.
   *
   * @throws dev.tursojdbc.storage.error.TursoException BUSY, BUSY_SNAPSHOT, READONLY
   */
  void beginWrite();

  boolean isWriting();

  /** Whether the write transaction has changed anything. */
  boolean hasChanges();

  /** Whether it ever had, be it that a savepoint has undone everything. */
  boolean hasWritten();

  /**
   * Makes the database a copy of another one with the same page size; what the file header says of
   * the journal mode stays.
   */
  void replaceContent(PageSource content);

  /**
   * Commits another database in place of this one, whose pages may have another size; not in WAL
   * mode. The transaction has changed nothing else. It ends, and the read transaction with it.
   *
   * @param content its first page is changed: it takes over what is this file's own
   */
  void replaceBy(PageWriter content);

  /**
   * Makes sure that a commit will not fail for a lock. Without a write-ahead log it needs the file
   * for itself, and waits for that by the busy handler. BUSY leaves the transaction as it is, so
   * the commit can be tried again; meanwhile nobody new gets to read. {@code BEGIN EXCLUSIVE} does
   * it at the beginning. As in SQLite it is also for a transaction that has changed nothing.
   */
  void lockForCommit();

  /** Whether {@link #prepareCommit} would write a rollback journal to the disk. */
  boolean needsSuperJournal();

  /**
   * The first phase of a commit of several databases: everything but the moment of commit, where
   * there is a rollback journal. Then only commit or rollback may follow.
   *
   * @param superJournal path of the super-journal whose deletion commits all; empty: none
   */
  void prepareCommit(String superJournal);

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

  /**
   * Copies the log into the database file; waits by the busy handler as the mode says.
   *
   * @return numbers of -1 if there is no log
   * @throws dev.tursojdbc.storage.error.TursoException LOCKED while this connection reads or writes
   */
  CheckpointResult checkpoint(CheckpointMode mode);

  /** What the connection can set, of the database and of itself. */
  PagerSettings settings();

  /** The database that all connections share. */
  DatabaseFile database();

  /** Rolls back what is open and leaves; the last one out checkpoints and removes the log. */
  @Override
  void close();
}
