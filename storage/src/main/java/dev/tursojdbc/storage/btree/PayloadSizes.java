package dev.tursojdbc.storage.btree;

/**
 * How much of a payload lies in its cell, the rest being in overflow pages.
 *
 * <pre>
 *   U = usable size of a page, P = payload size
 *   X = U - 35 in a table leaf, (U - 12) * 64 / 255 - 23 in an index page
 *   M = (U - 12) * 32 / 255 - 23
 *   K = M + (P - M) % (U - 4)
 *   local = P if P <= X, else K if K <= X, else M
 * </pre>
 *
 * <p>So an index page always holds at least four cells, and the last overflow page is as full as it
 * can be. An overflow page begins with the number of the next one, 0 in the last.
 */
final class PayloadSizes {
  /** Bytes of an overflow page, or of a cell, that hold a page number. */
  static final int PAGE_NUMBER_SIZE = 4;

  final int usableSize;
  final int maxLocal;
  final int minLocal;

  PayloadSizes(int usableSize, boolean table) {
    this.usableSize = usableSize;
    maxLocal = table ? usableSize - 35 : (usableSize - 12) * 64 / 255 - 23;
    minLocal = (usableSize - 12) * 32 / 255 - 23;
  }

  int localSize(int payloadSize) {
    return payloadSize <= maxLocal ? payloadSize : spilledLocalSize(payloadSize);
  }

  private int spilledLocalSize(long payloadSize) {
    int fitted = (int) (minLocal + (payloadSize - minLocal) % (usableSize - PAGE_NUMBER_SIZE));
    return fitted <= maxLocal ? fitted : minLocal;
  }

  /**
   * Bytes in the cell of a payload with overflow pages.
   *
   * @param payloadSize an unsigned number of 32 bits, which a file may say whatever its size
   */
  int localSizeOfSpilled(int payloadSize) {
    return spilledLocalSize(payloadSize & 0xFFFF_FFFFL);
  }

  /** Payload bytes in one overflow page. */
  int overflowCapacity() {
    return usableSize - PAGE_NUMBER_SIZE;
  }

  /**
   * Number of overflow pages of a payload, computed in 32 bits as SQLite does: a payload of nearly
   * 2^32 bytes has none.
   *
   * @param payloadSize an unsigned number of 32 bits
   */
  int overflowPageCount(int payloadSize) {
    int local = payloadSize >= 0 ? localSize(payloadSize) : localSizeOfSpilled(payloadSize);
    return Integer.divideUnsigned(payloadSize - local + overflowCapacity() - 1, overflowCapacity());
  }
}
