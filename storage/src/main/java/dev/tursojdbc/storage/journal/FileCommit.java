package dev.tursojdbc.storage.journal;

import dev.tursojdbc.storage.file.FileSystem;
import dev.tursojdbc.storage.file.StorageFile;
import dev.tursojdbc.storage.page.LockBytePage;
import dev.tursojdbc.storage.page.PageSource;
import dev.tursojdbc.storage.wal.SyncMode;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Writes a transaction into the database file, in two phases: {@link #write} saves what it
 * overwrites and writes; {@link #end} makes that final, {@link #undo} takes it back.
 *
 * <p>The caller holds EXCLUSIVE. Pages behind the new end of the database are saved too, since the
 * file is cut.
 */
final class FileCommit {
  /** Pages that are read or written at a time. */
  private static final int MAX_RUN = 64;

  private final FileSystem fileSystem;
  private final StorageFile database;
  private final SavedPages saved;
  private final int oldPageSize;
  private final int oldPageCount;
  private final SyncMode syncMode;

  /** Where a run of saved pages is read into. */
  private byte[] original = new byte[0];

  /** Whether the database may have been written. */
  private boolean begun;

  /** What the transaction wrote. */
  @FunctionalInterface
  interface Images {
    /** The new image of the page at an index of the list of pages. */
    byte[] image(int index);
  }

  /**
   * @param oldPageCount size of the database before the transaction
   */
  FileCommit(
      FileSystem fileSystem,
      StorageFile database,
      SavedPages saved,
      int oldPageSize,
      int oldPageCount,
      SyncMode syncMode) {
    this.fileSystem = fileSystem;
    this.database = database;
    this.saved = saved;
    this.oldPageSize = oldPageSize;
    this.oldPageCount = oldPageCount;
    this.syncMode = syncMode;
  }

  /**
   * @param pages those to be written, in ascending order, none behind the new end
   * @param pageCount size of the database after the transaction
   * @param superJournal path of the super-journal, empty if there is none
   */
  void write(int[] pages, Images images, int pageCount, String superJournal) {
    save(pages);
    saveFrom(pageCount + 1);
    begin(superJournal);
    writeAll(images, pages, oldPageSize);
    finishWriting((long) pageCount * oldPageSize);
  }

  /** Replaces the whole database by another one, whose pages may have another size. */
  void replaceBy(PageSource content) {
    saveFrom(1);
    begin("");
    int pageSize = content.pageSize();
    int count = content.pageCount();
    writeAll(index -> content.page(index + 1), ascending(count), pageSize);
    finishWriting((long) count * pageSize);
  }

  private static int[] ascending(int count) {
    int[] numbers = new int[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = i + 1;
    }
    return numbers;
  }

  private void save(int[] pages) {
    for (int i = 0; i < pages.length && pages[i] <= oldPageCount; ) {
      int length = runLength(pages, i);
      saveRun(pages[i], Math.min(length, oldPageCount - pages[i] + 1));
      i += length;
    }
  }

  private void saveFrom(int firstPage) {
    for (int page = firstPage; page <= oldPageCount; page += MAX_RUN) {
      saveRun(page, Math.min(MAX_RUN, oldPageCount - page + 1));
    }
  }

  /** How many of the pages from an index on lie next to each other. */
  private static int runLength(int[] pages, int from) {
    int length = 1;
    while (length < MAX_RUN
        && from + length < pages.length
        && pages[from + length] == pages[from] + length) {
      length++;
    }
    return length;
  }

  private void saveRun(int firstPage, int count) {
    int size = count * oldPageSize;
    if (original.length < size) {
      original = new byte[size];
    }
    int read = database.read((firstPage - 1L) * oldPageSize, original, 0, size);
    Arrays.fill(original, read, size, (byte) 0);
    for (int i = 0; i < count && i * oldPageSize < read; i++) {
      if (firstPage + i != LockBytePage.number(oldPageSize)) {
        saved.save(firstPage + i, original, i * oldPageSize);
      }
    }
  }

  private void begin(String superJournal) {
    saved.seal(syncMode, superJournal);
    fileSystem.reached("journal.commit.sealed");
    begun = true;
  }

  private void writeAll(Images images, int[] pages, int pageSize) {
    int lockBytePage = LockBytePage.number(pageSize);
    ByteBuffer[] run = new ByteBuffer[MAX_RUN];
    for (int i = 0; i < pages.length; ) {
      int length = pages[i] == lockBytePage ? 1 : runLength(pages, i);
      for (int j = 1; j < length; j++) {
        if (pages[i + j] == lockBytePage) {
          length = j;
        }
      }
      if (pages[i] != lockBytePage) {
        for (int j = 0; j < length; j++) {
          run[j] = ByteBuffer.wrap(images.image(i + j));
        }
        database.write((pages[i] - 1L) * pageSize, run, length);
      }
      i += length;
    }
  }

  private void finishWriting(long size) {
    long present = database.size();
    if (present > size) {
      database.truncate(size);
    } else if (present < size) {
      // The last page is one that nobody reads.
      database.write(size - 1, ByteBuffer.allocate(1));
    }
    fileSystem.reached("journal.commit.written");
    if (syncMode != SyncMode.OFF) {
      database.sync(false);
    }
  }

  /** The moment of commit. */
  void end(boolean exclusive, long sizeLimit) {
    fileSystem.reached("journal.commit.before-end");
    saved.end(syncMode, exclusive, sizeLimit);
  }

  /** Puts the database back. If that fails, the journal stays, for who opens the database next. */
  void undo(boolean exclusive, long sizeLimit) {
    boolean undone = false;
    try {
      restore(exclusive, sizeLimit);
      undone = true;
    } finally {
      if (!undone) {
        saved.abandon();
      }
    }
  }

  private void restore(boolean exclusive, long sizeLimit) {
    fileSystem.reached("journal.commit.undo");
    if (begun) {
      saved.restore(database);
      if (syncMode != SyncMode.OFF) {
        database.sync(false);
      }
    }
    saved.end(syncMode, exclusive, sizeLimit);
  }
}
