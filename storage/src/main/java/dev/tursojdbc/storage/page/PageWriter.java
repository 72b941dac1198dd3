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
   * Says that nobody holds an image from {@link #writable} that he will still change without asking
   * for it again. Here, and only here, a large transaction may move images of the current epoch out
   * of memory. Trees call it as each change of a tree begins; when there is nothing to move, it
   * costs a comparison.
   */
  default void spillPoint() {}

  /**
   * Takes a page from the freelist or from the end of the file. Its image is zeroed and writable.
   * The page that holds the lock bytes and pointer-map pages are never handed out.
   *
   * @param near page number that the new page should be close to, or 0
   */
  int allocate(int near);

  /**
   * Takes exactly this page, if it is free: on the freelist, or right behind the end of the file.
   * Its image is zeroed and writable.
   *
   * @return whether the page was free
   */
  boolean allocateExactly(int pageNumber);

  /** Puts a page on the freelist; in its pointer map it becomes {@link PointerType#FREE}. */
  void free(int pageNumber);

  /** Cuts the database at its end, after an auto-vacuum moved pages. */
  void truncate(int pageCount);

  /**
   * Changes with each call of {@link #writable}, allocation, free, truncate, new epoch, rollback
   * (to a savepoint too) and new snapshot.
   */
  @Override
  long changeCount();

  /**
   * An integer of the database header at its byte offset, as this connection sees it, such as 40
   * for the schema cookie.
   */
  int headerValue(int offset);

  /** Changes an integer of the database header, in a write transaction. */
  void setHeaderValue(int offset, int value);

  /** Whether the database keeps a pointer map (auto-vacuum or incremental vacuum). */
  boolean hasPointerMap();

  /**
   * Records who refers to a page. Does nothing if the database keeps no pointer map.
   *
   * @param type one of the {@link PointerType} constants
   * @param parent the referring page, 0 for roots and free pages
   * @throws dev.tursojdbc.storage.error.CorruptDatabaseException if the page can have no entry
   */
  void setPointer(int pageNumber, int type, int parent);

  /**
   * Who refers to a page, in a database with a pointer map: the {@link PointerType} in the upper 32
   * bits, the parent in the lower ones. What the entry says is not checked.
   *
   * @throws dev.tursojdbc.storage.error.CorruptDatabaseException if the page can have no entry
   */
  long pointer(int pageNumber);
}
