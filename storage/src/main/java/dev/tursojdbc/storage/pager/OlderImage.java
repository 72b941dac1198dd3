package dev.tursojdbc.storage.pager;

import org.jspecify.annotations.Nullable;

/** A committed image that is no longer a page's newest, kept for the snapshots that see it. */
final class OlderImage {
  /** First position that sees this image. */
  private final long first;

  /** Last position that sees it. */
  private final long last;

  private final byte[] bytes;

  /** An image of the same page that is kept for others. */
  private final @Nullable OlderImage next;

  OlderImage(long first, long last, byte[] bytes, @Nullable OlderImage next) {
    this.first = first;
    this.last = last;
    this.bytes = bytes;
    this.next = next;
  }

  /** The image of this page that a snapshot sees, among those kept. */
  static byte @Nullable [] find(@Nullable OlderImage newest, long position) {
    for (OlderImage image = newest; image != null; image = image.next) {
      if (image.first <= position && position <= image.last) {
        return image.bytes;
      }
    }
    return null;
  }

  /** The images that an active snapshot sees. */
  static @Nullable OlderImage keepSeen(@Nullable OlderImage newest, ActivePositions active) {
    OlderImage kept = null;
    for (OlderImage image = newest; image != null; image = image.next) {
      if (active.anyWithin(image.first, image.last)) {
        kept = new OlderImage(image.first, image.last, image.bytes, kept);
      }
    }
    return kept;
  }

  static int count(@Nullable OlderImage newest) {
    int count = 0;
    for (OlderImage image = newest; image != null; image = image.next) {
      count++;
    }
    return count;
  }
}
