package dev.tursojdbc.storage.wal;

import dev.tursojdbc.storage.error.CorruptDatabaseException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Which page each frame holds, as the wal-index says it to all processes.
 *
 * <pre>
 *   region 0     136 bytes of other things, 4062 page numbers, 8192 slots
 *   region k     4096 page numbers, 8192 slots
 * </pre>
 *
 * <p>Page numbers have 32 bits and slots 16. A slot holds the place of a frame in its region,
 * counted from 1; 0 is empty. The frames of a page are found from slot {@code page * 383 mod 8192}
 * on, one after the other up to the first empty slot.
 *
 * <p>This process looks nothing up here: it copies the page numbers into an index of its own when
 * it learns of a commit ({@link WalFrameIndex}). But it keeps the slots for others, so the order of
 * stores matters: a page number before its slot, both before the header that publishes them.
 *
 * <p>Entries behind the last committed frame may be there, of a transaction that is under way or of
 * a writer that died in it. Whoever appends next removes them.
 */
final class SharedFrames {
  private static final int SLOTS_OFFSET = 16384;
  private static final int SLOTS = 8192;
  private static final int REGION_FRAMES = 4096;

  /** Frames that the first region lacks because of what lies before its page numbers. */
  private static final int FIRST_REGION_LACK = WalIndexMemory.FRAMES_OFFSET / Integer.BYTES;

  private static final int HASH_FACTOR = 383;

  private static final VarHandle INT =
      MethodHandles.byteBufferViewVarHandle(int[].class, ByteOrder.nativeOrder());
  private static final VarHandle CHAR =
      MethodHandles.byteBufferViewVarHandle(char[].class, ByteOrder.nativeOrder());

  private final WalIndexMemory memory;

  SharedFrames(WalIndexMemory memory) {
    this.memory = memory;
  }

  static int regionOf(int frame) {
    return (frame + FIRST_REGION_LACK - 1) / REGION_FRAMES;
  }

  /** The frame before the region's first. */
  private static int frameBefore(int region) {
    return region == 0 ? 0 : region * REGION_FRAMES - FIRST_REGION_LACK;
  }

  /** Where the page number of a frame lies in its region. */
  private static int pageOffset(int frame) {
    return (frame + FIRST_REGION_LACK - 1) % REGION_FRAMES * Integer.BYTES;
  }

  private static int firstPageOffset(int region) {
    return region == 0 ? WalIndexMemory.FRAMES_OFFSET : 0;
  }

  /**
   * The page numbers of committed frames.
   *
   * @return one for each frame, or fewer if the memory does not go so far or has a 0 there, which
   *     cannot be if the header is right
   */
  int[] pageNumbers(int firstFrame, int lastFrame) {
    int[] pages = new int[Math.max(0, lastFrame - firstFrame + 1)];
    for (int i = 0; i < pages.length; i++) {
      int frame = firstFrame + i;
      int region = regionOf(frame);
      int page =
          memory.hasRegion(region)
              ? (int) INT.getOpaque(memory.region(region), pageOffset(frame))
              : 0;
      if (page == 0) {
        return Arrays.copyOf(pages, i);
      }
      pages[i] = page;
    }
    return pages;
  }

  /** Makes room for frames up to this one. The caller holds the writer lock. */
  void reserve(int lastFrame) {
    if (lastFrame > 0) {
      memory.makeRegion(regionOf(lastFrame));
    }
  }

  /** Adds a frame for which room is reserved. The caller holds the writer lock. */
  void append(int frame, int pageNumber) {
    int region = regionOf(frame);
    ByteBuffer bytes = memory.region(region);
    int offset = pageOffset(frame);
    if (offset == firstPageOffset(region)) {
      clear(bytes, offset);
    } else if ((int) INT.getOpaque(bytes, offset) != 0) {
      truncate(frame - 1);
    }
    int slot = pageNumber * HASH_FACTOR & SLOTS - 1;
    for (int probes = 0; (char) CHAR.getOpaque(bytes, slotOffset(slot)) != 0; probes++) {
      if (probes == SLOTS) {
        throw CorruptDatabaseException.atPage(pageNumber, "the wal-index has no empty slot");
      }
      slot = slot + 1 & SLOTS - 1;
    }
    INT.setOpaque(bytes, offset, pageNumber);
    CHAR.setRelease(bytes, slotOffset(slot), (char) (frame - frameBefore(region)));
  }

  private static int slotOffset(int slot) {
    return SLOTS_OFFSET + Character.BYTES * slot;
  }

  private static void clear(ByteBuffer bytes, int from) {
    for (int offset = from; offset < WalIndexMemory.REGION_SIZE; offset += Integer.BYTES) {
      INT.setOpaque(bytes, offset, 0);
    }
  }

  /**
   * Removes the entries behind a frame. Those in later regions may stay: a region is cleared before
   * its first frame is added. The caller holds the writer lock.
   */
  void truncate(int lastFrame) {
    if (lastFrame == 0) {
      return;
    }
    int region = regionOf(lastFrame);
    ByteBuffer bytes = memory.region(region);
    int limit = lastFrame - frameBefore(region);
    for (int slot = 0; slot < SLOTS; slot++) {
      if ((char) CHAR.getOpaque(bytes, slotOffset(slot)) > limit) {
        CHAR.setOpaque(bytes, slotOffset(slot), (char) 0);
      }
    }
    for (int offset = pageOffset(lastFrame) + Integer.BYTES;
        offset < SLOTS_OFFSET;
        offset += Integer.BYTES) {
      INT.setOpaque(bytes, offset, 0);
    }
  }

  /**
   * Makes the memory say what an index says about its frames up to the last one. Others may be
   * looking things up meanwhile, so only what is wrong is changed. The caller holds the writer lock
   * and the recovery lock.
   */
  void rebuild(WalFrameIndex index, int lastFrame) {
    for (int region = 0; region <= (lastFrame == 0 ? -1 : regionOf(lastFrame)); region++) {
      memory.makeRegion(region);
      ByteBuffer wanted =
          ByteBuffer.allocate(WalIndexMemory.REGION_SIZE).order(ByteOrder.nativeOrder());
      int first = frameBefore(region) + 1;
      for (int frame = first; frame <= lastFrame && regionOf(frame) == region; frame++) {
        int page = index.pageNumber(frame);
        wanted.putInt(pageOffset(frame), page);
        int slot = page * HASH_FACTOR & SLOTS - 1;
        while (wanted.getChar(slotOffset(slot)) != 0) {
          slot = slot + 1 & SLOTS - 1;
        }
        wanted.putChar(slotOffset(slot), (char) (frame - first + 1));
      }
      copyDifferences(wanted, memory.region(region), firstPageOffset(region));
    }
  }

  private static void copyDifferences(ByteBuffer source, ByteBuffer target, int from) {
    for (int offset = from; offset < WalIndexMemory.REGION_SIZE; offset += Integer.BYTES) {
      int word = source.getInt(offset);
      if ((int) INT.getOpaque(target, offset) != word) {
        INT.setOpaque(target, offset, word);
      }
    }
  }
}
