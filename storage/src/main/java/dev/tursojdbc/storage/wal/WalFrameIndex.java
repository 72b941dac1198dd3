package dev.tursojdbc.storage.wal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;

/**
 * Says which frames of one generation hold which page: the wal-index of a process of its own.
 *
 * <p>One writer appends and truncates, any number of readers look up without a lock. Everything is
 * in blocks of 4096 frames; a block has
 *
 * <pre>
 *   pages[4096]     page number of each frame
 *   previous[4096]  the frame before it, in this block, with the same page; 0 if none
 *   slots[8192]     open-addressing hash table from page number to the newest frame of the page
 * </pre>
 *
 * <p>A frame in a block is a number from 1 to 4096; 0 means empty. SQLite's table has a slot per
 * frame instead of one per page, which makes a page that is written by every commit slow to find.
 *
 * <p>The index also knows frames that are not published yet. A reader asks for a range that ends at
 * the last frame it may see, and newer frames are skipped along {@code previous}. What a reader
 * needs was written before the commit that it sees was published, so no entry within its range is
 * missing. Truncation removes the newest frames first and so undoes the insertions step by step,
 * which keeps every probe chain whole. The one hazard is a frame number that is used again for
 * another page while a reader walks through it: readers look at the number of truncations before
 * and after, and walk again if it moved.
 */
final class WalFrameIndex {
  static final int BLOCK_FRAMES = 4096;
  private static final int BLOCK_SHIFT = 12;
  private static final int SLOTS = 8192;
  private static final int HASH_FACTOR = 383;

  private static final VarHandle SLOT = MethodHandles.arrayElementVarHandle(char[].class);

  /** Replaced by a longer copy when it grows. */
  private volatile Block[] blocks = {};

  /** Counted up after each truncation, before a frame number can be used again. */
  private volatile int truncations;

  /** The same number as the writer keeps it. */
  private int truncationCount;

  /** Number of frames, unpublished ones included. Only for the writer. */
  private int frameCount;

  /**
   * The newest frame of a page within a range.
   *
   * @param minFrame first frame that counts, at least 1
   * @param maxFrame last frame that counts
   * @return a frame number, or 0 if there is none
   */
  int find(int pageNumber, int minFrame, int maxFrame) {
    if (maxFrame < minFrame) {
      return 0;
    }
    while (true) {
      int before = truncations;
      int frame = search(pageNumber, minFrame, maxFrame);
      VarHandle.loadLoadFence();
      if (truncations == before) {
        return frame;
      }
    }
  }

  private int search(int pageNumber, int minFrame, int maxFrame) {
    Block[] current = blocks;
    int oldest = (minFrame - 1) >>> BLOCK_SHIFT;
    for (int i = (maxFrame - 1) >>> BLOCK_SHIFT; i >= oldest; i--) {
      int base = i << BLOCK_SHIFT;
      int entry = current[i].find(pageNumber, maxFrame - base);
      if (entry != 0) {
        int frame = base + entry;
        return frame >= minFrame ? frame : 0;
      }
    }
    return 0;
  }

  /** The page of a frame; 0 or anything if there is no such frame. */
  int pageNumber(int frame) {
    int index = frame - 1;
    Block[] current = blocks;
    int block = index >>> BLOCK_SHIFT;
    return block < current.length ? current[block].pages[index & BLOCK_FRAMES - 1] : 0;
  }

  /** Appends a frame; the caller is the writer. */
  void append(int frame, int pageNumber) {
    assert frame == frameCount + 1 : frame + " after " + frameCount;
    int block = frameCount >>> BLOCK_SHIFT;
    if (block == blocks.length) {
      Block[] longer = Arrays.copyOf(blocks, block + 1);
      longer[block] = new Block();
      blocks = longer;
    }
    blocks[block].append((frameCount & BLOCK_FRAMES - 1) + 1, pageNumber);
    frameCount = frame;
  }

  /** Forgets the frames behind the given one; the caller is the writer. */
  void truncate(int lastFrame) {
    if (lastFrame >= frameCount) {
      return;
    }
    for (int frame = frameCount; frame > lastFrame; frame--) {
      int index = frame - 1;
      blocks[index >>> BLOCK_SHIFT].remove((index & BLOCK_FRAMES - 1) + 1);
    }
    frameCount = lastFrame;
    truncations = ++truncationCount;
  }

  int frameCount() {
    return frameCount;
  }

  private static final class Block {
    final int[] pages = new int[BLOCK_FRAMES];
    final char[] previous = new char[BLOCK_FRAMES];
    final char[] slots = new char[SLOTS];

    /** The newest entry of the page that is not above the limit, or 0. */
    int find(int pageNumber, int limit) {
      int slot = home(pageNumber);
      while (true) {
        int entry = (char) SLOT.getAcquire(slots, slot);
        if (entry == 0) {
          return 0;
        }
        if (pages[entry - 1] == pageNumber) {
          while (entry > limit) {
            entry = previous[entry - 1];
          }
          return entry;
        }
        slot = slot + 1 & SLOTS - 1;
      }
    }

    void append(int entry, int pageNumber) {
      pages[entry - 1] = pageNumber;
      int slot = slotOf(pageNumber);
      previous[entry - 1] = slots[slot];
      SLOT.setRelease(slots, slot, (char) entry);
    }

    void remove(int entry) {
      int slot = slotOf(pages[entry - 1]);
      assert slots[slot] == entry : "only the newest frame can be removed";
      SLOT.setRelease(slots, slot, previous[entry - 1]);
    }

    /**
     * The slot of a page, or the empty one where it belongs; half of the slots are always empty.
     */
    private int slotOf(int pageNumber) {
      int slot = home(pageNumber);
      while (slots[slot] != 0 && pages[slots[slot] - 1] != pageNumber) {
        slot = slot + 1 & SLOTS - 1;
      }
      return slot;
    }

    private static int home(int pageNumber) {
      return pageNumber * HASH_FACTOR & SLOTS - 1;
    }
  }
}
