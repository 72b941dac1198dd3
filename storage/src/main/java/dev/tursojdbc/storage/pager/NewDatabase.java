package dev.tursojdbc.storage.pager;

import static dev.tursojdbc.storage.page.PageBytes.putInt;
import static dev.tursojdbc.storage.page.PageBytes.putShort;

import dev.tursojdbc.storage.page.DatabaseHeader;

/**
 * What a database that has no pages yet will be like.
 *
 * @param pageSize bytes in a page
 * @param autoVacuum 0 none, 1 full, 2 incremental
 * @param textEncoding 1 UTF-8, 2 UTF-16le, 3 UTF-16be
 * @param wal whether it is made in WAL mode
 */
record NewDatabase(int pageSize, int autoVacuum, int textEncoding, boolean wal) {
  private static final int DEFAULT_PAGE_SIZE = 4096;
  private static final byte EMPTY_TABLE_LEAF = 13;

  static NewDatabase withPageSize(int pageSize) {
    int valid = DatabaseHeader.isPageSize(pageSize) ? pageSize : DEFAULT_PAGE_SIZE;
    return new NewDatabase(valid, 0, DatabaseHeader.UTF_8, true);
  }

  NewDatabase withPageSizeOf(int bytes) {
    return new NewDatabase(bytes, autoVacuum, textEncoding, wal);
  }

  NewDatabase withAutoVacuum(int mode) {
    return new NewDatabase(pageSize, mode, textEncoding, wal);
  }

  NewDatabase withTextEncoding(int encoding) {
    return new NewDatabase(pageSize, autoVacuum, encoding, wal);
  }

  NewDatabase withWal(boolean walMode) {
    return new NewDatabase(pageSize, autoVacuum, textEncoding, walMode);
  }

  /** Page 1 as it is made: the header, and the schema table's root, an empty leaf. */
  byte[] firstPage() {
    byte[] page = new byte[pageSize];
    DatabaseHeader.initial(pageSize, 0).encode(page);
    if (!wal) {
      page[DatabaseHeader.WRITE_VERSION_OFFSET] = DatabaseHeader.ROLLBACK_JOURNAL;
      page[DatabaseHeader.READ_VERSION_OFFSET] = DatabaseHeader.ROLLBACK_JOURNAL;
    }
    putInt(page, DatabaseHeader.LARGEST_ROOT_PAGE_OFFSET, autoVacuum == 0 ? 0 : 1);
    putInt(page, DatabaseHeader.INCREMENTAL_VACUUM_OFFSET, autoVacuum == 2 ? 1 : 0);
    if (textEncoding != DatabaseHeader.UTF_8) {
      putInt(page, DatabaseHeader.TEXT_ENCODING_OFFSET, textEncoding);
    }
    page[DatabaseHeader.SIZE] = EMPTY_TABLE_LEAF;
    // Where cell content begins; 65536 does not fit and is written as 0.
    putShort(page, DatabaseHeader.SIZE + 5, pageSize);
    return page;
  }
}
