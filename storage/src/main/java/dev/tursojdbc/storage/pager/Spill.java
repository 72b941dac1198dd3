package dev.tursojdbc.storage.pager;

import dev.tursojdbc.storage.wal.Wal;
import dev.tursojdbc.storage.wal.WalPosition;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Moves images of a large transaction from memory to unpublished frames of the log.
 *
 * <p>Retained older images go first: they are rarely read. Then go newest images that were not used
 * lately. Hence an older image of a page never lies behind a newer one in the log, and the last
 * frame of a page that is not in memory is its newest image: what a commit publishes is right.
 *
 * <p>An image that is changed after it was spilled leaves a frame that nobody needs: had a
 * savepoint or a view needed it, the page would have been copied. Spilled again, the image is
 * appended anew as long as such frames are few, since rewriting one costs reading the log behind it
 * once more before the commit. When they are a quarter of the transaction's frames, images go into
 * their old frames; so the log of a transaction is not much longer than the pages it changed. It is
 * done only to a page's last frame, which keeps the order above.
 *
 * <p>Coming back to a savepoint cuts the log where it ended then. Images that the savepoint's state
 * contains and that were spilled only afterwards would be cut too; they are appended again, in the
 * same order, each read before something is written in its place.
 */
final class Spill {
  private static final int BATCH = 256;

  /** Frames are rewritten when one of so many is outdated. */
  private static final int OUTDATED_PART = 4;

  private static final byte[] NOTHING = {};

  private final DirtyPages dirtyPages;

  private final int[] pageNumbers = new int[BATCH];
  private final byte[][] images = new byte[BATCH][];
  private final int[] frames = new int[BATCH];

  /** Images that are about to be appended, and such as go into their old frames. */
  private final List<DirtyImage> batch = new ArrayList<>(BATCH);

  private final List<DirtyImage> rewritten = new ArrayList<>(BATCH);

  /** Whether the transaction has frames in the log. */
  private boolean spilled;

  /** Frames with contents that nobody needs. */
  private int outdatedCount;

  /** Page at which the search for images to move goes on, so that all have their turn. */
  private int hand;

  Spill(DirtyPages dirtyPages) {
    this.dirtyPages = dirtyPages;
  }

  boolean hasSpilled() {
    return spilled;
  }

  /** The transaction has ended, or an append has failed and all will be rolled back. */
  void reset() {
    spilled = false;
    outdatedCount = 0;
    hand = 0;
    batch.clear();
    rewritten.clear();
  }

  /** Where the log ends; null if the transaction has nothing in it. */
  @Nullable WalPosition position(@Nullable Wal wal) {
    return spilled && wal != null ? wal.position() : null;
  }

  /**
   * Moves images until so many remain in memory, if it can.
   *
   * @param currentEpoch whether images of the current epoch may be moved too: nobody holds one to
   *     change it
   */
  void run(Wal wal, int remaining, boolean currentEpoch) {
    dirtyPages.numbers().sortDistinct();
    moveRetained(wal);
    flush(wal);
    moveNewest(wal, remaining, currentEpoch, false);
    flush(wal);
    moveNewest(wal, remaining, currentEpoch, true);
    flush(wal);
  }

  private boolean isEnough(int remaining) {
    return dirtyPages.residentCount() - batch.size() - rewritten.size() <= remaining;
  }

  private void moveRetained(Wal wal) {
    IntList numbers = dirtyPages.numbers();
    for (int i = 0; i < numbers.size(); i++) {
      DirtyImage newest = dirtyPages.find(numbers.get(i));
      if (newest != null && newest.older != null) {
        moveChain(wal, newest.older);
      }
    }
  }

  /** Moves the images of a chain, the oldest first. */
  private void moveChain(Wal wal, DirtyImage image) {
    List<DirtyImage> chain = new ArrayList<>();
    for (DirtyImage next = image; next != null; next = next.older) {
      chain.add(next);
    }
    for (int i = chain.size() - 1; i >= 0; i--) {
      move(wal, chain.get(i));
    }
  }

  private void moveNewest(Wal wal, int remaining, boolean currentEpoch, boolean usedToo) {
    IntList numbers = dirtyPages.numbers();
    int size = numbers.size();
    int start = numbers.indexOfAtLeast(hand);
    for (int i = 0; i < size && !isEnough(remaining); i++) {
      int index = start + i < size ? start + i : start + i - size;
      DirtyImage image = dirtyPages.find(numbers.get(index));
      hand = numbers.get(index) + 1;
      if (image == null
          || image.bytes == null
          || image.pageNumber == 1
          || (image.epoch == dirtyPages.epoch() && !currentEpoch)) {
        continue;
      }
      if (image.used && !usedToo) {
        image.used = false;
      } else {
        move(wal, image);
      }
    }
  }

