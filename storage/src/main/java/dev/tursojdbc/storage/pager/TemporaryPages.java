package dev.tursojdbc.storage.pager;

import dev.tursojdbc.storage.file.FileSystem;
import dev.tursojdbc.storage.file.StorageFile;
import dev.tursojdbc.storage.page.PageWriter;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Pages of temporary trees: no transactions, no header, no locks. A few are in memory, the others
 * in a temporary file that goes when this is closed.
 *
 * <p>Which page leaves memory is decided by a clock. A changed page goes only at {@link
 * #spillPoint}, because between two of them a tree may still change an image it holds; there half
 * of the memory may be of changed pages, so that a read always finds one that is unchanged. While
 * everything fits into memory there is no file.
 *
 * <p>Page 1 is never handed out: in a database its tree begins behind the header, which is not
 * here.
 */
public final class TemporaryPages implements PageWriter, AutoCloseable {
  public static final int PAGE_SIZE = 4096;

  /** Fewer would go in and out all the time: a change of a tree looks at about as many pages. */
  private static final int MIN_PAGES_IN_MEMORY = 8;

  private final FileSystem files;
  private final int maxInMemory;
  private @Nullable StorageFile file;

  /** By page number; null if the page is in the file alone. */
  private byte[] @Nullable [] images = new byte[16][];

  private int pageCount = 1;

  /** Numbers of the pages in memory, in no order. */
  private int[] inMemory = new int[16];

  private int inMemoryCount;
  private int hand;

  /** By page number: whether the image differs from the file, whether the clock passes it over. */
  private boolean[] changed = new boolean[16];

  private boolean[] used = new boolean[16];
  private int changedCount;

  private int[] free = new int[16];
  private int freeCount;
  private long changeCount;

  /**
   * @param memory bytes that the pages in memory may take, as far as trees can work with that few
   */
  public TemporaryPages(FileSystem files, long memory) {
    this.files = files;
    this.maxInMemory =
        (int) Math.min(Math.max(memory / PAGE_SIZE, MIN_PAGES_IN_MEMORY), Integer.MAX_VALUE);
  }

  @Override
  public byte[] page(int pageNumber) {
    byte[] image = images[pageNumber];
    if (image == null) {
      image = load(pageNumber);
    }
    used[pageNumber] = true;
    return image;
  }

  @Override
  public byte[] writable(int pageNumber) {
    byte[] image = page(pageNumber);
    markChanged(pageNumber);
    changeCount++;
    return image;
  }

  private void markChanged(int pageNumber) {
    if (!changed[pageNumber]) {
      changed[pageNumber] = true;
      changedCount++;
    }
  }

  private byte[] load(int pageNumber) {
    StorageFile source = file;
    if (pageNumber <= 1 || pageNumber > pageCount || source == null) {
      throw new IllegalStateException("no temporary page " + pageNumber);
    }
    if (inMemoryCount >= maxInMemory) {
      evict();
    }
    byte[] image = new byte[PAGE_SIZE];
    source.read(position(pageNumber), image, 0, PAGE_SIZE);
    keep(pageNumber, image);
    return image;
  }

  private static long position(int pageNumber) {
    return (long) (pageNumber - 2) * PAGE_SIZE;
  }

  private void keep(int pageNumber, byte[] image) {
    if (inMemoryCount == inMemory.length) {
      inMemory = Arrays.copyOf(inMemory, 2 * inMemoryCount);
    }
    inMemory[inMemoryCount++] = pageNumber;
    images[pageNumber] = image;
  }

  /** Drops an unchanged page, if there is one that was not used lately or at all. */
  private void evict() {
    for (int steps = 2 * inMemoryCount; steps > 0; steps--) {
      if (hand >= inMemoryCount) {
        hand = 0;
      }
      int pageNumber = inMemory[hand];
      if (!changed[pageNumber]) {
        if (!used[pageNumber]) {
          dropAtHand();
          return;
        }
        used[pageNumber] = false;
      }
      hand++;
    }
  }

  private void dropAtHand() {
    images[inMemory[hand]] = null;
    inMemoryCount--;
    inMemory[hand] = inMemory[inMemoryCount];
  }

  @Override
  public void spillPoint() {
    if (inMemoryCount >= maxInMemory && changedCount > maxInMemory / 2) {
      writeChanged();
    }
    while (inMemoryCount > maxInMemory) {
      int before = inMemoryCount;
      evict();
      if (inMemoryCount == before) {
        return;
      }
    }
  }

  private void writeChanged() {
    StorageFile target = file;
    if (target == null) {
      target = files.openTemporary();
      file = target;
    }
    for (int i = 0; i < inMemoryCount; i++) {
      int pageNumber = inMemory[i];
      if (changed[pageNumber]) {
        target.write(position(pageNumber), ByteBuffer.wrap(images[pageNumber]));
        changed[pageNumber] = false;
      }
    }
    changedCount = 0;
  }

  @Override
  public int allocate(int near) {
    int pageNumber;
    if (freeCount > 0) {
      pageNumber = free[--freeCount];
    } else {
      pageCount++;
      pageNumber = pageCount;
      if (pageNumber == images.length) {
        images = Arrays.copyOf(images, 2 * pageNumber);
        changed = Arrays.copyOf(changed, 2 * pageNumber);
        used = Arrays.copyOf(used, 2 * pageNumber);
      }
    }
    keep(pageNumber, new byte[PAGE_SIZE]);
    markChanged(pageNumber);
    used[pageNumber] = true;
    changeCount++;
    return pageNumber;
  }

  @Override
  public boolean allocateExactly(int pageNumber) {
    return false;
  }

  @Override
  public void free(int pageNumber) {
    if (images[pageNumber] != null) {
      int at = 0;
      while (inMemory[at] != pageNumber) {
        at++;
      }
      inMemoryCount--;
      inMemory[at] = inMemory[inMemoryCount];
      images[pageNumber] = null;
    }
    if (changed[pageNumber]) {
      changed[pageNumber] = false;
      changedCount--;
    }
    if (freeCount == free.length) {
      free = Arrays.copyOf(free, 2 * freeCount);
    }
    free[freeCount++] = pageNumber;
    changeCount++;
  }

  @Override
  public void truncate(int newPageCount) {
    throw new IllegalStateException("temporary pages are not vacuumed");
  }

  @Override
  public long changeCount() {
    return changeCount;
  }

  @Override
  public int pageSize() {
    return PAGE_SIZE;
  }

  @Override
  public int usableSize() {
    return PAGE_SIZE;
  }

  @Override
  public int pageCount() {
    return pageCount;
  }

  @Override
  public int headerValue(int offset) {
    throw new IllegalStateException("temporary pages have no header");
  }

  @Override
  public void setHeaderValue(int offset, int value) {
    throw new IllegalStateException("temporary pages have no header");
  }

  @Override
  public boolean hasPointerMap() {
    return false;
  }

  @Override
  public void setPointer(int pageNumber, int type, int parent) {
    // There is no pointer map.
  }

  @Override
  public long pointer(int pageNumber) {
    throw new IllegalStateException("temporary pages have no pointer map");
  }

  /** Gives memory and file back; the pages are gone. */
  @Override
  public void close() {
    StorageFile open = file;
    file = null;
    images = new byte[0][];
    inMemoryCount = 0;
    pageCount = 1;
    if (open != null) {
      open.close();
    }
  }
}
