package dev.tursojdbc.storage.wal;

import org.jspecify.annotations.Nullable;

/**
 * What a page cache contributes to a checkpoint, and learns from it. Called by the thread that
 * checkpoints; must not call the log.
 */
public interface BackfillObserver {
  /** Knows nothing, learns nothing. */
  BackfillObserver NONE =
      new BackfillObserver() {
        @Override
        public byte @Nullable [] image(long generation, int pageNumber, int frame) {
          return null;
        }

        @Override
        public void backfilled(long generation, int pageNumber, int frame, long backfillCount) {}
      };

  /**
   * The published content of a frame, if it is at hand: saves reading the log.
   *
   * @return page-size bytes that nobody changes, or null
   */
  byte @Nullable [] image(long generation, int pageNumber, int frame);

  /**
   * The frame's content now is the page's content in the database file. An image of the frame may
   * from now on serve as the image of the file's page, read at the given backfill count (see {@link
   * Wal#backfillCount()}).
   */
  void backfilled(long generation, int pageNumber, int frame, long backfillCount);
}
