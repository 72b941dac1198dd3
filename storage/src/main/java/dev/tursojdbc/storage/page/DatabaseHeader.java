package dev.tursojdbc.storage.page;

import static dev.tursojdbc.storage.page.PageBytes.getByte;
import static dev.tursojdbc.storage.page.PageBytes.getInt;
import static dev.tursojdbc.storage.page.PageBytes.getShort;
import static dev.tursojdbc.storage.page.PageBytes.putInt;
import static dev.tursojdbc.storage.page.PageBytes.putShort;

import dev.tursojdbc.storage.error.CorruptDatabaseException;
import dev.tursojdbc.storage.error.ErrorCode;
import dev.tursojdbc.storage.error.TursoException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The first 100 bytes of a database file.
 *
 * <pre>
 *   offset  size  field
 *        0    16  "SQLite format 3" and a zero byte
 *       16     2  page size in bytes, a power of two from 512 to 32768, or 1 for 65536
 *       18     1  write version: 1 rollback journal, 2 write-ahead log
 *       19     1  read version: likewise
 *       20     1  bytes reserved at the end of each page
 *       21     3  largest, smallest and leaf payload fraction: always 64, 32, 32
 *       24     4  change counter
 *       28     4  size of the database in pages; counts only if the change counter equals the one at 92
 *       32     4  first freelist trunk page, 0 if there is none
 *       36     4  number of pages on the freelist
 *       40     4  schema cookie
 *       44     4  schema format, 1 to 4; 0 in a database without a schema
 *       48     4  suggested cache size
 *       52     4  largest root page if the database keeps a pointer map, else 0
 *       56     4  text encoding: 1 UTF-8, 2 UTF-16le, 3 UTF-16be; 0 before the first table
 *       60     4  user version
 *       64     4  not 0: incremental vacuum
 *       68     4  application id
 *       72    20  zero
 *       92     4  change counter for which size and library version are valid
 *       96     4  version number of the library that wrote last
 * </pre>
 *
 * <p>What tells a database from something else is checked by {@link #decode} and answered with
 * NOTADB, as in SQLite: magic, page size, read version, fractions, usable size. A size beyond the
 * end of the file is CORRUPT. All other fields are the reader's to judge; a schema format above 4,
 * for instance, is refused by who reads the schema. Who writes page 1 changes single fields at the
 * offsets given here.
 */
public record DatabaseHeader(
    int pageSize,
    int writeVersion,
    int readVersion,
    int reservedBytes,
    int changeCounter,
    int pageCount,
    int firstFreelistTrunk,
    int freelistCount,
    int schemaCookie,
    int schemaFormat,
    int defaultCacheSize,
    int largestRootPage,
    int textEncoding,
    int userVersion,
    int incrementalVacuum,
    int applicationId,
    int versionValidFor,
    int libraryVersion) {

  /** Bytes in the header. */
  public static final int SIZE = 100;

  public static final int PAGE_SIZE_OFFSET = 16;
  public static final int WRITE_VERSION_OFFSET = 18;
  public static final int READ_VERSION_OFFSET = 19;
  public static final int RESERVED_BYTES_OFFSET = 20;
  private static final int FRACTIONS_OFFSET = 21;
  public static final int CHANGE_COUNTER_OFFSET = 24;
  public static final int PAGE_COUNT_OFFSET = 28;
  public static final int FREELIST_TRUNK_OFFSET = 32;
  public static final int FREELIST_COUNT_OFFSET = 36;
  public static final int SCHEMA_COOKIE_OFFSET = 40;
  public static final int SCHEMA_FORMAT_OFFSET = 44;
  public static final int DEFAULT_CACHE_SIZE_OFFSET = 48;
  public static final int LARGEST_ROOT_PAGE_OFFSET = 52;
  public static final int TEXT_ENCODING_OFFSET = 56;
  public static final int USER_VERSION_OFFSET = 60;
  public static final int INCREMENTAL_VACUUM_OFFSET = 64;
  public static final int APPLICATION_ID_OFFSET = 68;
  public static final int VERSION_VALID_FOR_OFFSET = 92;
  public static final int LIBRARY_VERSION_OFFSET = 96;

  /** Read and write version of a database that uses a rollback journal. */
  public static final int ROLLBACK_JOURNAL = 1;

  /** Read and write version of a database that uses a write-ahead log. */
  public static final int WRITE_AHEAD_LOG = 2;

  public static final int UTF_8 = 1;
  public static final int UTF_16LE = 2;
  public static final int UTF_16BE = 3;

  /** SQLite 3.54.1, whose format and behaviour we have. */
  public static final int LIBRARY_VERSION = 3054001;

  public static final int MIN_PAGE_SIZE = 512;
  public static final int MAX_PAGE_SIZE = 65536;

  /** Fewer usable bytes in a page than this cannot hold the cells that every tree must hold. */
  private static final int MIN_USABLE_SIZE = 480;

  private static final byte[] MAGIC = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] FRACTIONS = {64, 32, 32};

  public DatabaseHeader {
    if (!isPageSize(pageSize)) {
      throw new IllegalArgumentException("page size " + pageSize);
    }
    if (pageSize - reservedBytes < MIN_USABLE_SIZE) {
      throw new IllegalArgumentException(reservedBytes + " reserved bytes of " + pageSize);
    }
  }

  /** The header of a database that is made anew, in WAL mode, with one page and no schema. */
  public static DatabaseHeader initial(int pageSize, int reservedBytes) {
    return new DatabaseHeader(
        pageSize,
        WRITE_AHEAD_LOG,
        WRITE_AHEAD_LOG,
        reservedBytes,
        0,
        1,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        LIBRARY_VERSION);
  }

  /**
   * Reads the header from the beginning of a file or of page 1.
   *
   * @param bytes at least {@link #SIZE} bytes
   * @throws TursoException NOTADB if this is no database, or one of a newer format
   */
  public static DatabaseHeader decode(byte[] bytes) {
    if (!Arrays.equals(bytes, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
      throw notADatabase("it does not begin with \"SQLite format 3\"");
    }
    if (getByte(bytes, READ_VERSION_OFFSET) > WRITE_AHEAD_LOG) {
      throw notADatabase("its read version is " + getByte(bytes, READ_VERSION_OFFSET));
    }
    if (!Arrays.equals(
        bytes,
        FRACTIONS_OFFSET,
        FRACTIONS_OFFSET + FRACTIONS.length,
        FRACTIONS,
        0,
        FRACTIONS.length)) {
      throw notADatabase("its payload fractions are not 64, 32, 32");
    }
    int pageSize = decodePageSize(bytes);
    if (!isPageSize(pageSize)) {
      throw notADatabase("its page size is " + pageSize);
    }
    int reservedBytes = getByte(bytes, RESERVED_BYTES_OFFSET);
    if (pageSize - reservedBytes < MIN_USABLE_SIZE) {
      throw notADatabase(reservedBytes + " bytes of each page of " + pageSize + " are reserved");
    }
    return new DatabaseHeader(
        pageSize,
        getByte(bytes, WRITE_VERSION_OFFSET),
        getByte(bytes, READ_VERSION_OFFSET),
        reservedBytes,
        getInt(bytes, CHANGE_COUNTER_OFFSET),
        getInt(bytes, PAGE_COUNT_OFFSET),
        getInt(bytes, FREELIST_TRUNK_OFFSET),
        getInt(bytes, FREELIST_COUNT_OFFSET),
        getInt(bytes, SCHEMA_COOKIE_OFFSET),
        getInt(bytes, SCHEMA_FORMAT_OFFSET),
        getInt(bytes, DEFAULT_CACHE_SIZE_OFFSET),
        getInt(bytes, LARGEST_ROOT_PAGE_OFFSET),
        getInt(bytes, TEXT_ENCODING_OFFSET),
        getInt(bytes, USER_VERSION_OFFSET),
        getInt(bytes, INCREMENTAL_VACUUM_OFFSET),
        getInt(bytes, APPLICATION_ID_OFFSET),
        getInt(bytes, VERSION_VALID_FOR_OFFSET),
        getInt(bytes, LIBRARY_VERSION_OFFSET));
  }

  /** Writes the whole header, {@link #SIZE} bytes, to the beginning of an array. */
  public void encode(byte[] target) {
    Arrays.fill(target, 0, SIZE, (byte) 0);
    System.arraycopy(MAGIC, 0, target, 0, MAGIC.length);
    putShort(target, PAGE_SIZE_OFFSET, pageSize == MAX_PAGE_SIZE ? 1 : pageSize);
    target[WRITE_VERSION_OFFSET] = (byte) writeVersion;
    target[READ_VERSION_OFFSET] = (byte) readVersion;
    target[RESERVED_BYTES_OFFSET] = (byte) reservedBytes;
    System.arraycopy(FRACTIONS, 0, target, FRACTIONS_OFFSET, FRACTIONS.length);
    putInt(target, CHANGE_COUNTER_OFFSET, changeCounter);
    putInt(target, PAGE_COUNT_OFFSET, pageCount);
    putInt(target, FREELIST_TRUNK_OFFSET, firstFreelistTrunk);
    putInt(target, FREELIST_COUNT_OFFSET, freelistCount);
    putInt(target, SCHEMA_COOKIE_OFFSET, schemaCookie);
    putInt(target, SCHEMA_FORMAT_OFFSET, schemaFormat);
    putInt(target, DEFAULT_CACHE_SIZE_OFFSET, defaultCacheSize);
    putInt(target, LARGEST_ROOT_PAGE_OFFSET, largestRootPage);
    putInt(target, TEXT_ENCODING_OFFSET, textEncoding);
    putInt(target, USER_VERSION_OFFSET, userVersion);
    putInt(target, INCREMENTAL_VACUUM_OFFSET, incrementalVacuum);
    putInt(target, APPLICATION_ID_OFFSET, applicationId);
    putInt(target, VERSION_VALID_FOR_OFFSET, versionValidFor);
    putInt(target, LIBRARY_VERSION_OFFSET, libraryVersion);
  }

  public static boolean isPageSize(int size) {
    return size >= MIN_PAGE_SIZE && size <= MAX_PAGE_SIZE && Integer.bitCount(size) == 1;
  }

  /** The page size as the two bytes have it, which need not be a valid one. */
  private static int decodePageSize(byte[] bytes) {
    int stored = getShort(bytes, PAGE_SIZE_OFFSET);
    // The format's own reading: the low byte, which is 0 in every smaller size, counts 65536s.
    return (stored & 0xFF00) | (stored & 0xFF) << 16;
  }

  /** Bytes of a page that trees may use. */
  public int usableSize() {
    return pageSize - reservedBytes;
  }

  /** Whether the database is in WAL mode. */
  public boolean isWal() {
    return readVersion == WRITE_AHEAD_LOG;
  }

  /** Whether a newer version wrote the file in a way that we can read but must not write. */
  public boolean isReadOnly() {
    return writeVersion > WRITE_AHEAD_LOG;
  }

  public boolean hasPointerMap() {
    return largestRootPage != 0;
  }

  /** The encoding with its default filled in; only two bits of the field count. */
  public int effectiveTextEncoding() {
    int encoding = textEncoding & 3;
    return encoding == 0 ? UTF_8 : encoding;
  }

  /**
   * Size of the database in pages: what the header says if its size is valid, else what the file's
   * size says.
   *
   * @param filePageCount pages in the file, rounded up
   * @throws CorruptDatabaseException if the file is shorter than its header says
   */
  public int pageCount(int filePageCount) {
    if (pageCount == 0 || changeCounter != versionValidFor) {
      return filePageCount;
    }
    if (Integer.compareUnsigned(pageCount, filePageCount) > 0) {
      throw CorruptDatabaseException.atPage(
          1,
          "the header counts "
              + Integer.toUnsignedString(pageCount)
              + " pages, the file has "
              + filePageCount);
    }
    return pageCount;
  }

  private static TursoException notADatabase(String finding) {
    return new TursoException(
        ErrorCode.NOTADB, ErrorCode.NOTADB.message(), new IllegalArgumentException(finding));
  }
}
