package dev.tursojdbc.storage.pager;

import dev.tursojdbc.storage.wal.SyncMode;
import dev.tursojdbc.storage.wal.Wal;
import java.util.Arrays;

/**
 * The images that a commit appends to the log: the newest ones of all dirty pages that are in
 * memory, in page order. Spilled ones are in the log already; pages behind the database's end and
 * new freelist leaves are left out.
 */
final class CommitBatch {
  private static final byte[] NOTHING = {};

  private int[] pageNumbers = new int[16];
  private byte[][] images = new byte[16][];
  private int count;

  void collect(DirtyPages dirtyPages, int pageCount, CommittedPages committed) {
    IntList numbers = dirtyPages.numbers();
    numbers.sortDistinct();
    count = 0;
    for (int i = 0; i < numbers.size(); i++) {
      DirtyImage image = dirtyPages.find(numbers.get(i));
      if (image != null
          && image.bytes != null
          && image.frame == 0
          && !image.unneeded
          && image.pageNumber <= pageCount) {
        add(image.pageNumber, image.bytes);
      }
    }
    if (count == 0) {
      // There must be a commit frame.
      DirtyImage first = dirtyPages.find(1);
      add(1, first != null ? dirtyPages.bytes(first) : committed.page(1));
    }
  }

  private void add(int pageNumber, byte[] image) {
    if (count == images.length) {
      pageNumbers = Arrays.copyOf(pageNumbers, count * 2);
      images = Arrays.copyOf(images, count * 2);
    }
    pageNumbers[count] = pageNumber;
    images[count] = image;
    count++;
  }

  void prepare(Wal wal, int pageCount, SyncMode syncMode, String superJournal) {
    wal.prepareCommit(pageNumbers, images, count, pageCount, syncMode, superJournal);
  }

  void commit(Wal wal, int pageCount, SyncMode syncMode) {
    wal.commit(pageNumbers, images, count, pageCount, syncMode);
  }

  /** Gives the images, which nobody changes any more, to the cache. */
  void publish(PageCache cache, long position) {
    cache.publish(pageNumbers, images, count, position);
  }

  void clear() {
    Arrays.fill(images, 0, count, NOTHING);
    count = 0;
  }
}
