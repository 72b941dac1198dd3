package dev.tursojdbc.storage.pager;

import dev.tursojdbc.storage.error.CorruptDatabaseException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The pages as they were when the view was opened: of the images that the transaction made since
 * its snapshot, the newest ones of the view's epoch; else the committed ones of that snapshot.
 *
 * <p>It outlives what the connection does next. When the transaction commits or rolls back, or
 * comes back to a savepoint before the view, the view takes the images that it sees of the pages
 * concerned, as its own.
 */
final class FrozenPages extends ReadPoint implements Pager.PageView {
  private final ConnectionPager pager;
  private final DirtyPages dirtyPages;
  private final CommittedPages committed;
  private final int pageCount;
  private final int usableSize;
  private final long changeCount;

  private @Nullable Map<Integer, DirtyImage> ownImages;
  private boolean closed;

  FrozenPages(ConnectionPager pager, DirtyPages dirtyPages, CommittedPages committed) {
    this.pager = pager;
    this.dirtyPages = dirtyPages;
    this.committed = committed;
    this.pageCount = pager.pageCount();
    this.usableSize = pager.usableSize();
    this.changeCount = pager.changeCount();
  }

  @Override
  public byte[] page(int pageNumber) {
    assert !closed;
    if (pageNumber <= 0 || pageNumber > pageCount) {
      return beyondEnd(pageNumber);
    }
    return ownImages == null && dirtyPages.isEmpty()
        ? committed.page(pageNumber)
        : pageAmongChanges(pageNumber);
  }

  private byte[] pageAmongChanges(int pageNumber) {
    DirtyImage own = ownImages == null ? null : ownImages.get(pageNumber);
    if (own != null) {
      return dirtyPages.peek(own);
    }
    DirtyImage image = DirtyImage.asOf(dirtyPages.find(pageNumber), epoch);
    return image != null ? dirtyPages.bytes(image) : committed.page(pageNumber);
  }

  private byte[] beyondEnd(int pageNumber) {
    if (pageNumber == 1 && pageCount == 0) {
      return committed.page(1);
    }
    throw CorruptDatabaseException.atPage(
        pageNumber, "there is no such page; the database has " + pageCount);
  }

  /** Keeps the image, which is about to leave the transaction's chains, for this view. */
  void own(DirtyImage image) {
    if (ownImages == null) {
      ownImages = new HashMap<>();
    }
    ownImages.putIfAbsent(image.pageNumber, image);
  }

  /** Takes into memory what this view owns of the frames that are about to be rolled back. */
  void loadOwnImages(int lastKeptFrame) {
    if (ownImages != null) {
      for (DirtyImage image : ownImages.values()) {
        if (image.frame > lastKeptFrame) {
          image.bytes = dirtyPages.peek(image);
          image.frame = 0;
        }
      }
    }
  }

  @Override
  public int pageSize() {
    return pager.pageSize();
  }

  @Override
  public int usableSize() {
    return usableSize;
  }

  @Override
  public int pageCount() {
    return pageCount;
  }

  @Override
  public long changeCount() {
    return changeCount;
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      dirtyPages.close(this);
    }
  }
}
