package dev.tursojdbc.storage.pager;

import org.jspecify.annotations.Nullable;

/**
 * A committed image that is no longer a page's newest, kept for the snapshots that see it.
 *
 * @param first first position that sees this image
 * @param last last position that sees it
 * @param next an image of the same page that is older still
 */
record OlderImage(long first, long last, byte[] bytes, @Nullable OlderImage next) {

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
