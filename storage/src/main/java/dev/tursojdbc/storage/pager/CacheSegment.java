package dev.tursojdbc.storage.pager;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * The cached images of 1024 neighbouring pages.
 *
 * <p>Readers take no lock. Who changes a page's entry writes the stamp before the image, and
 * readers read the image before the stamp. So a reader that gets a new image gets its new stamp
 * too, and one that gets an old image with a new stamp merely finds nothing.
 */
final class CacheSegment {
  static final int SHIFT = 10;
  static final int PAGES = 1 << SHIFT;
  static final int MASK = PAGES - 1;

  private static final VarHandle IMAGE = MethodHandles.arrayElementVarHandle(byte[][].class);

  private final byte[][] images = new byte[PAGES][];

  /** Change count of the newest known commit that changed the page; 0 if none is known. */
  private final long[] stamps = new long[PAGES];

  /** Whether the image was used since the clock's hand passed. */
  private final boolean[] used = new boolean[PAGES];

  /** What old snapshots see, where somebody needed it. Guarded by the cache. */
  private @Nullable OlderImage @Nullable [] older;

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

  byte @Nullable [] image(int index) {
    return images[index];
  }

  void setImage(int index, byte @Nullable [] image) {
    used[index] = image != null;
    IMAGE.setRelease(images, index, image);
  }

  void setStamp(int index, long stamp) {
    stamps[index] = stamp;
    VarHandle.releaseFence();
  }

  /** Takes the mark of use away. @return whether it was there */
  boolean clearUsed(int index) {
    boolean was = used[index];
    used[index] = false;
    return was;
  }

  @Nullable OlderImage older(int index) {
    OlderImage[] all = older;
    return all == null ? null : all[index];
  }

  void setOlder(int index, @Nullable OlderImage image) {
    OlderImage[] all = older;
    if (all == null) {
      all = new OlderImage[PAGES];
      older = all;
    }
    all[index] = image;
  }
}
