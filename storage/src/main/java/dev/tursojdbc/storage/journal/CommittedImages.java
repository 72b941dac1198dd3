package dev.tursojdbc.storage.journal;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The pages that a commit writes: those in memory, and those that were spilled and not changed
 * since.
 */
final class CommittedImages implements FileCommit.Images {
  private final int[] pages;

  /** By index; null where the image was spilled. */
  private final byte @Nullable [][] inMemory;

  private final @Nullable SpillFile spill;
  private final int pageSize;

  private CommittedImages(
      int[] pages, byte @Nullable [][] inMemory, @Nullable SpillFile spill, int pageSize) {
    this.pages = pages;
    this.inMemory = inMemory;
    this.spill = spill;
    this.pageSize = pageSize;
  }

  /**
   * @param pageNumbers of the first so many images in memory, ascending
   * @param pageCount size of the database; pages behind it are left out
   */
  static CommittedImages of(
      int[] pageNumbers, byte[][] images, int count, @Nullable SpillFile spill, int pageCount) {
    int[] spilled = spill == null ? new int[0] : spill.pages();
    int[] pages = new int[count + spilled.length];
    byte[][] inMemory = new byte[pages.length][];
    int length = 0;
    int next = 0;
    for (int i = 0; i < count || next < spilled.length; ) {
      boolean fromMemory = next >= spilled.length || (i < count && pageNumbers[i] <= spilled[next]);
      int page = fromMemory ? pageNumbers[i] : spilled[next];
      if (page <= pageCount) {
        pages[length] = page;
        inMemory[length] = fromMemory ? images[i] : null;
        length++;
      }
      if (next < spilled.length && spilled[next] == page) {
        next++;
      }
      if (fromMemory) {
        i++;
      }
    }
    return new CommittedImages(
        Arrays.copyOf(pages, length), inMemory, spill, count == 0 ? 0 : images[0].length);
  }

  int[] pageNumbers() {
    return pages;
  }

  @Override
  public byte[] image(int index) {
    byte[] present = inMemory[index];
    return present == null ? spilled(pages[index]) : present;
  }

  private byte[] spilled(int pageNumber) {
    SpillFile file = spill;
    if (file == null) {
      throw new IllegalStateException("nothing was spilled");
    }
    byte[] image = new byte[pageSize];
    file.read(file.find(pageNumber), image);
    return image;
  }
}
