package dev.tursojdbc.storage.journal;

import static dev.tursojdbc.storage.page.PageBytes.getInt;
import static dev.tursojdbc.storage.page.PageBytes.getLong;
import static dev.tursojdbc.storage.page.PageBytes.getShort;
import static dev.tursojdbc.storage.page.PageBytes.putInt;
import static dev.tursojdbc.storage.page.PageBytes.putLong;

import dev.tursojdbc.storage.file.StorageFile;
import dev.tursojdbc.storage.page.DatabaseHeader;
import dev.tursojdbc.storage.page.LockBytePage;
import java.nio.ByteBuffer;

/**
 * SQLite's rollback journal: the pages that a transaction changes, as they were before.
 *
 * <pre>
 *   journal := segment+ [super-journal name]
 *   segment := header record*              each header begins at a multiple of the sector size
 *
 *   offset  size  field of the header, which is padded to a sector
 *        0     8  magic d9 d5 05 f9 20 a1 63 d7
 *        8     4  number of records in this segment; -1: up to the end of the journal
 *       12     4  nonce, random for each segment
 *       16     4  size of the database in pages before the transaction
 *       20     4  sector size
 *       24     4  page size; 0 in journals of SQLite before 3.5.8
 *
 *   offset  size  field of a record
 *        0     4  page number
 *        4     n  page content; n is the page size
 *      4+n     4  checksum: nonce plus every 200th byte of the content, counted from its end
 * </pre>
 *
 * <p>Integers are big-endian. Sector and page size are those of the first header. The journal ends
 * without an error at the first header without magic and the first record that is incomplete or has
 * a wrong checksum: such are behind the last sync, so the pages they save have not been changed in
 * the database.
 */
final class RollbackJournal {
  static final long MAGIC = 0xd9d505f920a163d7L;
  static final int HEADER_FIELDS_SIZE = 28;
  private static final int UNTIL_THE_END = -1;
  private static final int MIN_SECTOR_SIZE = 32;
  private static final int MAX_SECTOR_SIZE = 0x10000;
  private static final int CHECKSUM_STRIDE = 200;

  /** A header takes at least this much, whatever sector size it states. */
  static final int ASSUMED_SECTOR_SIZE = 512;

  private final StorageFile journal;
  private final long size;

  private long offset;
  private int sectorSize = ASSUMED_SECTOR_SIZE;
  private int pageSize;

  /** Of the segment at hand. */
  private long recordCount;

  private int nonce;
  private int initialPageCount;

  RollbackJournal(StorageFile journal) {
    this.journal = journal;
    this.size = journal.size();
  }

  /** Bytes that a saved page takes. */
  static int recordSize(int pageSize) {
    return 4 + pageSize + 4;
  }

  /** Puts the fields of a header at the beginning of the target. */
  static void encodeHeader(byte[] target, int recordCount, int nonce, int pageCount, int pageSize) {
    putLong(target, 0, MAGIC);
    putInt(target, 8, recordCount);
    putInt(target, 12, nonce);
    putInt(target, 16, pageCount);
    putInt(target, 20, ASSUMED_SECTOR_SIZE);
    putInt(target, 24, pageSize);
  }

  /**
   * Puts a record at an offset of the target.
   *
   * @param source has the page's content from an offset on
   */
  static void encodeRecord(
      byte[] target,
      int targetOffset,
      int nonce,
      int pageNumber,
      byte[] source,
      int sourceOffset,
      int pageSize) {
    putInt(target, targetOffset, pageNumber);
    System.arraycopy(source, sourceOffset, target, targetOffset + 4, pageSize);
    putInt(target, targetOffset + 4 + pageSize, checksum(nonce, source, sourceOffset, pageSize));
  }

  /** Writes all saved pages back and gives the database its old size. Syncs nothing. */
  void playBackInto(StorageFile database) {
    boolean first = true;
    while (readHeader(database, first)) {
      if (first) {
        resize(database);
        first = false;
      }
      if (!playBackSegment(database)) {
        return;
      }
    }
  }

