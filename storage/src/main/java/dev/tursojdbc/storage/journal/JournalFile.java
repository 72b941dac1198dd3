package dev.tursojdbc.storage.journal;

import static dev.tursojdbc.storage.page.PageBytes.getLong;

import dev.tursojdbc.storage.file.FileSystem;
import dev.tursojdbc.storage.file.FileSystem.OpenMode;
import dev.tursojdbc.storage.file.StorageFile;
import dev.tursojdbc.storage.wal.SyncMode;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Pages saved in a {@link RollbackJournal}'s file of one segment.
 *
 * <p>The header is written last, and is zero until then: so a journal counts only once all of it is
 * there. What is synced, SQLite's rules say, with one exception:
 *
 * <pre>
 *   synchronous   before the database is written        end of the journal
 *   OFF           -                                     -
 *   NORMAL        journal, directory                    PERSIST, TRUNCATE: journal
 *   FULL          records, header, directory            likewise
 *   EXTRA         records, header, directory            likewise; DELETE: directory
 * </pre>
 *
 * <p>SQLite does not sync an emptied journal under NORMAL. Then what the next transaction writes
 * into it may reach the disk in part, in the middle of what was there before, and half of a
 * transaction that was committed is undone.
 *
 * <p>Under NORMAL a header may reach the disk before its records; then their checksums stop a
 * rollback, but a page whose checksum is right by chance would be put back wrongly, which is why
 * FULL syncs twice. Where the end is not synced, a power failure may bring the journal back, and
 * the last commit is undone: the database is consistent, but without EXTRA not durable.
 */
final class JournalFile implements SavedPages {
  private static final int SECTOR_SIZE = RollbackJournal.ASSUMED_SECTOR_SIZE;
  private static final int MAX_BUFFER_SIZE = 128 * 1024;
  private static final int FIRST_RECORDS = 4;

  private final FileSystem fileSystem;
  private final String path;
  private final JournalMode mode;
  private final int pageSize;
  private final int pageCount;
  private final int nonce = ThreadLocalRandom.current().nextInt();

  private @Nullable StorageFile file;
  private byte[] buffer;
  private int buffered;

  /** Where the buffer goes. */
  private long offset = SECTOR_SIZE;

  private int recordCount;
  private boolean hasSuperJournal;

  /**
   * @param pageCount size of the database before the transaction
   */
  JournalFile(
      FileSystem fileSystem, String databasePath, JournalMode mode, int pageSize, int pageCount) {
    this.fileSystem = fileSystem;
    this.path = pathFor(databasePath);
    this.mode = mode;
    this.pageSize = pageSize;
    this.pageCount = pageCount;
    this.buffer = new byte[FIRST_RECORDS * RollbackJournal.recordSize(pageSize)];
  }

  static String pathFor(String databasePath) {
    return databasePath + "-journal";
  }

  private StorageFile file() {
    StorageFile present = file;
    if (present == null) {
      present = fileSystem.open(path, OpenMode.CREATE);
      file = present;
      // Whatever lay here before must not be taken for our header.
      present.write(0, ByteBuffer.allocate(SECTOR_SIZE));
    }
    return present;
  }

  @Override
  public void save(int pageNumber, byte[] bytes, int from) {
    if (buffered == buffer.length) {
      if (2 * buffer.length <= MAX_BUFFER_SIZE) {
        buffer = Arrays.copyOf(buffer, 2 * buffer.length);
      } else {
        flush();
      }
    }
    RollbackJournal.encodeRecord(buffer, buffered, nonce, pageNumber, bytes, from, pageSize);
    buffered += RollbackJournal.recordSize(pageSize);
    recordCount++;
  }

  private void flush() {
    StorageFile target = file();
    if (buffered > 0) {
      target.write(offset, ByteBuffer.wrap(buffer, 0, buffered));
      offset += buffered;
      buffered = 0;
    }
  }

  @Override
  public void seal(SyncMode syncMode, String superJournal) {
    flush();
    buffer = new byte[0];
    StorageFile target = file();
    hasSuperJournal = !superJournal.isEmpty();
    if (hasSuperJournal) {
      long end = offset + SuperJournal.writeName(target, offset, superJournal, pageSize);
      // The name counts only at the very end of the file.
      target.truncate(end);
    } else {
      removeStaleHeader(target);
    }
    if (syncMode.compareTo(SyncMode.FULL) >= 0) {
      target.sync(false);
    }
    fileSystem.reached("journal.commit.before-header");
    target.write(0, ByteBuffer.wrap(header()));
    if (syncMode != SyncMode.OFF) {
      target.sync(false);
      // Also for a file that was there: whoever made it may not have synced.
      fileSystem.syncDirectory(path);
    }
  }

  /**
   * In a file that was kept, a header of an earlier journal may lie right where ours would have
   * another segment.
   */
  private void removeStaleHeader(StorageFile target) {
    long next = (offset + SECTOR_SIZE - 1) / SECTOR_SIZE * SECTOR_SIZE;
    byte[] magic = new byte[8];
    if (target.read(next, magic, 0, magic.length) == magic.length
        && getLong(magic, 0) == RollbackJournal.MAGIC) {
      target.write(next, ByteBuffer.allocate(1));
    }
  }

  private byte[] header() {
    byte[] header = new byte[RollbackJournal.HEADER_FIELDS_SIZE];
    RollbackJournal.encodeHeader(header, recordCount, nonce, pageCount, pageSize);
    return header;
  }

  @Override
  public void restore(StorageFile database) {
    StorageFile saved = file;
    // Without it, or if it is empty, the journal has ended, and only the sync of that failed.
    if (saved != null) {
      if (saved.size() > SECTOR_SIZE) {
        saved.write(0, ByteBuffer.wrap(header()));
      }
      new RollbackJournal(saved).playBackInto(database);
    }
  }

  @Override
  public void end(SyncMode syncMode, boolean exclusive, long sizeLimit) {
    StorageFile ending = file;
    if (ending == null) {
      return;
    }
    if (mode == JournalMode.TRUNCATE) {
      ending.truncate(0);
      if (syncMode != SyncMode.OFF) {
        ending.sync(false);
      }
      close();
    } else if (mode == JournalMode.PERSIST || exclusive) {
      zeroHeader(ending, syncMode, sizeLimit);
      close();
    } else {
      fileSystem.delete(path);
      close();
      if (syncMode == SyncMode.EXTRA) {
        fileSystem.syncDirectory(path);
      }
    }
  }

  private void zeroHeader(StorageFile ending, SyncMode syncMode, long sizeLimit) {
    if (hasSuperJournal || sizeLimit == 0) {
      ending.truncate(0);
    } else {
      ending.write(0, ByteBuffer.allocate(RollbackJournal.HEADER_FIELDS_SIZE));
    }
    if (syncMode != SyncMode.OFF) {
      ending.sync(false);
    }
    if (sizeLimit > 0 && ending.size() > sizeLimit) {
      ending.truncate(sizeLimit);
    }
  }

  @Override
  public void abandon() {
    close();
  }

  private void close() {
    StorageFile open = file;
    file = null;
    if (open != null) {
      open.close();
    }
  }
}
