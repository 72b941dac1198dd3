package dev.tursojdbc.storage.page;

/**
 * The pages of one snapshot. What a cursor reads from.
 *
 * <p>An image that was handed out is never changed afterwards, except that a {@link PageWriter}
 * hands out the images of its current epoch, which its owner changes in place.
 */
public interface PageSource {

  /**
   * The image of a page, {@link #pageSize()} bytes. Not to be changed. Callers keep it as long as
   * they like; no pin, no release.
   *
   * @throws dev.tursojdbc.storage.error.CorruptDatabaseException if there is no such page
   */
  byte[] page(int pageNumber);

  /** Bytes in a page, 512 to 65536. */
  int pageSize();

  /** Bytes in a page that trees may use: page size less the reserved bytes at its end. */
  int usableSize();

  /** Number of pages in the database as this snapshot sees it. */
  int pageCount();

  /**
   * A number that is the same only as long as every image handed out is still the one that {@link
   * #page} gives for its page, with its content unchanged. Positions in a tree that were kept are
   * valid while it stays the same; it need not be asked during a scan, which nothing changes under.
   */
  long changeCount();
}
