package dev.tursojdbc.storage.journal;

import dev.tursojdbc.storage.file.StorageFile;
import dev.tursojdbc.storage.wal.SyncMode;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Pages saved in memory: good for a failed commit, not for a process that dies in one. */
final class MemoryJournal implements SavedPages {
  private static final class Saved {
    final int pageNumber;
    final byte[] content;

    Saved(int pageNumber, byte[] content) {
      this.pageNumber = pageNumber;
      this.content = content;
    }
  }

  private final int pageSize;
  private final int pageCount;
  private final List<Saved> pages = new ArrayList<>();

  /**
   * @param pageCount size of the database before the transaction
   */
  MemoryJournal(int pageSize, int pageCount) {
    this.pageSize = pageSize;
    this.pageCount = pageCount;
  }

  @Override
  public void save(int pageNumber, byte[] bytes, int offset) {
    pages.add(new Saved(pageNumber, Arrays.copyOfRange(bytes, offset, offset + pageSize)));
  }

  @Override
  public void seal(SyncMode syncMode, String superJournal) {
    // Memory is as safe as it gets.
  }

  @Override
  public void restore(StorageFile database) {
    for (Saved page : pages) {
      database.write((page.pageNumber - 1L) * pageSize, ByteBuffer.wrap(page.content));
    }
    database.truncate((long) pageCount * pageSize);
  }

  @Override
  public void end(SyncMode syncMode, boolean exclusive, long sizeLimit) {
    pages.clear();
  }

  @Override
  public void abandon() {
    pages.clear();
  }
}
