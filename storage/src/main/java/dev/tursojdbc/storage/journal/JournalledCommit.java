package dev.tursojdbc.storage.journal;

import dev.tursojdbc.storage.file.FileSystem;
import dev.tursojdbc.storage.file.StorageFile;
import dev.tursojdbc.storage.page.DatabaseHeader;
import dev.tursojdbc.storage.page.PageSource;
import dev.tursojdbc.storage.wal.SyncMode;
import org.jspecify.annotations.Nullable;

/**
 * The commit of a {@link JournalledConnection}, if one is under way: prepared, then finished or
 * undone. The connection holds EXCLUSIVE meanwhile.
 */
final class JournalledCommit {
  private final JournalledFile shared;
  private final FileSystem fileSystem;
  private final StorageFile file;

  /** The commit whose first phase has begun. */
  private @Nullable FileCommit unfinished;

  /** What it writes, and the size of the file that it leaves. */
  private @Nullable CommittedImages images;

  private long size;

  JournalledCommit(JournalledFile shared, StorageFile file) {
    this.shared = shared;
    this.fileSystem = shared.fileSystem();
    this.file = file;
  }

  boolean isPrepared() {
    return unfinished != null;
  }

  /**
   * Writes everything but the moment of commit.
   *
   * @param pageCount size of the database after the transaction
   * @param superJournal path of the super-journal, empty if there is none
   */
  void prepare(
      CommittedImages all,
      int pageCount,
      JournalMode mode,
      SyncMode syncMode,
      String superJournal) {
    FileCommit made = begin(mode, syncMode);
    images = all;
    size = (long) pageCount * shared.pageSize();
    made.write(all.pageNumbers(), all, pageCount, superJournal);
  }

  private FileCommit begin(JournalMode mode, SyncMode syncMode) {
    int oldPageCount = oldPageCount();
    SavedPages saved =
        switch (mode) {
          case DELETE, TRUNCATE, PERSIST ->
              new JournalFile(fileSystem, shared.path(), mode, shared.pageSize(), oldPageCount);
          case MEMORY -> new MemoryJournal(shared.pageSize(), oldPageCount);
          case OFF -> new NoJournal();
          case WAL -> throw new IllegalStateException("no rollback journal");
        };
    FileCommit made =
        new FileCommit(fileSystem, file, saved, shared.pageSize(), oldPageCount, syncMode);
    unfinished = made;
    return made;
  }

  private int oldPageCount() {
    byte[] header = new byte[DatabaseHeader.SIZE];
    if (file.read(0, header, 0, header.length) < header.length) {
      return 0;
    }
    long filePages = (file.size() + shared.pageSize() - 1) / shared.pageSize();
    return DatabaseHeader.decode(header).pageCount((int) Math.min(Integer.MAX_VALUE, filePages));
  }

  /**
   * The moment of commit.
   *
   * @param exclusive whether the connection keeps its locks, and so the journal
   * @param sizeLimit bytes to which a journal that stays is cut; -1: not cut
   * @return the new state of the file
   */
  JournalledFile.State finish(boolean exclusive, long sizeLimit) {
    CommittedImages written = images;
    if (written == null || written.pageNumbers()[0] != 1) {
      throw new IllegalStateException("a commit changes page 1");
    }
    byte[] firstPage = written.image(0);
    end(exclusive, sizeLimit);
    images = null;
    return shared.committed(written.pageNumbers(), firstPage, size);
  }

  private void end(boolean exclusive, long sizeLimit) {
    FileCommit prepared = unfinished;
    if (prepared == null) {
      throw new IllegalStateException("not prepared");
    }
    prepared.end(exclusive, sizeLimit);
    unfinished = null;
  }

  /**
   * Commits another database in place of this one; pages may have another size. Afterwards the file
   * is to be opened anew.
   */
  void replaceBy(
      PageSource content, JournalMode mode, SyncMode syncMode, boolean exclusive, long sizeLimit) {
    begin(mode, syncMode).replaceBy(content);
    end(exclusive, sizeLimit);
    shared.setOutdated();
  }

  /** Takes back what was written, if there is a commit that did not come to its end. */
  void undo(boolean exclusive, long sizeLimit) {
    FileCommit begun = unfinished;
    unfinished = null;
    images = null;
    if (begun != null) {
      begun.undo(exclusive, sizeLimit);
    }
  }
}
