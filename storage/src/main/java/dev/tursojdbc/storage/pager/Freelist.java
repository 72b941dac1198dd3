package dev.tursojdbc.storage.pager;

import static dev.tursojdbc.storage.page.PageBytes.getInt;
import static dev.tursojdbc.storage.page.PageBytes.putInt;

import dev.tursojdbc.storage.error.CorruptDatabaseException;
import dev.tursojdbc.storage.page.DatabaseHeader;
import dev.tursojdbc.storage.page.PageWriter;

/**
 * The pages of the database that are in no tree: a chain of trunk pages, each with an array of
 * leaves.
 *
 * <pre>
 *   trunk page
 *   offset  size  field
 *        0     4  next trunk page, 0 at the end
 *        4     4  number of leaves, n
 *        8   4*n  their page numbers
 * </pre>
 *
 * <p>The header of page 1 has the first trunk and the number of all free pages, trunks included.
 * What a leaf page contains means nothing. A trunk has room for usable size / 4 - 2 leaves, but
 * since old versions of SQLite take a trunk with more than usable size / 4 - 8 for corrupt, no more
 * are put in.
 *
 * <p>Which page is taken, and where a freed one is put, is as in SQLite, so that files come out
 * alike.
 */
final class Freelist {
  private static final int NEXT_OFFSET = 0;
  private static final int COUNT_OFFSET = 4;
  private static final int LEAVES_OFFSET = 8;
  private static final int NUMBER_SIZE = 4;

  private final PageWriter pages;

  Freelist(PageWriter pages) {
    this.pages = pages;
  }

  int size() {
    return pages.headerValue(DatabaseHeader.FREELIST_COUNT_OFFSET);
  }

  /**
   * Takes a page from the first trunk: the leaf closest to a page, or the trunk itself when it has
   * no leaves. The list is not empty.
   *
   * @param near 0: any
   */
  int take(int near) {
    requirePlausibleSize();
    int trunk = pages.headerValue(DatabaseHeader.FREELIST_TRUNK_OFFSET);
    requireExists(trunk, 1, "the first freelist trunk");
    int count = leafCount(trunk, pages.page(trunk));
    int taken = count == 0 ? takeTrunk(trunk, 0) : takeLeaf(trunk, closestLeaf(trunk, count, near));
    pages.setHeaderValue(DatabaseHeader.FREELIST_COUNT_OFFSET, size() - 1);
    return taken;
  }

  /** Takes this page if it is on the list. */
  boolean takeExactly(int pageNumber) {
    if (size() == 0) {
      return false;
    }
    requirePlausibleSize();
    int limit = size();
    int before = 0;
    int trunk = pages.headerValue(DatabaseHeader.FREELIST_TRUNK_OFFSET);
    for (int trunks = 0; trunk != 0; trunks++) {
      requireExists(trunk, before == 0 ? 1 : before, "a freelist trunk");
      if (trunks > limit) {
        throw CorruptDatabaseException.atPage(trunk, "the freelist's trunks form a circle");
      }
      if (takeFromTrunk(trunk, before, pageNumber)) {
        pages.setHeaderValue(DatabaseHeader.FREELIST_COUNT_OFFSET, limit - 1);
        return true;
      }
      before = trunk;
      trunk = getInt(pages.page(trunk), NEXT_OFFSET);
    }
    return false;
  }

  private boolean takeFromTrunk(int trunk, int before, int pageNumber) {
    byte[] image = pages.page(trunk);
    int count = leafCount(trunk, image);
    if (trunk == pageNumber) {
      takeTrunk(trunk, before);
      return true;
    }
    for (int i = 0; i < count; i++) {
      if (getInt(image, leafOffset(i)) == pageNumber) {
        takeLeaf(trunk, i);
        return true;
      }
    }
    return false;
  }