  /** Reads the next header. @return whether there is one */
  private boolean readHeader(StorageFile database, boolean first) {
    offset = (offset + sectorSize - 1) / sectorSize * sectorSize;
    if (offset + sectorSize > size) {
      return false;
    }
    byte[] header = new byte[HEADER_FIELDS_SIZE];
    if (journal.read(offset, header, 0, header.length) < header.length
        || getLong(header, 0) != MAGIC) {
      return false;
    }
    nonce = getInt(header, 12);
    if (first) {
      initialPageCount = getInt(header, 16);
      if (!readSizes(header, database)) {
        return false;
      }
    }
    offset += sectorSize;
    int count = getInt(header, 8);
    recordCount =
        count == UNTIL_THE_END
            ? (size - sectorSize) / recordSize(pageSize)
            : Integer.toUnsignedLong(count);
    return true;
  }

  private boolean readSizes(byte[] header, StorageFile database) {
    int statedSectorSize = getInt(header, 20);
    int statedPageSize = getInt(header, 24);
    if (statedPageSize == 0) {
      statedPageSize = pageSizeOf(database);
    }
    if (!DatabaseHeader.isPageSize(statedPageSize)
        || statedSectorSize < MIN_SECTOR_SIZE
        || statedSectorSize > MAX_SECTOR_SIZE
        || Integer.bitCount(statedSectorSize) != 1) {
      return false;
    }
    sectorSize = statedSectorSize;
    pageSize = statedPageSize;
    return true;
  }

  /** The page size that the database's header states, 0 if there is no header. */
  private static int pageSizeOf(StorageFile database) {
    byte[] stated = new byte[2];
    if (database.read(DatabaseHeader.PAGE_SIZE_OFFSET, stated, 0, 2) < 2) {
      return 0;
    }
    int pageSize = getShort(stated, 0);
    return pageSize == 1 ? DatabaseHeader.MAX_PAGE_SIZE : pageSize;
  }

  private void resize(StorageFile database) {
    long oldSize = Integer.toUnsignedLong(initialPageCount) * pageSize;
    long newSize = database.size();
    if (newSize > oldSize) {
      database.truncate(oldSize);
    } else if (newSize + pageSize <= oldSize) {
      database.write(oldSize - pageSize, ByteBuffer.allocate(pageSize));
    }
  }

  /**
   * @return whether the segment was complete, so that another may follow
   */
  private boolean playBackSegment(StorageFile database) {
    byte[] record = new byte[recordSize(pageSize)];
    ByteBuffer content = ByteBuffer.wrap(record, 4, pageSize);
    int lockBytePage = LockBytePage.number(pageSize);
    for (long i = 0; i < recordCount; i++) {
      if (journal.read(offset, record, 0, record.length) < record.length) {
        return false;
      }
      offset += record.length;
      int pageNumber = getInt(record, 0);
      // A super-journal's name poses as a record of the lock-byte page, which is never saved.
      if (pageNumber == 0 || pageNumber == lockBytePage) {
        return false;
      }
      if (Integer.compareUnsigned(pageNumber, initialPageCount) > 0) {
        continue;
      }
      if (getInt(record, 4 + pageSize) != checksum(nonce, record, 4, pageSize)) {
        return false;
      }
      database.write(
          (Integer.toUnsignedLong(pageNumber) - 1) * pageSize,
          content.clear().position(4).limit(4 + pageSize));
    }
    return true;
  }

  /** The checksum of a record whose page lies at an offset of the bytes. */
  private static int checksum(int nonce, byte[] bytes, int offset, int pageSize) {
    int sum = nonce;
    for (int i = pageSize - CHECKSUM_STRIDE; i > 0; i -= CHECKSUM_STRIDE) {
      sum += bytes[offset + i] & 0xFF;
    }
    return sum;
  }
}
