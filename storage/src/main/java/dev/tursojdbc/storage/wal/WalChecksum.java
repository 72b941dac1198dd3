package dev.tursojdbc.storage.wal;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;

/**
 * The running checksum that chains the frames of a log.
 *
 * <p>The state is two 32-bit words, here packed into a {@code long} with the first word on top. For
 * every eight bytes, read as two words {@code a} and {@code b}: {@code first += a + second; second
 * += b + first}. The low bit of the log's magic number names the byte order in which {@code a} and
 * {@code b} are read; the sums themselves are always stored big-endian.
 *
 * <p>Words are copied into an array before they are added. That is as fast as reading them where
 * they lie once the code is compiled for good, and several times as fast before: the first commits
 * of a process are interpreted.
 */
final class WalChecksum {
  /** Longs that are copied at once. */
  private static final int CHUNK = 128;

  private WalChecksum() {}

  /**
   * Continues a checksum.
   *
   * @param length number of bytes, a multiple of 8
   */
  static long update(long seed, byte[] bytes, int offset, int length, boolean bigEndian) {
    assert (length & 7) == 0 : length;
    LongBuffer source =
        ByteBuffer.wrap(bytes, offset, length)
            .order(bigEndian ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN)
            .asLongBuffer();
    long[] chunk = new long[Math.min(CHUNK, length >> 3)];
    // Where the words lie in a long that was read in the words' byte order.
    int shiftOfFirst = bigEndian ? Integer.SIZE : 0;
    int shiftOfSecond = Integer.SIZE - shiftOfFirst;
    int first = first(seed);
    int second = second(seed);
    while (source.hasRemaining()) {
      int count = Math.min(chunk.length, source.remaining());
      source.get(chunk, 0, count);
      for (int i = 0; i < count; i++) {
        long words = chunk[i];
        // Added in this order, so that only one addition of each waits for the other's result.
        first = first + (int) (words >>> shiftOfFirst) + second;
        second = second + (int) (words >>> shiftOfSecond) + first;
      }
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
