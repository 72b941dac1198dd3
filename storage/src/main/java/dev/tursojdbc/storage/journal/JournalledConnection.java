package dev.tursojdbc.storage.journal;

import dev.tursojdbc.storage.error.ErrorCode;
import dev.tursojdbc.storage.error.TursoException;
import dev.tursojdbc.storage.file.FileSystem;
import dev.tursojdbc.storage.file.StorageFile;
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
 * cache asks; behind them come the transaction's own, in the {@link SpillFile}. {@link
 * TransactionLock} says when it locks what, {@link JournalledCommit} how it commits.
 */
public final class JournalledConnection implements Wal {
  private final JournalledFile shared;
  private final FileSystem fileSystem;
  private final StorageFile file;
  private final boolean readOnly;
  private final TransactionLock lock;
  private final JournalledCommit commit;

  private JournalMode mode = JournalMode.DELETE;
  private WalAutoActions actions = WalAutoActions.DEFAULT;

  private JournalledFile.@Nullable State state;
  private @Nullable WalSnapshot snapshot;
  private boolean reading;
  private boolean writing;
  private @Nullable SpillFile spill;

  JournalledConnection(JournalledFile shared, StorageFile own, boolean readOnly) {
    this.shared = shared;
    this.fileSystem = shared.fileSystem();
    this.file = own;
    this.readOnly = readOnly;
    this.lock = new TransactionLock(shared, own, readOnly);
    this.commit = new JournalledCommit(shared, own);
  }

  /**
   * Changes the journal mode. A journal that was kept for a mode that the connection leaves is
   * deleted if nobody writes.
   */
  public void setMode(JournalMode newMode) {
    JournalMode old = mode;
    mode = newMode;
    if (old.keepsJournalFile()
        && !newMode.keepsJournalFile()
        && !lock.isExclusiveMode()
        && !readOnly) {
      lock.tryDeleteJournal();
    }
  }

  /** Whether locks stay from one transaction to the next: {@code PRAGMA locking_mode}. */
  public void setExclusive(boolean keepsLocks) {
    lock.setExclusiveMode(keepsLocks);
  }

  /** Gives back what was kept, for somebody who needs the file for himself. */
  public void releaseLocks() {
    if (reading) {
      throw new IllegalStateException("still reading");
    }
    lock.release();
  }

  @Override
  public boolean beginRead() {
    if (reading) {
      throw new IllegalStateException("already reading");
    }
    lock.beginRead();
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
        lock.release();
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
      lock.endRead();
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
    lock.beginWrite();
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
      lock.endWrite();
    }
  }

  /** Takes back what a commit wrote that did not come to its end. */
  private void undo() {
    boolean undone = false;
    try {
      commit.undo(lock.isExclusiveMode(), actions.journalSizeLimit());
      undone = true;
    } finally {
      if (!undone) {
        // The journal is hot now; who takes SHARED next rolls it back.
        shared.distrust();
        lock.release();
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
    lock.lockForCommit(busy);
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
    lock.requireLockedForCommit();
    commit.prepare(all, pageCount, mode, syncMode, superJournal);
  }

  @Override
  public void commit(
      int[] pageNumbers, byte[][] images, int count, int pageCount, SyncMode syncMode) {
    if (!commit.isPrepared()) {
      lockForCommit(BusyHandler.NONE);
      prepareCommit(pageNumbers, images, count, pageCount, syncMode, "");
    }
    adopt(commit.finish(lock.isExclusiveMode(), actions.journalSizeLimit()));
    fileSystem.reached("journal.commit.published");
  }

  /**
   * Commits another database in place of this one; pages may have another size. Afterwards the file
   * is to be opened anew.
   */
  public void replaceBy(PageSource content, SyncMode syncMode) {
    requireWriting();
    lock.requireLockedForCommit();
    commit.replaceBy(content, mode, syncMode, lock.isExclusiveMode(), actions.journalSizeLimit());
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
      lock.release();
      file.close();
    }
  }
}
