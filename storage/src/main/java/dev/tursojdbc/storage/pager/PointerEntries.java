package dev.tursojdbc.storage.pager;

import static dev.tursojdbc.storage.page.PageBytes.getInt;
import static dev.tursojdbc.storage.page.PageBytes.putInt;

import dev.tursojdbc.storage.error.CorruptDatabaseException;
import dev.tursojdbc.storage.page.DatabaseHeader;
import dev.tursojdbc.storage.page.PageWriter;
import dev.tursojdbc.storage.page.PointerMap;
import org.jspecify.annotations.Nullable;

/** The entries of a database's pointer map; see {@link PointerMap} for where they lie. */
final class PointerEntries {
  private static final int TYPE_SHIFT = 32;

  private final PageWriter pages;
  private @Nullable PointerMap map;
  private int mapUsableSize;

  PointerEntries(PageWriter pages) {
    this.pages = pages;
  }

  /** Whether the database keeps a pointer map. */
  boolean exist() {
    return pages.headerValue(DatabaseHeader.LARGEST_ROOT_PAGE_OFFSET) != 0;
  }

  boolean isMapPage(int pageNumber) {
    return map().isMapPage(pageNumber);
  }

  private PointerMap map() {
    PointerMap present = map;
    if (present == null || mapUsableSize != pages.usableSize()) {
      mapUsableSize = pages.usableSize();
      present = new PointerMap(pages.pageSize(), mapUsableSize);
      map = present;
    }
    return present;
  }

  /** Writes an entry, if there is a pointer map and the entry is another one. */
  void set(int pageNumber, int type, int parent) {
    if (!exist()) {
      return;
    }
    int mapPage = mapPageOf(pageNumber);
    int offset = map().entryOffset(pageNumber);
    byte[] image = pages.page(mapPage);
    if (image[offset] != type || getInt(image, offset + 1) != parent) {
      image = pages.writable(mapPage);
      image[offset] = (byte) type;
      putInt(image, offset + 1, parent);
    }
  }

  /** The type in the upper 32 bits, the parent in the lower ones. */
  long get(int pageNumber) {
    byte[] image = pages.page(mapPageOf(pageNumber));
    int offset = map().entryOffset(pageNumber);
    return (long) (image[offset] & 0xFF) << TYPE_SHIFT
        | Integer.toUnsignedLong(getInt(image, offset + 1));
  }

  int type(int pageNumber) {
    return (int) (get(pageNumber) >>> TYPE_SHIFT);
  }

  private int mapPageOf(int pageNumber) {
    if (!map().hasEntry(pageNumber)) {
      throw CorruptDatabaseException.atPage(pageNumber, "the page has no pointer-map entry");
    }
    return map().mapPageOf(pageNumber);
  }
}
