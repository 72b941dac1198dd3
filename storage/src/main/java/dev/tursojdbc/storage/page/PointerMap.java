package dev.tursojdbc.storage.page;

/**
 * Where the pointer-map entries of a database lie.
 *
 * <pre>
 *   entry := type:1 parent:4         type is one of {@link PointerType}
 * </pre>
 *
 * <p>The first pointer-map page is page 2. It holds the entries of as many pages as fit, which
 * follow it; then comes the next pointer-map page. Where that would be the {@link LockBytePage},
 * the one after it is taken, and the lock-byte page's own entry lies unused in front of its range.
 * Page 1, pointer-map pages and the lock-byte page have no entry.
 */
public final class PointerMap {
  public static final int ENTRY_SIZE = 5;

  private static final int FIRST_PAGE = 2;

  private final int lockBytePage;
  private final int entriesPerPage;

  public PointerMap(int pageSize, int usableSize) {
    this.lockBytePage = LockBytePage.number(pageSize);
    this.entriesPerPage = usableSize / ENTRY_SIZE;
  }

  /** The pointer-map page for a page; the page itself if it is one. Not for page 1. */
  public int mapPageOf(int pageNumber) {
    assert pageNumber >= FIRST_PAGE;
    int group = (pageNumber - FIRST_PAGE) / (entriesPerPage + 1);
    int mapPage = group * (entriesPerPage + 1) + FIRST_PAGE;
    return mapPage == lockBytePage ? mapPage + 1 : mapPage;
  }

  public boolean isMapPage(int pageNumber) {
    return pageNumber >= FIRST_PAGE && mapPageOf(pageNumber) == pageNumber;
  }

  /**
   * Where a page's entry begins in its pointer-map page. Negative for the lock-byte page where that
   * displaces a pointer-map page, -5 for a pointer-map page itself: neither has an entry.
   */
  public int entryOffset(int pageNumber) {
    return ENTRY_SIZE * (pageNumber - mapPageOf(pageNumber) - 1);
  }

  /** Whether the page is one that trees, overflow chains or the freelist can contain. */
  public boolean hasEntry(int pageNumber) {
    return pageNumber > FIRST_PAGE && pageNumber != lockBytePage && !isMapPage(pageNumber);
  }

  /** Pages that the pointer map itself takes in a database of so many pages. */
  public int mapPageCount(int pageCount) {
    if (pageCount < FIRST_PAGE) {
      return 0;
    }
    int last = mapPageOf(pageCount);
    int group = (pageCount - FIRST_PAGE) / (entriesPerPage + 1);
    // The last group's map page was displaced by the lock-byte page beyond the end.
    return last > pageCount ? group : group + 1;
  }
}
