package dev.tursojdbc.storage.journal;

import dev.tursojdbc.storage.error.ErrorCode;
import dev.tursojdbc.storage.error.TursoException;
import dev.tursojdbc.storage.file.FileSystem;
import dev.tursojdbc.storage.file.StorageFile;
import dev.tursojdbc.storage.journal.DatabaseFileLock.Level;
import dev.tursojdbc.storage.page.DatabaseHeader;
import dev.tursojdbc.storage.page.PageSource;
import dev.tursojdbc.storage.wal.BusyHandler;
import dev.tursojdbc.storage.wal.CheckpointMode;
import dev.tursojdbc.storage.wal.CheckpointResult;
import dev.tursojdbc.storage.wal.SyncMode;
import dev.tursojdbc.storage.wal.Wal;
import dev.tursojdbc.storage.wal.WalAutoActions;
import dev.tursojdbc.storage.wal.WalPosition;
import dev.tursojdbc.storage.wal.WalSnapshot;
import org.jspecify.annotations.Nullable;

/**
 * One connection's view of a {@link JournalledFile}, in the shape of a log.
 *
 * <p>All committed pages are in the database file, none in frames. The snapshot holds because its
 * owner holds SHARED: nobody can commit meanwhile, but this connection itself. The "frames" of the
 * snapshot merely name the pages that the last commit of this process changed, which is what a page
 * cache asks; behind them come the transaction's own, in the {@link SpillFile}.
 *
 * <pre>
 *   beginRead: SHARED   beginWrite: RESERVED   lockForCommit: EXCLUSIVE   endWrite: SHARED   endRead: NONE
 * </pre>
 *
 * <p>In exclusive locking mode what was locked stays locked from one transaction to the next.
 */
public final class JournalledConnection implements Wal {
  private final JournalledFile shared;
  private final FileSystem fileSystem;
  private final StorageFile file;
  private final boolean readOnly;
  private final DatabaseFileLock lock;

  private JournalMode mode = JournalMode.DELETE;
  private boolean exclusive;
  private WalAutoActions actions = WalAutoActions.DEFAULT;

  private JournalledFile.@Nullable State state;
  private @Nullable WalSnapshot snapshot;
  private boolean reading;
  private boolean writing;
  private @Nullable SpillFile spill;

  /** A commit whose first phase has begun. */
  private @Nullable FileCommit commit;

  /** What it writes, and the size of the file that it leaves. */
  private @Nullable CommittedImages committing;

  private long committedSize;

  JournalledConnection(JournalledFile shared, StorageFile own, boolean readOnly) {
    this.shared = shared;
    this.fileSystem = shared.fileSystem();
    this.file = own;
    this.readOnly = readOnly;
    this.lock = new DatabaseFileLock(own);
  }

  /** Journal mode of the transactions to come. */
  public JournalMode mode() {
    return mode;
  }

  /**
   * Changes the journal mode. A journal that was kept for a mode that the connection leaves is
   * deleted if nobody writes.
   */
  public void setMode(JournalMode newMode) {
    JournalMode old = mode;
    mode = newMode;
    if (old.keepsJournalFile() && !newMode.keepsJournalFile() && !exclusive && !readOnly) {
      deleteJournal();
    }
  }

  private void deleteJournal() {
    boolean mustLock = lock.level() == Level.NONE;
    if (mustLock && !lock.tryShared()) {
      return;
    }
    try {
      String journal = JournalFile.pathFor(shared.path());
      if (lock.level() == Level.SHARED) {
        lock.runReserved(() -> fileSystem.delete(journal));
      } else {
        fileSystem.delete(journal);
      }
    } finally {
      if (mustLock) {
        lock.close();
      }
    }
  }

  /** Whether locks stay from one transaction to the next: {@code PRAGMA locking_mode}. */
  public void setExclusive(boolean keepsLocks) {
    exclusive = keepsLocks;
  }

  /** Gives back what was kept, for somebody who needs the file for himself. */
  public void releaseLocks() {
    if (reading) {
      throw new IllegalStateException("still reading");
    }
    lock.close();
  }

  @Override
  public boolean beginRead() {
    if (reading) {
      throw new IllegalStateException("already reading");
    }
    if (lock.level() == Level.NONE) {
      lockShared();
    } else if (!exclusive && lock.level() != Level.SHARED) {
      lock.downgrade();
    }
    boolean begun = false;
    try {
      JournalledFile.State newest = shared.validate();
      boolean changed = state == null || state.changeCount != newest.changeCount;
      adopt(newest);
      reading = true;
      begun = true;
      fileSystem.reached("journal.read.begun");
      return changed;
    } finally {
      if (!begun) {
        lock.close();
      }
    }
  }