  /** Takes a trunk page out of the chain; its first leaf, if it has any, becomes the trunk. */
  private int takeTrunk(int trunk, int before) {
    byte[] image = pages.page(trunk);
    int count = leafCount(trunk, image);
    int next = getInt(image, NEXT_OFFSET);
    if (count > 0) {
      int leaf = getInt(image, LEAVES_OFFSET);
      requireUsable(leaf, trunk);
      byte[] successor = pages.writable(leaf);
      putInt(successor, NEXT_OFFSET, next);
      putInt(successor, COUNT_OFFSET, count - 1);
      System.arraycopy(image, leafOffset(1), successor, LEAVES_OFFSET, (count - 1) * NUMBER_SIZE);
      next = leaf;
    }
    if (before == 0) {
      pages.setHeaderValue(DatabaseHeader.FREELIST_TRUNK_OFFSET, next);
    } else {
      putInt(pages.writable(before), NEXT_OFFSET, next);
    }
    return trunk;
  }

  private int closestLeaf(int trunk, int count, int near) {
    int closest = 0;
    if (near > 0) {
      byte[] image = pages.page(trunk);
      long least = Long.MAX_VALUE;
      for (int i = 0; i < count; i++) {
        long distance = Math.abs((long) getInt(image, leafOffset(i)) - near);
        if (distance < least) {
          least = distance;
          closest = i;
        }
      }
    }
    return closest;
  }

  private int takeLeaf(int trunk, int index) {
    byte[] image = pages.writable(trunk);
    int count = getInt(image, COUNT_OFFSET);
    int leaf = getInt(image, leafOffset(index));
    requireUsable(leaf, trunk);
    System.arraycopy(image, leafOffset(count - 1), image, leafOffset(index), NUMBER_SIZE);
    putInt(image, COUNT_OFFSET, count - 1);
    return leaf;
  }

  /**
   * Puts a page on the list.
   *
   * @return whether it is a leaf now, whose content means nothing
   */
  boolean put(int pageNumber) {
    int size = size();
    pages.setHeaderValue(DatabaseHeader.FREELIST_COUNT_OFFSET, size + 1);
    int trunk = size == 0 ? 0 : pages.headerValue(DatabaseHeader.FREELIST_TRUNK_OFFSET);
    if (trunk != 0) {
      requireExists(trunk, 1, "the first freelist trunk");
      int count = leafCount(trunk, pages.page(trunk));
      if (count < pages.usableSize() / NUMBER_SIZE - 8) {
        byte[] image = pages.writable(trunk);
        putInt(image, leafOffset(count), pageNumber);
        putInt(image, COUNT_OFFSET, count + 1);
        return true;
      }
    }
    byte[] image = pages.writable(pageNumber);
    putInt(image, NEXT_OFFSET, trunk);
    putInt(image, COUNT_OFFSET, 0);
    pages.setHeaderValue(DatabaseHeader.FREELIST_TRUNK_OFFSET, pageNumber);
    return false;
  }

  private static int leafOffset(int index) {
    return LEAVES_OFFSET + index * NUMBER_SIZE;
  }

  private int leafCount(int trunk, byte[] image) {
    int count = getInt(image, COUNT_OFFSET);
    int most = pages.usableSize() / NUMBER_SIZE - 2;
    if (count < 0 || count > most) {
      throw CorruptDatabaseException.atPage(
          trunk, "the freelist trunk counts " + count + " leaves, there is room for " + most);
    }
    return count;
  }

  private void requirePlausibleSize() {
    if (size() < 0 || size() >= pages.pageCount()) {
      throw CorruptDatabaseException.atPage(
          1, "the header counts " + size() + " free pages of " + pages.pageCount());
    }
  }

  private void requireUsable(int leaf, int trunk) {
    requireExists(leaf, trunk, "a freelist leaf");
  }

  private void requireExists(int pageNumber, int where, String what) {
    if (pageNumber < 2 || pageNumber > pages.pageCount()) {
      throw CorruptDatabaseException.atPage(where, what + " is page " + pageNumber);
    }
  }
}