  private void move(Wal wal, DirtyImage image) {
    if (image.bytes == null) {
      return;
    }
    if (image.frame != 0) {
      dirtyPages.moveToFrame(image, image.frame);
      return;
    }
    if (mayRewrite(wal, image)) {
      rewritten.add(image);
      if (rewritten.size() == BATCH) {
        rewrite(wal);
      }
      return;
    }
    if (image.outdatedFrame != 0) {
      outdatedCount++;
    }
    batch.add(image);
    if (batch.size() == BATCH) {
      appendBatch(wal);
    }
  }

  private boolean mayRewrite(Wal wal, DirtyImage image) {
    int frame = image.outdatedFrame;
    if (frame == 0) {
      return false;
    }
    int frameCount = wal.position().frame() - wal.snapshot().maxFrame();
    DirtyImage older = image.older;
    return (long) outdatedCount * OUTDATED_PART >= frameCount
        && (older == null || (older.frame != 0 && older.frame < frame))
        && wal.findFrame(image.pageNumber) == frame;
  }

  private void flush(Wal wal) {
    appendBatch(wal);
    rewrite(wal);
  }

  private void rewrite(Wal wal) {
    if (rewritten.isEmpty()) {
      return;
    }
    rewritten.sort(Comparator.comparingInt(image -> image.outdatedFrame));
    int count = rewritten.size();
    for (int i = 0; i < count; i++) {
      frames[i] = rewritten.get(i).outdatedFrame;
      images[i] = dirtyPages.peek(rewritten.get(i));
    }
    wal.rewrite(frames, images, count);
    Arrays.fill(images, NOTHING);
    for (int i = 0; i < count; i++) {
      dirtyPages.moveToFrame(rewritten.get(i), frames[i]);
    }
    rewritten.clear();
  }

  private void appendBatch(Wal wal) {
    if (batch.isEmpty()) {
      return;
    }
    int first = append(wal, batch, batch.stream().map(dirtyPages::peek).toList());
    for (int i = 0; i < batch.size(); i++) {
      dirtyPages.moveToFrame(batch.get(i), first + i);
    }
    batch.clear();
  }

  private int append(Wal wal, List<DirtyImage> sources, List<byte[]> contents) {
    int count = sources.size();
    for (int i = 0; i < count; i++) {
      pageNumbers[i] = sources.get(i).pageNumber;
      images[i] = contents.get(i);
    }
    spilled = true;
    int first = wal.append(pageNumbers, images, count);
    Arrays.fill(images, NOTHING);
    return first;
  }

  /** Cuts the log to where a savepoint saw its end, after the images were restored. */
  void rollbackTo(Wal wal, Savepoint savepoint) {
    if (!spilled) {
      return;
    }
    WalPosition position = savepoint.position;
    int lastKept = position == null ? wal.snapshot().maxFrame() : position.frame();
    for (FrozenPages view : dirtyPages.views()) {
      view.loadOwnImages(lastKept);
    }
    List<DirtyImage> lost = spilledBehind(lastKept);
    forgetOutdatedBehind(lastKept);
    outdatedCount = Math.min(outdatedCount, lastKept - wal.snapshot().maxFrame());
    boolean cut = false;
    for (int from = 0; from < lost.size() || !cut; from += BATCH) {
      List<DirtyImage> chunk = lost.subList(from, Math.min(from + BATCH, lost.size()));
      List<byte[]> contents = chunk.stream().map(dirtyPages::peek).toList();
      if (!cut) {
        cut(wal, position);
        cut = true;
      }
      appendAgain(wal, chunk, contents);
    }
    spilled = position != null || !lost.isEmpty();
  }

  private List<DirtyImage> spilledBehind(int frame) {
    List<DirtyImage> found = new ArrayList<>();
    IntList numbers = dirtyPages.numbers();
    numbers.sortDistinct();
    for (int i = 0; i < numbers.size(); i++) {
      for (DirtyImage image = dirtyPages.find(numbers.get(i)); image != null; image = image.older) {
        if (image.frame > frame) {
          found.add(image);
        }
      }
    }
    found.sort(Comparator.comparingInt(image -> image.frame));
    return found;
  }

  private void forgetOutdatedBehind(int frame) {
    IntList numbers = dirtyPages.numbers();
    for (int i = 0; i < numbers.size(); i++) {
      for (DirtyImage image = dirtyPages.find(numbers.get(i)); image != null; image = image.older) {
        if (image.outdatedFrame > frame) {
          image.outdatedFrame = 0;
        }
      }
    }
  }

  private static void cut(Wal wal, @Nullable WalPosition position) {
    if (position == null) {
      wal.rollback();
    } else {
      wal.rollbackTo(position);
    }
  }

  private void appendAgain(Wal wal, List<DirtyImage> chunk, List<byte[]> contents) {
    if (!chunk.isEmpty()) {
      int first = append(wal, chunk, contents);
      for (int i = 0; i < chunk.size(); i++) {
        chunk.get(i).setFrame(first + i);
      }
    }
  }
}
