package dev.tursojdbc.storage.journal;

import dev.tursojdbc.storage.file.StorageFile;
import dev.tursojdbc.storage.wal.SyncMode;

/**
 * What a commit is about to overwrite, kept so that it can be put back.
 *
 * <p>Order of calls: {@code save}*, {@code seal}, then the database is written, then {@code end};
 * or, if that failed, {@code restore} and {@code end}.
 */
interface SavedPages {
  /** Saves a page that lies at an offset of the bytes. */
  void save(int pageNumber, byte[] bytes, int offset);

  /**
   * Makes what was saved as safe as the mode asks for; from now on the database may be written.
   *
   * @param superJournal path of the super-journal that this transaction belongs to; empty: none
   */
  void seal(SyncMode syncMode, String superJournal);

  /** Puts everything back and gives the database its old size. Syncs nothing. */
  void restore(StorageFile database);

  /**
   * Forgets what was saved: the moment of commit, or the end of a rollback.
   *
   * @param exclusive whether the connection keeps its lock, so that nobody misses a file that stays
   * @param sizeLimit bytes to which a file that is kept is cut; -1: not cut
   */
  void end(SyncMode syncMode, boolean exclusive, long sizeLimit);

  /** Leaves everything as it lies. */
  void abandon();
}
