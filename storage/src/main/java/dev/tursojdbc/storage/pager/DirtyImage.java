package dev.tursojdbc.storage.pager;

import org.jspecify.annotations.Nullable;

/**
 * An uncommitted image of a page: the newest one, or an older one that a savepoint or a view needs.
 *
 * <p>The content is in memory, or in an unpublished frame of the log, or in both and the same. It
 * may be changed in place only if it was made in an epoch after the newest savepoint and view.
 */
final class DirtyImage {
  final int pageNumber;

  /** Epoch whose changes the image contains. */
  int epoch;

  byte @Nullable [] bytes;

  /** Frame with this content, 0 if there is none. */
  int frame;

  /**
   * Frame with an earlier content of this image that nobody needs, so that it may be rewritten; 0
   * if there is none, and as long as {@link #frame} is not 0.
   */
  int outdatedFrame;

  /** The image before this one that is still needed; null: the committed one. */
  @Nullable DirtyImage older;

  /** Whether the page became a freelist leaf, whose content nobody will read. */
  boolean unneeded;

  /** Whether it was used since the last spill looked at it. */
  boolean used = true;

  DirtyImage(int pageNumber, int epoch, byte[] bytes, @Nullable DirtyImage older) {
    this.pageNumber = pageNumber;
    this.epoch = epoch;
    this.bytes = bytes;
    this.older = older;
  }

  /** The content is about to differ from the frame's, and belongs to this epoch. */
  void beginChange(int changingEpoch) {
    if (frame != 0) {
      outdatedFrame = frame;
      frame = 0;
    }
    epoch = changingEpoch;
    unneeded = false;
  }

  /** Takes over the frame of the image before this one, which nobody needs any more. */
  void inheritFrame(DirtyImage before) {
    if (frame == 0 && outdatedFrame == 0) {
      outdatedFrame = before.frame != 0 ? before.frame : before.outdatedFrame;
    }
  }

  /** The content was written to a frame. */
  void setFrame(int newFrame) {
    frame = newFrame;
    outdatedFrame = 0;
  }

  /** The newest image in this chain that contains no change after the given epoch. */
  static @Nullable DirtyImage asOf(@Nullable DirtyImage newest, int epoch) {
    DirtyImage image = newest;
    while (image != null && image.epoch > epoch) {
      image = image.older;
    }
    return image;
  }
}
