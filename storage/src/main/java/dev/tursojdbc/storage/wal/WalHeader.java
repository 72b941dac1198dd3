package dev.tursojdbc.storage.wal;

import dev.tursojdbc.storage.error.ErrorCode;
import dev.tursojdbc.storage.error.TursoException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * The first 32 bytes of a log.
 *
 * <pre>
 *   offset  size  field
 *        0     4  magic: 0x377f0682, or 0x377f0683 if checksums read their words big-endian
 *        4     4  format version, 3007000
 *        8     4  page size; 65536 is stored as such
 *       12     4  checkpoint sequence, one more at every restart
 *       16     8  salt-1 (one more at every restart), salt-2 (random at every restart)
 *       24     8  checksum of bytes 0 to 23
 * </pre>
 *
 * <p>Integers are big-endian. New headers always say little-endian words, which are the faster ones
 * here; whoever continues a log continues in the order of its header.
 *
 * @param bigEndianChecksum whether checksums of this log read their words big-endian
 * @param pageSize bytes in a page
 * @param sequence how often the log was restarted
 * @param salts both salts, the first on top; the log's generation
 * @param checksum of the header itself, the seed of frame 1
 */
record WalHeader(boolean bigEndianChecksum, int pageSize, int sequence, long salts, long checksum) {
  static final int SIZE = 32;

  private static final int MAGIC = 0x377f0682;
  private static final int FORMAT = 3007000;
  private static final int CHECKED_SIZE = 24;

  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  /** The header of a log that is about to get its first frame. */
  static WalHeader create(int pageSize, int sequence, long salts) {
    byte[] bytes = new byte[SIZE];
    encodeChecked(bytes, false, pageSize, sequence, salts);
    long checksum = WalChecksum.update(0, bytes, 0, CHECKED_SIZE, false);
    return new WalHeader(false, pageSize, sequence, salts, checksum);
  }

  byte[] encode() {
    byte[] bytes = new byte[SIZE];
    encodeChecked(bytes, bigEndianChecksum, pageSize, sequence, salts);
    LONG.set(bytes, 24, checksum);
    return bytes;
  }

  private static void encodeChecked(
      byte[] bytes, boolean bigEndianChecksum, int pageSize, int sequence, long salts) {
    INT.set(bytes, 0, bigEndianChecksum ? MAGIC | 1 : MAGIC);
    INT.set(bytes, 4, FORMAT);
    INT.set(bytes, 8, pageSize);
    INT.set(bytes, 12, sequence);
    LONG.set(bytes, 16, salts);
  }

  /**
   * Reads a header.
   *
   * @return null if this is no header, or a torn one: the log then counts as empty
   * @throws TursoException CANTOPEN if the header is whole but of a format that we do not know;
   *     treating it as empty would lose commits
   */
  static @Nullable WalHeader decode(byte[] bytes) {
    int magic = (int) INT.get(bytes, 0);
    int pageSize = (int) INT.get(bytes, 8);
    if ((magic & ~1) != MAGIC || !isPageSize(pageSize)) {
      return null;
    }
    boolean bigEndian = (magic & 1) != 0;
    long checksum = (long) LONG.get(bytes, 24);
    if (WalChecksum.update(0, bytes, 0, CHECKED_SIZE, bigEndian) != checksum) {
      return null;
    }
    if ((int) INT.get(bytes, 4) != FORMAT) {
      throw new TursoException(ErrorCode.CANTOPEN);
    }
    return new WalHeader(
        bigEndian, pageSize, (int) INT.get(bytes, 12), (long) LONG.get(bytes, 16), checksum);
  }

  private static boolean isPageSize(int size) {
    return size >= 512 && size <= 65536 && Integer.bitCount(size) == 1;
  }
}
