package dev.tursojdbc.storage.wal;

import dev.tursojdbc.storage.file.SharedMemoryFile;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The content of a {@code -shm} file: SQLite's wal-index, mapped by every process that uses the
 * log. All integers are in the machine's own order.
 *
 * <pre>
 *   offset  size  in the first region of 32768 bytes
 *        0    48  header, see {@link SharedHeader}
 *       48    48  the same once more
 *       96     4  number of frames that are in the database file
 *      100    20  five read-marks
 *      120     8  the bytes that locks are taken on; never read or written
 *      128     4  number of frames that a checkpoint has begun to copy
 *      132     4  unused
 *      136        page numbers and slots, see {@link SharedFrames}
 * </pre>
 *
 * <p>Others change this memory at any time. A header counts only if both copies are the same and
 * its checksum is right; it is written second copy first and read first copy first. Whatever is
 * ordered by a header was stored before it.
 *
 * <p>The file grows by being written, never by being mapped beyond its end, and is never cut while
 * anybody is attached.
 */
final class WalIndexMemory {
  static final int REGION_SIZE = 32768;

  /** Where page numbers begin in the first region. */
  static final int FRAMES_OFFSET = 136;

  private static final int SECOND_COPY = SharedHeader.SIZE;
  private static final int BACKFILLED_OFFSET = 96;
  private static final int MARKS_OFFSET = 100;
  private static final int ATTEMPTED_OFFSET = 128;

  private static final VarHandle INT =
      MethodHandles.byteBufferViewVarHandle(int[].class, ByteOrder.nativeOrder());
  private static final VarHandle LONG =
      MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());

  private final SharedMemoryFile file;

  /** Grows; guarded by this for writing. */
  private volatile ByteBuffer[] regions = {};

  WalIndexMemory(SharedMemoryFile file) {
    this.file = file;
  }

  /** Whether there is such a region, which then is mapped. */
  boolean hasRegion(int region) {
    return region < regions.length || map(region);
  }

  private synchronized boolean map(int region) {
    for (int next = regions.length; next <= region; next++) {
      long begin = (long) next * REGION_SIZE;
      if (file.size() < begin + REGION_SIZE) {
        return false;
      }
      ByteBuffer[] longer = Arrays.copyOf(regions, next + 1);
      longer[next] = file.map(begin, REGION_SIZE).order(ByteOrder.nativeOrder());
      regions = longer;
    }
    return true;
  }

  /** Makes a region if there is none yet. The caller holds the writer lock. */
  void makeRegion(int region) {
    if (!hasRegion(region)) {
      file.grow((region + 1L) * REGION_SIZE);
      if (!hasRegion(region)) {
        throw new IllegalStateException("region " + region + " of " + file.path());
      }
    }
  }

  /** A region that is mapped. */
  ByteBuffer region(int region) {
    return regions[region];
  }

  /**
   * Whether both copies of the header have this content.
   *
   * <p>Volatile reads: they are in the order in which they are written here, and later reads are
   * not earlier than they.
   */
  boolean isHeader(long[] words) {
    ByteBuffer[] mapped = regions;
    return mapped.length > 0 && isAt(mapped[0], 0, words) && isAt(mapped[0], SECOND_COPY, words);
  }

  /** Whether the first copy has this content, ordered after whatever lock was taken before. */
  boolean isFirstCopy(long[] words) {
    VarHandle.fullFence();
    return isAt(regions[0], 0, words);
  }

  private static boolean isAt(ByteBuffer region, int offset, long[] words) {
    for (int i = 0; i < SharedHeader.WORDS; i++) {
      if ((long) LONG.getVolatile(region, offset + Long.BYTES * i) != words[i]) {
        return false;
      }
    }
    return true;
  }

  /** Reads the header. @return whether both copies are the same */
  boolean readHeader(long[] words) {
    if (!hasRegion(0)) {
      return false;
    }
    ByteBuffer region = regions[0];
    for (int i = 0; i < SharedHeader.WORDS; i++) {
      words[i] = (long) LONG.getVolatile(region, Long.BYTES * i);
    }
    VarHandle.fullFence();
    return isAt(region, SECOND_COPY, words);
  }

  /** Publishes a header. The caller holds the writer lock. */
  void writeHeader(long[] words) {
    ByteBuffer region = regions[0];
    VarHandle.fullFence();
    write(region, SECOND_COPY, words);
    VarHandle.fullFence();
    write(region, 0, words);
    VarHandle.fullFence();
  }

  private static void write(ByteBuffer region, int offset, long[] words) {
    for (int i = 0; i < SharedHeader.WORDS; i++) {
      LONG.setOpaque(region, offset + Long.BYTES * i, words[i]);
    }
  }

  int backfilled() {
    return (int) INT.getVolatile(regions[0], BACKFILLED_OFFSET);
  }

  void setBackfilled(int frame) {
    INT.setVolatile(regions[0], BACKFILLED_OFFSET, frame);
  }

  void setBackfillAttempted(int frame) {
    INT.setVolatile(regions[0], ATTEMPTED_OFFSET, frame);
  }

  int mark(int index) {
    return (int) INT.getVolatile(regions[0], MARKS_OFFSET + Integer.BYTES * index);
  }

  void setMark(int index, int frame) {
    INT.setVolatile(regions[0], MARKS_OFFSET + Integer.BYTES * index, frame);
  }
}
