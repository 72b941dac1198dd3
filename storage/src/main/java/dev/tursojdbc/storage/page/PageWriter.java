package dev.tursojdbc.storage.page;

/**
 * The pages of a write transaction: newest images, and the right to change, allocate and free them.
 */
public interface PageWriter extends PageSource {

  /**
   * The newest image of a page, made changeable in place: copied first if an older epoch, a
   * savepoint or another connection may still need it. An image obtained earlier for the same page
   * may be stale after this call, unless it was itself obtained here in the current epoch.
   */
  byte[] writable(int pageNumber);

  /**
   * Takes a page from the freelist or from the end of the file. Its image is zeroed and writable.
   * The page that holds the lock bytes and pointer-map pages are never handed out.
   *
   * @param near page number that the new page should be close to, or 0
   */
  int allocate(int near);

  /** Puts a page on the freelist. */
  void free(int pageNumber);

  /** Whether the database keeps a pointer map (auto-vacuum or incremental vacuum). */
  boolean hasPointerMap();

  /**
   * Records who refers to a page. Does nothing if the database keeps no pointer map.
   *
   * @param type one of the {@link PointerType} constants
   * @param parent the referring page, 0 for roots and free pages
   */
  void setPointer(int pageNumber, int type, int parent);
}