  private void lockShared() {
    if (!lock.tryShared()) {
      throw new TursoException(ErrorCode.BUSY);
    }
    boolean ready = false;
    try {
      if (HotJournal.rollBackIfHot(fileSystem, file, shared.path(), lock, readOnly)) {
        shared.distrust();
      }
      ready = true;
    } finally {
      if (!ready) {
        lock.close();
      }
    }
  }

  @SuppressWarnings("ReferenceEquality") // The same object is the same state.
  private void adopt(JournalledFile.State newest) {
    if (newest != state || snapshot == null) {
      state = newest;
      snapshot =
          new WalSnapshot(newest.generation, newest.changedPages.length, 1, 0, newest.changeCount);
    }
  }

  @Override
  public void endRead() {
    if (writing) {
      throw new IllegalStateException("still writing");
    }
    if (reading) {
      reading = false;
      if (!exclusive) {
        lock.close();
      }
    }
  }

  @Override
  public boolean isReading() {
    return reading;
  }

  @Override
  public WalSnapshot snapshot() {
    WalSnapshot held = snapshot;
    if (!reading || held == null) {
      throw new IllegalStateException("not reading");
    }
    return held;
  }

  @Override
  public int findFrame(int pageNumber) {
    SpillFile spilled = spill;
    return spilled == null ? 0 : spilled.find(pageNumber);
  }

  @Override
  public int findFrame(int pageNumber, int maxFrame) {
    // Whoever asks so asks for committed frames.
    return 0;
  }

  @Override
  public int pageNumber(int frame) {
    JournalledFile.State frozen = state;
    return frozen == null || frame > frozen.changedPages.length
        ? 0
        : frozen.changedPages[frame - 1];
  }

  @Override
  public void readFrame(int frame, byte[] target) {
    spilled().read(frame, target);
  }

  private SpillFile spilled() {
    SpillFile present = spill;
    if (present == null) {
      throw new IllegalStateException("nothing was spilled");
    }
    return present;
  }

  @Override
  public void beginWrite() {
    if (!reading || writing) {
      throw new IllegalStateException(writing ? "already writing" : "not reading");
    }
    if (readOnly) {
      throw new TursoException(ErrorCode.READONLY);
    }
    if (lock.level() == Level.SHARED && !lock.tryReserved()) {
      throw new TursoException(ErrorCode.BUSY);
    }
    writing = true;
    fileSystem.reached("journal.write.begun");
  }

  @Override
  public void endWrite() {
    if (!writing) {
      return;
    }
    writing = false;
    try {
      undo();
    } finally {
      forgetSpilled();
      if (!exclusive && lock.level() != Level.NONE) {
        lock.downgrade();
      }
    }
  }

  /** Takes back what a commit wrote that did not come to its end. */
  private void undo() {
    FileCommit unfinished = commit;
    commit = null;
    committing = null;
    if (unfinished != null) {
      boolean undone = false;
      try {
        unfinished.undo(exclusive, actions.journalSizeLimit());
        undone = true;
      } finally {
        if (!undone) {
          // The journal is hot now; who takes SHARED next rolls it back.
          shared.distrust();
          lock.close();
        }
      }
    }
  }

  private void forgetSpilled() {
    SpillFile spilled = spill;
    spill = null;
    if (spilled != null) {
      spilled.close();
    }
  }

  @Override
  public boolean isWriting() {
    return writing;
  }

  @Override
  public int append(int[] pageNumbers, byte[][] images, int count) {
    requireWriting();
    SpillFile present = spill;
    if (present == null) {
      present = new SpillFile(fileSystem, shared.pageSize(), snapshot().maxFrame());
      spill = present;
    }
    return present.append(pageNumbers, images, count);
  }

  @Override
  public void rewrite(int[] frames, byte[][] images, int count) {
    requireWriting();
    for (int i = 0; i < count; i++) {
      spilled().rewrite(frames[i], images[i]);
    }
  }

  @Override
  public void lockForCommit(BusyHandler busy) {
    requireWriting();
    for (int attempt = 0; lock.level() != Level.EXCLUSIVE && !lock.tryExclusive(); attempt++) {
      if (!busy.retry(attempt)) {
        throw new TursoException(ErrorCode.BUSY);
      }
    }
    fileSystem.reached("journal.commit.locked");
  }

