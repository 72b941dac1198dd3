package dev.tursojdbc.storage.pager;

import dev.tursojdbc.storage.error.CorruptDatabaseException;
import dev.tursojdbc.storage.error.ErrorCode;
import dev.tursojdbc.storage.error.TursoException;
import dev.tursojdbc.storage.page.DatabaseHeader;
import dev.tursojdbc.storage.page.LockBytePage;
import dev.tursojdbc.storage.page.PointerType;

/**
 * Gives out pages of the database and takes them back: from the freelist first, else by growing the
 * database at its end, where the lock-byte page and pointer-map pages are passed over.
 */
final class PageAllocator {
  private final ConnectionPager pager;
  private final PointerEntries pointers;
  private final Freelist freelist;

  PageAllocator(ConnectionPager pager, PointerEntries pointers) {
    this.pager = pager;
    this.pointers = pointers;
    this.freelist = new Freelist(pager);
  }

  int allocate(int near) {
    int pageNumber = freelist.size() != 0 ? freelist.take(near) : grow();
    pager.makeBlank(pageNumber);
    return pageNumber;
  }

  boolean allocateExactly(int pageNumber) {
    if (pageNumber == nextPage()) {
      grow();
    } else if (!isFreeForAllItSeems(pageNumber) || !freelist.takeExactly(pageNumber)) {
      return false;
    }
    pager.makeBlank(pageNumber);
    return true;
  }

  /** Spares a search of the freelist where the pointer map knows better. */
  private boolean isFreeForAllItSeems(int pageNumber) {
    return pageNumber >= 2
        && pageNumber <= pager.pageCount()
        && (!pointers.exist() || pointers.type(pageNumber) == PointerType.FREE);
  }

  private int grow() {
    int mapPage = skipLockBytePage(pager.pageCount() + 1);
    int next = nextPage();
    if (next < 0 || next == Integer.MAX_VALUE || next > pager.settings().maxPageCount()) {
      throw new TursoException(ErrorCode.FULL);
    }
    resize(next);
    if (mapPage != next) {
      pager.makeBlank(mapPage);
    }
    return next;
  }

  /** The page that the database grows by next, behind pages that are not for use. */
  private int nextPage() {
    int next = skipLockBytePage(pager.pageCount() + 1);
    return pointers.exist() && pointers.isMapPage(next) ? skipLockBytePage(next + 1) : next;
  }

  private int skipLockBytePage(int pageNumber) {
    return pageNumber == LockBytePage.number(pager.pageSize()) ? pageNumber + 1 : pageNumber;
  }

  void free(int pageNumber) {
    if (pageNumber < 2 || pageNumber > pager.pageCount()) {
      throw CorruptDatabaseException.atPage(
          pageNumber, "to be freed, but the database has " + pager.pageCount() + " pages");
    }
    pointers.set(pageNumber, PointerType.FREE, 0);
    if (freelist.put(pageNumber)) {
      pager.setUnneeded(pageNumber);
    }
  }

  void truncate(int pageCount) {
    if (pageCount < 1 || pageCount > pager.pageCount()) {
      throw new IllegalArgumentException(pageCount + " of " + pager.pageCount() + " pages");
    }
    resize(pageCount);
  }

  private void resize(int pageCount) {
    pager.setPageCount(pageCount);
    pager.setHeaderValue(DatabaseHeader.PAGE_COUNT_OFFSET, pageCount);
  }
}
