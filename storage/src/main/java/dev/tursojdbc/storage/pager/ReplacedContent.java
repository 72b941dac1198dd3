package dev.tursojdbc.storage.pager;

import static dev.tursojdbc.storage.page.PageBytes.getInt;
import static dev.tursojdbc.storage.page.PageBytes.putInt;

import dev.tursojdbc.storage.page.DatabaseHeader;
import dev.tursojdbc.storage.page.LockBytePage;
import dev.tursojdbc.storage.page.PageSource;
import java.util.Arrays;

/**
 * Puts the pages of one database in the place of another's. What the file header says of the file
 * rather than of its content stays: the journal mode and the change counter.
 */
final class ReplacedContent {
  private ReplacedContent() {}

  /** Makes the target a copy of another database with the same page size. */
  static void copy(PageSource content, ConnectionPager target) {
    byte[] header = Arrays.copyOf(target.page(1), DatabaseHeader.SIZE);
    int count = content.pageCount();
    for (int number = 1; number <= count; number++) {
      if (number > target.pageCount()) {
        target.setPageCount(number);
        target.makeBlank(number);
      }
      byte[] image = target.writable(number);
      if (number != LockBytePage.number(target.pageSize())) {
        System.arraycopy(content.page(number), 0, image, 0, image.length);
      }
      target.spillPoint();
    }
    target.setPageCount(count);
    keepHeaderFields(header, target.writable(1), count);
  }

  /**
   * Gives another database's first page what is the file's own.
   *
   * @param before begins with the file's header
   * @param pageCount size of the other database
   */
  static void keepHeaderFields(byte[] before, byte[] firstPage, int pageCount) {
    firstPage[DatabaseHeader.WRITE_VERSION_OFFSET] = before[DatabaseHeader.WRITE_VERSION_OFFSET];
    firstPage[DatabaseHeader.READ_VERSION_OFFSET] = before[DatabaseHeader.READ_VERSION_OFFSET];
    putInt(
        firstPage,
        DatabaseHeader.CHANGE_COUNTER_OFFSET,
        getInt(before, DatabaseHeader.CHANGE_COUNTER_OFFSET));
    putInt(firstPage, DatabaseHeader.PAGE_COUNT_OFFSET, pageCount);
  }
}
