package dev.tursojdbc.storage.btree;

import dev.tursojdbc.storage.error.CorruptDatabaseException;
import dev.tursojdbc.storage.page.PageBytes;
import dev.tursojdbc.storage.page.PageSource;

/**
 * Reads payloads that go on in overflow pages.
 *
 * <p>A chain is followed only as far as the payload's size says, and nothing is allocated for a
 * payload that the database's pages could not hold, so a malformed file costs no more than it is
 * large.
 */
final class OverflowReader {
  private OverflowReader() {}

  /** Refuses a payload that is larger than the database. */
  static void checkSize(PageSource source, CellReader cell, int pageNumber) {
    checkSize(source, cell.payloadSize, pageNumber);
  }

  static void checkSize(PageSource source, int size, int pageNumber) {
    if (size > (long) source.pageSize() * source.pageCount()) {
      throw CorruptDatabaseException.atPage(
          pageNumber,
          "payload of " + size + " bytes in a file of " + source.pageCount() + " pages");
    }
  }

  /**
   * Copies a part of a payload, which must lie inside it.
   *
   * @param image the page with the cell
   * @param from offset in the payload
   */
  static void copy(
      PageSource source,
      CellReader cell,
      byte[] image,
      int pageNumber,
      int from,
      byte[] target,
      int targetOffset,
      int count) {
    cell.requireWhole(pageNumber, 0);
    int position = from;
    int at = targetOffset;
    int rest = count;
    if (position < cell.localSize) {
      int part = Math.min(rest, cell.localSize - position);
      System.arraycopy(image, cell.payloadOffset + position, target, at, part);
      position += part;
      at += part;
      rest -= part;
    }
    if (rest == 0) {
      return;
    }
    checkSize(source, from + count, pageNumber);
    int capacity = cell.sizes.overflowCapacity();
    int pageStart = cell.localSize;
    int next = cell.firstOverflowPage(image);
    while (rest > 0) {
      byte[] overflow = source.page(checkLink(next, pageNumber, source.pageCount()));
      if (position < pageStart + capacity) {
        int part = Math.min(rest, pageStart + capacity - position);
        int offset = PayloadSizes.PAGE_NUMBER_SIZE + position - pageStart;
        System.arraycopy(overflow, offset, target, at, part);
        position += part;
        at += part;
        rest -= part;
      }
      pageStart += capacity;
      next = PageBytes.getInt(overflow, 0);
    }
  }

  /** A link of a chain that must go on: page 1 and 0 are no overflow pages. */
  static int checkLink(int next, int pageNumber, int pageCount) {
    if (next < 2 || next > pageCount) {
      throw CorruptDatabaseException.atPage(
          pageNumber, "an overflow chain goes on at page " + next + " of " + pageCount);
    }
    return next;
  }
}
