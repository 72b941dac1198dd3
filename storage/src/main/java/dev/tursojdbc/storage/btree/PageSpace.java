package dev.tursojdbc.storage.btree;

import static dev.tursojdbc.storage.btree.TreePage.cellCount;
import static dev.tursojdbc.storage.btree.TreePage.cellPointers;
import static dev.tursojdbc.storage.btree.TreePage.contentStart;
import static dev.tursojdbc.storage.btree.TreePage.firstFreeblock;
import static dev.tursojdbc.storage.btree.TreePage.fragmentedBytes;
import static dev.tursojdbc.storage.page.PageBytes.getShort;
import static dev.tursojdbc.storage.page.PageBytes.putShort;

import dev.tursojdbc.storage.error.CorruptDatabaseException;

/**
 * Gives and takes the space of cells in one writable page.
 *
 * <pre>
 *   page header | cell pointers -->   gap   <-- cells, freeblocks and fragments | reserved
 *
 *   freeblock := next freeblock:2 size:2 anything      at least 4 bytes, in ascending order
 * </pre>
 *
 * <p>Free pieces of less than four bytes are fragments, known only by their sum, which stays at 60
 * or less. Freeblocks are never less than four bytes apart: what would be a fragment between two of
 * them is absorbed. The cell content begins with a cell, never with a freeblock.
 */
final class PageSpace {
  private static final int MIN_FREEBLOCK_SIZE = 4;
  private static final int MAX_FRAGMENTED_BYTES = 60;

  private final int usableSize;
  private final CellReader cell;
  private byte[] copy = {};

  PageSpace(int usableSize, boolean table) {
    this.usableSize = usableSize;
    this.cell = new CellReader(usableSize, table);
  }

  /** Writes the header of a page without cells. */
  static void format(byte[] image, int header, int kind, int usableSize) {
    image[header] = (byte) kind;
    putShort(image, header + 1, 0);
    putShort(image, header + 3, 0);
    putShort(image, header + 5, usableSize);
    image[header + 7] = 0;
  }

  /**
   * Whether freeblocks and counts could be right, as far as SQLite looks before it uses a page's
   * free space: freeblocks ascend within the page, and the sum fits.
   */
  static boolean isSound(byte[] image, int header, int usableSize) {
    int pointersEnd = cellPointers(image, header) + 2 * cellCount(image, header);
    int top = contentStart(image, header);
    int total = fragmentedBytes(image, header) + top;
    int lowest = top;
    int block = firstFreeblock(image, header);
    while (block != 0) {
      if (block < lowest || block > usableSize - MIN_FREEBLOCK_SIZE) {
        return false;
      }
      int size = getShort(image, block + 2);
      lowest = block + size + MIN_FREEBLOCK_SIZE;
      total += size;
      block = getShort(image, block);
      boolean ends = block != 0 || lowest - MIN_FREEBLOCK_SIZE <= usableSize;
      if (size < MIN_FREEBLOCK_SIZE || !ends) {
        return false;
      }
    }
    return total <= usableSize && total >= pointersEnd;
  }

  /** Number of free bytes, in which cells and their pointers fit. Checks the list of freeblocks. */
  int freeBytes(byte[] image, int pageNumber, int header) {
    int pointersEnd = cellPointers(image, header) + 2 * cellCount(image, header);
    int top = contentStart(image, header);
    if (top < pointersEnd || top > usableSize) {
      throw malformed(pageNumber, "cell content begins at " + top);
    }
    int total = top - pointersEnd + fragmentedBytes(image, header);
    int block = firstFreeblock(image, header);
    int lowest = top;
    while (block != 0) {
      if (block < lowest || block > usableSize - MIN_FREEBLOCK_SIZE) {
        throw malformed(pageNumber, "freeblock at " + block);
      }
      int size = getShort(image, block + 2);
      if (size < MIN_FREEBLOCK_SIZE || block + size > usableSize) {
        throw malformed(pageNumber, "freeblock of " + size + " bytes at " + block);
      }
      total += size;
      lowest = block + size + MIN_FREEBLOCK_SIZE;
      block = getShort(image, block);
    }
    if (total > usableSize - pointersEnd) {
      throw malformed(pageNumber, total + " free bytes");
    }
    return total;
  }

  /** Whether there is room for a cell and its pointer. */
  boolean hasRoom(byte[] image, int pageNumber, int header, int size) {
    int pointersEnd = cellPointers(image, header) + 2 * cellCount(image, header);
    int offset = contentStart(image, header) - size;
    return (firstFreeblock(image, header) == 0
            && offset >= pointersEnd + 2
            && offset + size <= usableSize)
        || freeBytes(image, pageNumber, header) >= size + 2;
  }

  /**
   * Makes room for a cell and writes its pointer.
   *
   * @return the offset at which the caller writes the cell, or -1 if the page is too full
   */
  int insert(byte[] image, int pageNumber, int header, int index, int size) {
    int count = cellCount(image, header);
    int pointers = cellPointers(image, header);
    int pointersEnd = pointers + 2 * count;
    int offset = contentStart(image, header) - size;
    if (firstFreeblock(image, header) == 0
        && offset >= pointersEnd + 2
        && offset + size <= usableSize) {
      putShort(image, header + 5, offset);
    } else {
      offset = allocate(image, pageNumber, header, size);
      if (offset < 0) {
        return -1;
      }
    }
    int pointer = pointers + 2 * index;
    if (index < count) {
      System.arraycopy(image, pointer, image, pointer + 2, pointersEnd - pointer);
    }
    putShort(image, pointer, offset);
    putShort(image, header + 3, count + 1);
    return offset;
  }