  @Override
  public void prepareCommit(
      int[] pageNumbers,
      byte[][] images,
      int count,
      int pageCount,
      SyncMode syncMode,
      String superJournal) {
    requireWriting();
    CommittedImages all = CommittedImages.of(pageNumbers, images, count, spill, pageCount);
    FileCommit made = newCommit(syncMode);
    commit = made;
    committing = all;
    committedSize = (long) pageCount * shared.pageSize();
    made.write(all.pageNumbers(), all, pageCount, superJournal);
  }

  private FileCommit newCommit(SyncMode syncMode) {
    if (lock.level() != Level.EXCLUSIVE) {
      throw new IllegalStateException("not locked for a commit");
    }
    int oldPageCount = oldPageCount();
    SavedPages saved =
        switch (mode) {
          case DELETE, TRUNCATE, PERSIST ->
              new JournalFile(fileSystem, shared.path(), mode, shared.pageSize(), oldPageCount);
          case MEMORY -> new MemoryJournal(shared.pageSize(), oldPageCount);
          case OFF -> new NoJournal();
          case WAL -> throw new IllegalStateException("no rollback journal");
        };
    return new FileCommit(fileSystem, file, saved, shared.pageSize(), oldPageCount, syncMode);
  }

  private int oldPageCount() {
    byte[] header = new byte[DatabaseHeader.SIZE];
    if (file.read(0, header, 0, header.length) < header.length) {
      return 0;
    }
    long filePages = (file.size() + shared.pageSize() - 1) / shared.pageSize();
    return DatabaseHeader.decode(header).pageCount((int) Math.min(Integer.MAX_VALUE, filePages));
  }

  @Override
  public void commit(
      int[] pageNumbers, byte[][] images, int count, int pageCount, SyncMode syncMode) {
    if (commit == null) {
      lockForCommit(BusyHandler.NONE);
      prepareCommit(pageNumbers, images, count, pageCount, syncMode, "");
    }
    CommittedImages written = committing;
    if (written == null || written.pageNumbers()[0] != 1) {
      throw new IllegalStateException("a commit changes page 1");
    }
    byte[] firstPage = written.image(0);
    finish();
    adopt(shared.committed(written.pageNumbers(), firstPage, committedSize));
    committing = null;
    fileSystem.reached("journal.commit.published");
  }

  private void finish() {
    FileCommit prepared = commit;
    if (prepared == null) {
      throw new IllegalStateException("not prepared");
    }
    prepared.end(exclusive, actions.journalSizeLimit());
    commit = null;
  }

  /**
   * Commits another database in place of this one; pages may have another size. Afterwards the file
   * is to be opened anew.
   */
  public void replaceBy(PageSource content, SyncMode syncMode) {
    requireWriting();
    FileCommit made = newCommit(syncMode);
    commit = made;
    made.replaceBy(content);
    finish();
    shared.setOutdated();
  }

  private void requireWriting() {
    if (!writing) {
      throw new IllegalStateException("not writing");
    }
  }

  /** Where the spilled images end. */
  @Override
  public WalPosition position() {
    requireWriting();
    SpillFile spilled = spill;
    int last = spilled == null ? snapshot().maxFrame() : spilled.last();
    return new WalPosition(snapshot().generation(), last, 0, 0);
  }

  @Override
  public void rollbackTo(WalPosition position) {
    requireWriting();
    SpillFile spilled = spill;
    if (spilled != null) {
      spilled.cut(position.frame());
    }
  }

  @Override
  public void rollback() {
    requireWriting();
    SpillFile spilled = spill;
    if (spilled != null) {
      spilled.cut(spilled.base());
    }
  }

  /** Spilled images are gone with the transaction; what was committed of them is in the file. */
  @Override
  public int lastKeptFrame() {
    return 0;
  }

  @Override
  public boolean overwritesCommitted() {
    return true;
  }

  @Override
  public void setAutoActions(WalAutoActions actions) {
    this.actions = actions;
  }

  @Override
  public boolean isCheckpointDue() {
    return false;
  }

  @Override
  public CheckpointResult checkpoint(
      CheckpointMode checkpointMode, BusyHandler busy, SyncMode sync) {
    return new CheckpointResult(false, -1, -1);
  }

  @Override
  public void close() {
    try {
      endWrite();
      reading = false;
    } finally {
      lock.close();
      file.close();
    }
  }
}
