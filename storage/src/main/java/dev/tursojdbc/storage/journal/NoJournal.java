package dev.tursojdbc.storage.journal;

import dev.tursojdbc.storage.error.ErrorCode;
import dev.tursojdbc.storage.error.TursoException;
import dev.tursojdbc.storage.file.StorageFile;
import dev.tursojdbc.storage.wal.SyncMode;

/** Saves nothing. A transaction can still be rolled back, since it writes only when it commits. */
final class NoJournal implements SavedPages {
  @Override
  public void save(int pageNumber, byte[] bytes, int offset) {
    // That is the point of it.
  }

  @Override
  public void seal(SyncMode syncMode, String superJournal) {
    // There is nothing to be made safe.
  }

  @Override
  public void restore(StorageFile database) {
    throw new TursoException(
        ErrorCode.IOERR,
        ErrorCode.IOERR.message()
            + " (a commit failed halfway, and journal_mode=off has kept nothing to restore "
            + database.path()
            + " from)");
  }

  @Override
  public void end(SyncMode syncMode, boolean exclusive, long sizeLimit) {
    // There is nothing to be forgotten.
  }

  @Override
  public void abandon() {
    // Nothing lies anywhere.
  }
}
