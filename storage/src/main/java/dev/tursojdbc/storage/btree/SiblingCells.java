package dev.tursojdbc.storage.btree;

import dev.tursojdbc.storage.error.CorruptDatabaseException;
import dev.tursojdbc.storage.page.PageBytes;
import java.util.Arrays;

/**
 * The cells of neighbouring pages in key order, copied out, and how they are dealt to pages anew.
 *
 * <p>Between two pages of an index tree, and between two interior pages, stands a dividing cell of
 * the page above. It is dealt with the others, and another may become the divider. In leaves of a
 * table tree the dividers are copies of keys, and no part of this.
 *
 * <p>Dealing is SQLite's: first every page, from the left, takes all that fits; then cells move to
 * the right, from the last page backwards, until two neighbours are about equal.
 */
final class SiblingCells {
  /** Three pages whose cells no longer fit are dealt to five at most. */
  static final int MAX_PAGES = 5;

  private final int usableSize;
  private final boolean table;
  private final CellReader reader;

  byte[] content = new byte[0];
  private int contentSize;

  /** Of each cell: where it is in {@link #content}, and the bytes it takes in a page. */
  int[] offsets = new int[64];

  int[] sizes = new int[64];

  /** The page each cell comes from; 0 if all that points to its parts is to be written anew. */
  int[] origins = new int[64];

  /** The first overflow page of each cell, or 0. */
  int[] overflowPages = new int[64];

  /** The keys of the cells of a table leaf. */
  private long[] rowids = new long[64];

  int count;

  /** How the cells were dealt: per page the cell behind its last one, and the number of pages. */
  final int[] ends = new int[MAX_PAGES];

  private final int[] pageSizes = new int[MAX_PAGES];
  int pages;

  SiblingCells(int usableSize, boolean table) {
    this.usableSize = usableSize;
    this.table = table;
    this.reader = new CellReader(usableSize, table);
  }

  void clear() {
    count = 0;
    contentSize = 0;
  }

  /** Adds the cells of a page, with those pending for it in their places. */
  void addPage(byte[] image, int pageNumber, PendingCells pending) {
    boolean leaf = TreePage.isLeaf(image, 0);
    int cellCount = TreePage.cellCount(image, 0);
    int pointers = TreePage.cellPointers(image, 0);
    int used = 0;
    int next = 0;
    for (int i = 0; i < cellCount; i++) {
      while (next < pending.count() && pending.index(next) == i + next) {
        addPending(pending.cell(next++), pageNumber, leaf);
      }
      int offset = TreePage.cellOffset(image, pageNumber, pointers, cellCount, i, usableSize);
      reader.read(image, pageNumber, i, offset, leaf);
      used += reader.size + 2;
      if (used > usableSize) {
        throw CorruptDatabaseException.atPage(pageNumber, "cells overlap");
      }
      add(image, offset, reader.size, pageNumber);
    }
    while (next < pending.count()) {
      addPending(pending.cell(next++), pageNumber, leaf);
    }
  }

  private void addPending(byte[] cell, int pageNumber, boolean leaf) {
    reader.read(cell, pageNumber, 0, 0, leaf);
    // Its page may have moved since it became pending.
    add(cell, 0, cell.length, 0);
  }

  /** Adds the cell that divided two leaves of an index tree; it loses its left child. */
  void addLeafDivider(byte[] source, int offset, int aboveNumber) {
    reader.read(source, aboveNumber, 0, offset, false);
    int size = reader.payloadOffset + reader.localSize - offset - PayloadSizes.PAGE_NUMBER_SIZE;
    if (reader.hasOverflow()) {
      size += PayloadSizes.PAGE_NUMBER_SIZE;
    }
    add(source, offset + PayloadSizes.PAGE_NUMBER_SIZE, size, 0);
    while (sizes[count - 1] < TreePage.MIN_CELL_SIZE) {
      content[contentSize++] = 0;
      sizes[count - 1]++;
    }
  }

  /**
   * Adds the cell that divided two interior pages; its left child is the first one's right child.
   */
  void addInteriorDivider(byte[] source, int offset, int aboveNumber, int leftChild) {
    reader.read(source, aboveNumber, 0, offset, false);
    add(source, offset, reader.size, 0);
    PageBytes.putInt(content, offsets[count - 1], leftChild);
  }

  private void add(byte[] source, int offset, int size, int origin) {
    if (contentSize + size + TreePage.MIN_CELL_SIZE > content.length) {
      content = Arrays.copyOf(content, Math.max(4 * usableSize, 2 * content.length) + size);
    }
    if (count == offsets.length) {
      grow();
    }
    System.arraycopy(source, offset, content, contentSize, size);
    offsets[count] = contentSize;
    sizes[count] = size;
    origins[count] = origin;
    overflowPages[count] = reader.hasOverflow() ? reader.firstOverflowPage(source) : 0;
    rowids[count] = reader.rowid;
    contentSize += size;
    count++;
  }

  private void grow() {
    int size = 2 * count;
    offsets = Arrays.copyOf(offsets, size);
    sizes = Arrays.copyOf(sizes, size);
    origins = Arrays.copyOf(origins, size);
    overflowPages = Arrays.copyOf(overflowPages, size);
    rowids = Arrays.copyOf(rowids, size);
  }

  long rowid(int index) {
    return rowids[index];
  }

  /**
   * The bytes of a cell of an index leaf without the padding: as a divider, with four bytes more,
   * it has none.
   */
  int unpaddedLeafSize(int index) {
    boolean tiny = sizes[index] == TreePage.MIN_CELL_SIZE && overflowPages[index] == 0;
    return tiny ? Math.min(1 + content[offsets[index]], TreePage.MIN_CELL_SIZE) : sizes[index];
  }

  /**
   * Deals the cells to pages.
   *
   * @param leftFull keep the pages at the left full, for keys that come in order
   */
  void deal(boolean leaf, boolean leftFull, int pageNumber) {
    int headerSize = leaf ? TreePage.LEAF_HEADER_SIZE : TreePage.INTERIOR_HEADER_SIZE;
    int divider = leaf && table ? 0 : 1;
    fill(usableSize - headerSize, divider, pageNumber);
    for (int page = pages - 1; page > 0; page--) {
      even(page, divider, leftFull);
    }
  }

  private void fill(int capacity, int divider, int pageNumber) {
    pages = 0;
    int next = 0;
    while (true) {
      int start = next;
      int size = 0;
      while (next < count && size + sizes[next] + 2 <= capacity) {
        size += sizes[next] + 2;
        next++;
      }
      if (pages == MAX_PAGES || (next == start && start < count)) {
        throw CorruptDatabaseException.atPage(pageNumber, "cells too large to be balanced");
      }
      ends[pages] = next;
      pageSizes[pages] = size;
      pages++;
      if (next == count) {
        return;
      }
      // If the last cell becomes a divider here, the page behind it is empty until they are evened.
      next += divider;
    }
  }

  /** Moves cells from the end of the page before to the start of this one. */
  private void even(int page, int divider, boolean leftFull) {
    int first = page > 1 ? ends[page - 2] + divider : 0;
    int right = pageSizes[page];
    int left = pageSizes[page - 1];
    int last = ends[page - 1] - 1;
    int lastPointer = page == pages - 1 ? 0 : 2;
    while (last > first) {
      int moved = sizes[last + divider] + 2;
      if (right != 0 && (leftFull || right + moved > left - (sizes[last] + lastPointer))) {
        break;
      }
      right += moved;
      left -= sizes[last] + 2;
      ends[page - 1] = last;
      last--;
    }
    pageSizes[page] = right;
    pageSizes[page - 1] = left;
  }
}
