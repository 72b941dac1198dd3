package dev.tursojdbc.storage.journal;

import dev.tursojdbc.storage.file.FileSystem;
import dev.tursojdbc.storage.file.StorageFile;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Page images of an unfinished transaction that memory cannot hold, in a temporary file.
 *
 * <p>SQLite writes them into the database, under an EXCLUSIVE lock that it keeps until the commit.
 * Here readers go on until then, a rollback has nothing to put back, and there is room for the
 * older images that savepoints need; in return an image is written twice. Images are numbered from
 * a base, as frames of a log are; of a page the last one counts.
 */
final class SpillFile implements AutoCloseable {
  private final FileSystem fileSystem;
  private final int pageSize;
  private final int base;

  private @Nullable StorageFile file;
  private int count;

  /** By image: its page, and the image before it of the same page, 0 if there is none. */
  private int[] pageNumbers = new int[256];

  private int[] previous = new int[256];

  /** The last image of each page, counted from 1. */
  private final Map<Integer, Integer> newest = new HashMap<>();

  /**
   * @param base number before that of the first image
   */
  SpillFile(FileSystem fileSystem, int pageSize, int base) {
    this.fileSystem = fileSystem;
    this.pageSize = pageSize;
    this.base = base;
  }

  int base() {
    return base;
  }

  /** Number of the last image. */
  int last() {
    return base + count;
  }

  /** Number of a page's last image; 0 if there is none. */
  int find(int pageNumber) {
    Integer image = newest.get(pageNumber);
    return image == null ? 0 : base + image;
  }

  /** The pages that have an image, in order. */
  int[] pages() {
    int[] pages = new int[newest.size()];
    int i = 0;
    for (int page : newest.keySet()) {
      pages[i++] = page;
    }
    Arrays.sort(pages);
    return pages;
  }

  /** Appends images. @return number of the first */
  int append(int[] pages, byte[][] images, int imageCount) {
    ByteBuffer[] sources = new ByteBuffer[imageCount];
    for (int i = 0; i < imageCount; i++) {
      sources[i] = ByteBuffer.wrap(images[i]);
    }
    file().write((long) count * pageSize, sources, imageCount);
    int first = last() + 1;
    for (int i = 0; i < imageCount; i++) {
      if (count == pageNumbers.length) {
        pageNumbers = Arrays.copyOf(pageNumbers, 2 * count);
        previous = Arrays.copyOf(previous, 2 * count);
      }
      pageNumbers[count] = pages[i];
      Integer before = newest.put(pages[i], count + 1);
      previous[count] = before == null ? 0 : before;
      count++;
    }
    return first;
  }

  private StorageFile file() {
    StorageFile present = file;
    if (present == null) {
      present = fileSystem.openTemporary();
      file = present;
    }
    return present;
  }

  /** Replaces the content of an image. */
  void rewrite(int number, byte[] image) {
    file().write((number - base - 1L) * pageSize, ByteBuffer.wrap(image));
  }

  void read(int number, byte[] target) {
    file().read((number - base - 1L) * pageSize, target, 0, pageSize);
  }

  /** Forgets the images behind a number; they can be read until others take their place. */
  void cut(int lastKept) {
    while (last() > lastKept) {
      count--;
      if (previous[count] == 0) {
        newest.remove(pageNumbers[count]);
      } else {
        newest.put(pageNumbers[count], previous[count]);
      }
    }
  }

  @Override
  public void close() {
    StorageFile open = file;
    file = null;
    if (open != null) {
      open.close();
    }
  }
}
