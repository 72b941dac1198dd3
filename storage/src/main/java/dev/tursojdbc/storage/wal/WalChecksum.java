package dev.tursojdbc.storage.wal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The running checksum that chains the frames of a log.
 *
 * <p>The state is two 32-bit words, here packed into a {@code long} with the first word on top. For
 * every eight bytes, read as two words {@code a} and {@code b}: {@code first += a + second; second
 * += b + first}. The low bit of the log's magic number names the byte order in which {@code a} and
 * {@code b} are read; the sums themselves are always stored big-endian.
 */
final class WalChecksum {
  private static final VarHandle LITTLE =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle BIG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private WalChecksum() {}

  /**
   * Continues a checksum.
   *
   * @param length number of bytes, a multiple of 8
   */
  static long update(long seed, byte[] bytes, int offset, int length, boolean bigEndian) {
    assert (length & 7) == 0 : length;
    return bigEndian
        ? updateBig(seed, bytes, offset, length)
        : updateLittle(seed, bytes, offset, length);
  }

  private static long updateLittle(long seed, byte[] bytes, int offset, int length) {
    int first = first(seed);
    int second = second(seed);
    int end = offset + length;
    for (int i = offset; i < end; i += 8) {
      long words = (long) LITTLE.get(bytes, i);
      // Added in this order, so that only one addition of each waits for the other's result.
      first = first + (int) words + second;
      second = second + (int) (words >>> 32) + first;
    }
    return pack(first, second);
  }

  private static long updateBig(long seed, byte[] bytes, int offset, int length) {
    int first = first(seed);
    int second = second(seed);
    int end = offset + length;
    for (int i = offset; i < end; i += 8) {
      long words = (long) BIG.get(bytes, i);
      first = first + (int) (words >>> 32) + second;
      second = second + (int) words + first;
    }
    return pack(first, second);
  }

  static long pack(int first, int second) {
    return ((long) first << 32) | (second & 0xFFFF_FFFFL);
  }

  static int first(long checksum) {
    return (int) (checksum >>> 32);
  }

  static int second(long checksum) {
    return (int) checksum;
  }
}
