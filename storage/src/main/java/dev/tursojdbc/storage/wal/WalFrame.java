package dev.tursojdbc.storage.wal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * One page image in the log, with the header that makes it trustworthy.
 *
 * <pre>
 *   offset  size  field
 *        0     4  page number
 *        4     4  database size in pages after this commit; 0 if the frame does not commit
 *        8     8  salt-1, salt-2, as in the log's header
 *       16     8  checksum, continued from the frame before over bytes 0 to 7 and the content
 *       24     n  page content; n is the page size
 * </pre>
 *
 * <p>Integers are big-endian. A frame counts only if its page number is not 0, its salts equal the
 * header's and its checksum continues the chain. Salts change whenever the log restarts, so a frame
 * of an earlier round never passes for a new one. Frame numbers start at 1.
 *
 * <p>The methods read and write a frame in the middle of a larger array; {@code offset} is where
 * its header begins.
 */
final class WalFrame {
  static final int HEADER_SIZE = 24;

  /** How many bytes of the header the checksum covers. */
  private static final int CHECKED_SIZE = 8;

  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private WalFrame() {}

  /** Where a frame begins in the log. */
  static long position(int frame, int pageSize) {
    return WalHeader.SIZE + (frame - 1L) * (HEADER_SIZE + pageSize);
  }

  static int pageNumber(byte[] bytes, int offset) {
    return (int) INT.get(bytes, offset);
  }

  static int pageCount(byte[] bytes, int offset) {
    return (int) INT.get(bytes, offset + 4);
  }

  static long salts(byte[] bytes, int offset) {
    return (long) LONG.get(bytes, offset + 8);
  }

  static long checksum(byte[] bytes, int offset) {
    return (long) LONG.get(bytes, offset + 16);
  }

  /**
   * Writes a frame header for a page image that lies elsewhere.
   *
   * @param pageCount database size in a commit frame, else 0
   * @param previous checksum of the frame before, or of the log's header
   * @return the frame's checksum
   */
  static long encodeHeader(
      byte[] header,
      int offset,
      int pageNumber,
      int pageCount,
      long salts,
      long previous,
      boolean bigEndian,
      byte[] image,
      int pageSize) {
    INT.set(header, offset, pageNumber);
    INT.set(header, offset + 4, pageCount);
    LONG.set(header, offset + 8, salts);
    long checksum = WalChecksum.update(previous, header, offset, CHECKED_SIZE, bigEndian);
    checksum = WalChecksum.update(checksum, image, 0, pageSize, bigEndian);
    LONG.set(header, offset + 16, checksum);
    return checksum;
  }

  /** Writes the header of a frame that is no part of the chain yet; no recovery accepts it. */
  static void encodeUnchainedHeader(byte[] header, int offset, int pageNumber) {
    INT.set(header, offset, pageNumber);
    INT.set(header, offset + 4, 0);
    LONG.set(header, offset + 8, 0L);
    LONG.set(header, offset + 16, 0L);
  }

  /**
   * Gives the frame at the offset, its page behind its header, salts and checksum.
   *
   * @return the checksum
   */
  static long chain(
      byte[] bytes, int offset, int pageSize, long salts, long previous, boolean bigEndian) {
    long checksum = expectedChecksum(bytes, offset, pageSize, previous, bigEndian);
    LONG.set(bytes, offset + 8, salts);
    LONG.set(bytes, offset + 16, checksum);
    return checksum;
  }

  /** What the checksum of the frame at the offset, its page behind its header, has to be. */
  static long expectedChecksum(
      byte[] bytes, int offset, int pageSize, long previous, boolean bigEndian) {
    long checksum = WalChecksum.update(previous, bytes, offset, CHECKED_SIZE, bigEndian);
    return WalChecksum.update(checksum, bytes, offset + HEADER_SIZE, pageSize, bigEndian);
  }
}
