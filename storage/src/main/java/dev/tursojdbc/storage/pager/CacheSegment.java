package dev.tursojdbc.storage.pager;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The cached images of 1024 neighbouring pages.
 *
 * <p>Readers take no lock. Whoever changes an entry holds the segment's monitor, for a few
 * instructions and without waiting for anything in it, and writes the stamp before the image;
 * readers read the image before the stamp. So a reader that gets a new image gets its new stamp
 * too, and one that gets an old image with a new stamp merely finds nothing.
 *
 * <p>Stamps are changed only by who covers the log, of which there is one at a time; see {@link
 * PageCache}.
 */
final class CacheSegment {
  static final int SHIFT = 10;
  static final int PAGES = 1 << SHIFT;
  static final int MASK = PAGES - 1;

  private static final VarHandle IMAGE = MethodHandles.arrayElementVarHandle(byte[][].class);
  private static final VarHandle OLDER = MethodHandles.arrayElementVarHandle(OlderImage[].class);

  private final byte[][] images = new byte[PAGES][];

  /** Change count of the newest known commit that changed the page; 0 if none is known. */
  private final long[] stamps = new long[PAGES];

  /** Whether the image was used since the clock's hand passed. */
  private final boolean[] used = new boolean[PAGES];

  /** Counts the images of all segments. */
  private final AtomicInteger imageCount;

  /** What old snapshots see, where somebody needed it. Written by who covers the log. */
  private volatile @Nullable OlderImage @Nullable [] older;

  CacheSegment(AtomicInteger imageCount) {
    this.imageCount = imageCount;
  }

  /** The page's newest image, if it is at hand and is what a snapshot of this position sees. */
  byte @Nullable [] find(int index, long position) {
    byte[] image = (byte[]) IMAGE.getAcquire(images, index);
    if (image == null || stamps[index] > position) {
      return null;
    }
    if (!used[index]) {
      used[index] = true;
    }
    return image;
  }

  long stamp(int index) {
    return stamps[index];
  }

  /** Whether there is an image, which may be gone a moment later. */
  boolean hasImage(int index) {
    return images[index] != null;
  }

  /**
   * Puts what a snapshot of this position read into the page's place, if that is empty.
   *
   * @return false if the page was changed after the position, so that it is not the newest image
   */
  synchronized boolean offer(int index, byte[] image, long position) {
    if (stamps[index] > position) {
      return false;
    }
    if (images[index] == null) {
      setImage(index, image);
    }
    return true;
  }

  /** Puts the image that the commit of this position made into its place, if it is the newest. */
  synchronized void publish(int index, byte[] image, long position) {
    if (stamps[index] == position) {
      setImage(index, image);
    }
  }

  /** The page was changed. @return the image that was in its place */
  synchronized byte @Nullable [] change(int index, long stamp) {
    byte[] before = images[index];
    stamps[index] = stamp;
    VarHandle.releaseFence();
    setImage(index, null);
    return before;
  }

  /** The clock's hand passes: takes the mark of use away, or the image if there is none. */
  synchronized void pass(int index) {
    if (used[index]) {
      used[index] = false;
    } else {
      setImage(index, null);
    }
  }

  private void setImage(int index, byte @Nullable [] image) {
    int before = images[index] == null ? 0 : 1;
    int after = image == null ? 0 : 1;
    used[index] = image != null;
    IMAGE.setRelease(images, index, image);
    if (after != before) {
      imageCount.addAndGet(after - before);
    }
  }

  @Nullable OlderImage older(int index) {
    OlderImage[] all = older;
    return all == null ? null : (OlderImage) OLDER.getAcquire(all, index);
  }

  void setOlder(int index, @Nullable OlderImage image) {
    OlderImage[] all = older;
    if (all == null) {
      all = new OlderImage[PAGES];
      older = all;
    }
    OLDER.setRelease(all, index, image);
  }
}
