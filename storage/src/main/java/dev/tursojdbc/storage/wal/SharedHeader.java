package dev.tursojdbc.storage.wal;

import dev.tursojdbc.storage.error.ErrorCode;
import dev.tursojdbc.storage.error.TursoException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * A {@link WalIndexHeader} as it lies in shared memory.
 *
 * <pre>
 *   offset  size  field
 *        0     4  format version, 3007000
 *        4     4  unused
 *        8     4  change counter, one more at each commit
 *       12     1  1 if the header is valid
 *       13     1  1 if checksums of the log read their words big-endian
 *       14     2  page size; 65536 is stored as 1, 0 means that nobody knows
 *       16     4  last committed frame
 *       20     4  pages of the database; 0 means that its file's size tells
 *       24     8  checksum of the last committed frame, two words
 *       32     8  salts, the very bytes of the log's header
 *       40     8  checksum of bytes 0 to 39, its words in the machine's order
 * </pre>
 *
 * <p>Integers are in the machine's order. The header is handled as six words of 64 bits, to be
 * compared and copied fast.
 */
final class SharedHeader {
  static final int SIZE = 48;
  static final int WORDS = SIZE / Long.BYTES;

  private static final int VERSION = 3007000;
  private static final int CHECKED_SIZE = 40;
  private static final int CHANGE_COUNTER_OFFSET = 8;
  private static final boolean BIG_ENDIAN = ByteOrder.nativeOrder() == ByteOrder.BIG_ENDIAN;

  private SharedHeader() {}

  /**
   * The words of a header.
   *
   * @param changeCounter SQLite's, which has nothing to do with {@link
   *     WalIndexHeader#changeCount()}
   */
  static long[] encode(WalIndexHeader header, int changeCounter) {
    byte[] bytes = new byte[SIZE];
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
    buffer.putInt(0, VERSION);
    buffer.putInt(CHANGE_COUNTER_OFFSET, changeCounter);
    buffer.put(12, (byte) 1);
    buffer.put(13, (byte) (header.bigEndianChecksum() ? 1 : 0));
    buffer.putShort(14, (short) (header.pageSize() == 65536 ? 1 : header.pageSize()));
    buffer.putInt(16, header.maxFrame());
    buffer.putInt(20, header.pageCount());
    putChecksum(buffer, 24, header.checksum());
    putSalts(buffer, header.generation());
    putChecksum(buffer, 40, WalChecksum.update(0, bytes, 0, CHECKED_SIZE, BIG_ENDIAN));
    long[] words = new long[WORDS];
    buffer.asLongBuffer().get(words);
    return words;
  }

  private static void putChecksum(ByteBuffer buffer, int offset, long checksum) {
    buffer.putInt(offset, WalChecksum.first(checksum));
    buffer.putInt(offset + 4, WalChecksum.second(checksum));
  }

  private static void putSalts(ByteBuffer buffer, long salts) {
    buffer.order(ByteOrder.BIG_ENDIAN).putLong(32, salts).order(ByteOrder.nativeOrder());
  }

  private static byte[] bytesOf(long[] words) {
    byte[] bytes = new byte[SIZE];
    ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder()).asLongBuffer().put(words);
    return bytes;
  }

  static int changeCounter(long[] words) {
    return ByteBuffer.wrap(bytesOf(words))
        .order(ByteOrder.nativeOrder())
        .getInt(CHANGE_COUNTER_OFFSET);
  }

  /**
   * Reads a header whose copies are the same.
   *
   * @param pageSize what holds if the header does not say
   * @return null if it is not valid
   * @throws TursoException CANTOPEN if it is valid and of a format that we do not know
   */
  static @Nullable WalIndexHeader decode(long[] words, int pageSize, long changeCount) {
    byte[] bytes = bytesOf(words);
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
    long checksum = WalChecksum.update(0, bytes, 0, CHECKED_SIZE, BIG_ENDIAN);
    if (buffer.get(12) == 0 || getChecksum(buffer, 40) != checksum) {
      return null;
    }
    if (buffer.getInt(0) != VERSION) {
      throw new TursoException(ErrorCode.CANTOPEN);
    }
    int size = buffer.getShort(14) & 0xFFFF;
    return new WalIndexHeader(
        buffer.order(ByteOrder.BIG_ENDIAN).getLong(32),
        buffer.order(ByteOrder.nativeOrder()).getInt(16),
        buffer.getInt(20),
        getChecksum(buffer, 24),
        size == 0 ? pageSize : size == 1 ? 65536 : size,
        buffer.get(13) != 0,
        changeCount);
  }

  private static long getChecksum(ByteBuffer buffer, int offset) {
    return WalChecksum.pack(buffer.getInt(offset), buffer.getInt(offset + 4));
  }
}