  private int allocate(byte[] image, int pageNumber, int header, int size) {
    if (freeBytes(image, pageNumber, header) < size + 2) {
      return -1;
    }
    int pointersEnd = cellPointers(image, header) + 2 * cellCount(image, header);
    if (pointersEnd + 2 <= contentStart(image, header)) {
      int offset = takeFromFreeblock(image, header, size);
      if (offset >= 0) {
        return offset;
      }
    }
    if (contentStart(image, header) - pointersEnd < size + 2) {
      defragment(image, pageNumber, header);
    }
    int offset = contentStart(image, header) - size;
    putShort(image, header + 5, offset);
    return offset;
  }

  /** Takes the end of the first freeblock that is large enough. The list was checked. */
  private int takeFromFreeblock(byte[] image, int header, int size) {
    int link = header + 1;
    int block = getShort(image, link);
    while (block != 0) {
      int rest = getShort(image, block + 2) - size;
      if (rest >= MIN_FREEBLOCK_SIZE) {
        putShort(image, block + 2, rest);
        return block + rest;
      }
      if (rest >= 0) {
        int fragmented = fragmentedBytes(image, header) + rest;
        if (fragmented > MAX_FRAGMENTED_BYTES) {
          return -1;
        }
        image[header + 7] = (byte) fragmented;
        putShort(image, link, getShort(image, block));
        return block + rest;
      }
      link = block;
      block = getShort(image, block);
    }
    return -1;
  }

  /** Removes a cell and its pointer. */
  void remove(byte[] image, int pageNumber, int header, int index) {
    int count = cellCount(image, header);
    int pointers = cellPointers(image, header);
    int offset = TreePage.cellOffset(image, pageNumber, pointers, count, index, usableSize);
    cell.read(image, pageNumber, index, offset, TreePage.isLeaf(image, header));
    release(image, pageNumber, header, offset, cell.size);
    if (count == 1) {
      format(image, header, image[header], usableSize);
      return;
    }
    int pointer = pointers + 2 * index;
    System.arraycopy(image, pointer + 2, image, pointer, pointers + 2 * count - pointer - 2);
    putShort(image, header + 3, count - 1);
  }

  /** Makes a freeblock of a cell's space, or joins it with its neighbours. */
  private void release(byte[] image, int pageNumber, int header, int offset, int size) {
    int start = offset;
    int end = offset + size;
    if (end > usableSize) {
      throw malformed(pageNumber, "cell at " + offset + " extends off the end");
    }
    int link = header + 1;
    int next = getShort(image, link);
    while (next != 0 && next < start) {
      if (next <= link) {
        throw malformed(pageNumber, "freeblock at " + next + " behind one at " + link);
      }
      link = next;
      next = getShort(image, next);
    }
    if (next > usableSize - MIN_FREEBLOCK_SIZE) {
      throw malformed(pageNumber, "freeblock at " + next);
    }
    int fragmented = 0;
    if (next != 0 && end + MIN_FREEBLOCK_SIZE > next) {
      fragmented += checkGap(pageNumber, next - end);
      end = next + getShort(image, next + 2);
      next = getShort(image, next);
    }
    boolean joined = false;
    if (link != header + 1) {
      int before = link + getShort(image, link + 2);
      if (before + MIN_FREEBLOCK_SIZE > start) {
        fragmented += checkGap(pageNumber, start - before);
        start = link;
        joined = true;
      }
    }
    if (end > usableSize || fragmented > fragmentedBytes(image, header)) {
      throw malformed(pageNumber, "free space around " + offset);
    }
    image[header + 7] = (byte) (fragmentedBytes(image, header) - fragmented);
    int top = contentStart(image, header);
    if (start <= top) {
      if (start < top || (!joined && link != header + 1)) {
        throw malformed(pageNumber, "cell at " + offset + " before the cell content");
      }
      putShort(image, header + 1, next);
      putShort(image, header + 5, end);
      return;
    }
    if (!joined) {
      putShort(image, link, start);
    }
    putShort(image, start, next);
    putShort(image, start + 2, end - start);
  }

  private static int checkGap(int pageNumber, int gap) {
    if (gap < 0) {
      throw malformed(pageNumber, "a freeblock and a cell overlap");
    }
    return gap;
  }

  /** Moves all cells to the end of the page, so that the free bytes are one gap. */
  void defragment(byte[] image, int pageNumber, int header) {
    if (copy.length < usableSize) {
      copy = new byte[usableSize];
    }
    System.arraycopy(image, 0, copy, 0, usableSize);
    int count = cellCount(image, header);
    int pointers = cellPointers(image, header);
    boolean leaf = TreePage.isLeaf(image, header);
    int pointersEnd = pointers + 2 * count;
    int top = usableSize;
    for (int i = 0; i < count; i++) {
      int offset = TreePage.cellOffset(copy, pageNumber, pointers, count, i, usableSize);
      cell.read(copy, pageNumber, i, offset, leaf);
      top -= cell.size;
      if (top < pointersEnd) {
        throw malformed(pageNumber, "cells overlap");
      }
      System.arraycopy(copy, offset, image, top, cell.size);
      putShort(image, pointers + 2 * i, top);
    }
    putShort(image, header + 1, 0);
    putShort(image, header + 5, top);
    image[header + 7] = 0;
  }

  private static CorruptDatabaseException malformed(int pageNumber, String finding) {
    return CorruptDatabaseException.atPage(pageNumber, finding);
  }
}
