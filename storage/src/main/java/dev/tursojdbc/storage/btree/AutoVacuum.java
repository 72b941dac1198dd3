package dev.tursojdbc.storage.btree;

import dev.tursojdbc.storage.error.CorruptDatabaseException;
import dev.tursojdbc.storage.page.DatabaseHeader;
import dev.tursojdbc.storage.page.LockBytePage;
import dev.tursojdbc.storage.page.PageWriter;
import dev.tursojdbc.storage.page.PointerMap;
import dev.tursojdbc.storage.page.PointerType;

/**
 * Makes a file with a pointer map smaller: pages at its end move into free pages before, and the
 * file is cut.
 *
 * <p>A full auto-vacuum does this at each commit and leaves no free page. An incremental one does
 * it when asked, page by page. Roots never move: {@link TreeRoots} keeps them at the start.
 */
public final class AutoVacuum {
  private final PageWriter writer;
  private final PointerMap map;
  private final int lockBytePage;

  public AutoVacuum(PageWriter writer) {
    this.writer = writer;
    this.map = new PointerMap(writer.pageSize(), writer.usableSize());
    this.lockBytePage = LockBytePage.number(writer.pageSize());
  }

  /** Whether commits must call {@link #vacuumAll}. */
  public boolean isFull() {
    return writer.hasPointerMap()
        && writer.headerValue(DatabaseHeader.INCREMENTAL_VACUUM_OFFSET) == 0;
  }

  /**
   * Gives back free pages, as {@code PRAGMA incremental_vacuum(n)} does.
   *
   * @param limit how many at most
   * @return by how many pages the file is smaller
   */
  public int vacuum(int limit) {
    if (!writer.hasPointerMap()) {
      return 0;
    }
    int before = writer.pageCount();
    for (int i = 0; i < limit && freePages() > 0; i++) {
      dropLastPage();
    }
    return before - writer.pageCount();
  }

  private int freePages() {
    int count = writer.headerValue(DatabaseHeader.FREELIST_COUNT_OFFSET);
    if (count < 0 || count >= writer.pageCount()) {
      throw CorruptDatabaseException.atPage(1, count + " free pages");
    }
    return count;
  }

  private void dropLastPage() {
    int last = writer.pageCount();
    if (!isReserved(last)) {
      if (type(last) == PointerType.FREE) {
        if (!writer.allocateExactly(last)) {
          throw CorruptDatabaseException.atPage(last, "free page is not on the freelist");
        }
      } else {
        moveTo(last, writer.allocate(0));
      }
    }
    int rest = last - 1;
    while (isReserved(rest)) {
      rest--;
    }
    writer.truncate(rest);
  }

  private void moveTo(int from, int free) {
    writer.spillPoint();
    if (free >= from) {
      throw CorruptDatabaseException.atPage(from, "page " + free + " was to be free");
    }
    PageRelocation.move(writer, from, free);
  }

  /** Gives back all free pages, before a commit. */
  public void vacuumAll() {
    int free = freePages();
    if (free == 0) {
      return;
    }
    int count = writer.pageCount();
    int rest = pageCountWithout(free);
    for (int last = count; last > rest; last--) {
      if (!isReserved(last) && type(last) != PointerType.FREE) {
        moveTo(last, allocateUpTo(rest));
      }
    }
    // All pages still on the freelist are behind the new end.
    writer.setHeaderValue(DatabaseHeader.FREELIST_TRUNK_OFFSET, 0);
    writer.setHeaderValue(DatabaseHeader.FREELIST_COUNT_OFFSET, 0);
    writer.truncate(rest);
  }

  private int allocateUpTo(int limit) {
    while (true) {
      if (freePages() == 0) {
        throw CorruptDatabaseException.atPage(1, "fewer free pages than the pointer map says");
      }
      int page = writer.allocate(0);
      if (page <= limit) {
        return page;
      }
      // It is behind the new end and goes with it.
      writer.setPointer(page, PointerType.FREE, 0);
    }
  }

  private int pageCountWithout(int free) {
    int count = writer.pageCount();
    int used = count - free - map.mapPageCount(count) - (count >= lockBytePage ? 1 : 0);
    if (used < 1) {
      throw CorruptDatabaseException.atPage(1, free + " free pages of " + count);
    }
    int rest = used;
    while (rest - map.mapPageCount(rest) - (rest >= lockBytePage ? 1 : 0) < used) {
      rest++;
    }
    return rest;
  }

  private int type(int pageNumber) {
    int type = (int) (writer.pointer(pageNumber) >>> 32);
    if (type == PointerType.ROOT) {
      throw CorruptDatabaseException.atPage(pageNumber, "root page at the end of the file");
    }
    return type;
  }

  private boolean isReserved(int pageNumber) {
    return pageNumber == lockBytePage || map.isMapPage(pageNumber);
  }
}
