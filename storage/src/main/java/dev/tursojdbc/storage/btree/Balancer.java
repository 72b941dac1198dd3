package dev.tursojdbc.storage.btree;

import dev.tursojdbc.storage.error.CorruptDatabaseException;
import dev.tursojdbc.storage.page.PageBytes;
import dev.tursojdbc.storage.page.PageWriter;
import dev.tursojdbc.storage.page.PointerType;
import dev.tursojdbc.storage.record.Varint;
import java.util.Arrays;

/**
 * Brings the pages of a path back into shape after a change, from a level upwards: no page has more
 * cells than fit, none but the root is more than two thirds empty.
 *
 * <p>Three ways, which are SQLite's:
 *
 * <ul>
 *   <li><i>append</i>: one cell too many at the right end of a table goes to a new page alone, so
 *       that ascending rowids fill the leaves;
 *   <li><i>siblings</i>: the cells of up to three neighbours are dealt to as many pages as they
 *       need;
 *   <li><i>deepen</i>: an overfull root hands its content to a new child, which is then balanced.
 *       The reverse: a root left with one child takes over its content if it fits.
 * </ul>
 *
 * <p>Pages for the cells are allocated before anything is changed at a level. If that fails, levels
 * below may be changed already, and the transaction or statement must be undone.
 */
final class Balancer {
  private final PageWriter writer;
  private final TreeCursor path;
  private final PageSpace space;
  private final boolean table;
  private final int usableSize;

  private final PendingCells[] pending = new PendingCells[TreePage.MAX_DEPTH + 1];
  private final SiblingCells cells;

  private final int[] oldPages = new int[3];
  private final int[] newPages = new int[SiblingCells.MAX_PAGES];
  private byte[] divider = new byte[64];

  /** Whether keys come in order, so that the pages left of the path are best left full. */
  private boolean ascending;

  Balancer(PageWriter writer, TreeCursor path, PageSpace space, boolean table) {
    this.writer = writer;
    this.path = path;
    this.space = space;
    this.table = table;
    this.usableSize = writer.usableSize();
    this.cells = new SiblingCells(usableSize, table);
    for (int i = 0; i < pending.length; i++) {
      pending[i] = new PendingCells();
    }
  }

  void setAscending(boolean newAscending) {
    ascending = newAscending;
  }

  /** Forgets what a failed change left behind. */
  void reset() {
    for (PendingCells cellsOfLevel : pending) {
      cellsOfLevel.clear();
    }
  }

  /** Adds a cell to a page of the path in which it does not fit. */
  void addPending(int level, int index, byte[] cell, int size) {
    pending[level].insert(index, cell, 0, size);
  }

  /**
   * Balances from a level of the path upwards.
   *
   * @return the level at which nothing was left to do; the path is valid above it
   */
  int balance(int from) {
    int level = from;
    while (true) {
      PendingCells over = pending[level];
      if (level == 0) {
        if (over.isEmpty()) {
          return 0;
        }
        deepen();
        level = 1;
        continue;
      }
      if (over.isEmpty() && !isMostlyEmpty(level)) {
        return level;
      }
      if (isAppend(level)) {
        append(level);
      } else {
        balanceSiblings(level);
      }
      level--;
    }
  }

  private boolean isMostlyEmpty(int level) {
    int number = path.pageNumbers[level];
    int free = space.freeBytes(path.images[level], number, TreePage.headerOffset(number));
    return free * 3 > usableSize * 2;
  }

  private boolean isAppend(int level) {
    PendingCells over = pending[level];
    int above = level - 1;
    return table
        && TreePage.isLeaf(path.images[level], 0)
        && over.count() == 1
        && over.index(0) == path.cellCounts[level]
        && path.cellCounts[level] > 0
        && path.pageNumbers[above] != 1
        && pending[above].isEmpty()
        && path.indexes[above] == path.cellCounts[above];
  }

  private void append(int level) {
    int number = path.pageNumbers[level];
    byte[] image = path.images[level];
    int count = path.cellCounts[level];
    int pointers = TreePage.cellPointers(image, 0);
    int offset = TreePage.cellOffset(image, number, pointers, count, count - 1, usableSize);
    long lastRowid = TreePage.leafRowid(image, number, count - 1, offset, usableSize);

    int added = writer.allocate(number);
    byte[] target = writer.writable(added);
    PageSpace.format(target, 0, TreePage.TABLE_LEAF, usableSize);
    byte[] cell = pending[level].cell(0);
    int at = space.insert(target, added, 0, 0, cell.length);
    if (at < 0) {
      throw CorruptDatabaseException.atPage(number, "cell of " + cell.length + " bytes");
    }
    System.arraycopy(cell, 0, target, at, cell.length);
    pending[level].clear();

    int above = level - 1;
    int aboveNumber = path.pageNumbers[above];
    if (writer.hasPointerMap()) {
      writer.setPointer(added, PointerType.TREE, aboveNumber);
      ChildPointers.write(writer, target, added, table);
    }
    byte[] parent = makeWritable(above);
    PageBytes.putInt(parent, TreePage.headerOffset(aboveNumber) + 8, added);
    PageBytes.putInt(divider, 0, number);
    int size = PayloadSizes.PAGE_NUMBER_SIZE;
    size += Varint.write(divider, size, lastRowid);
    insertAbove(above, path.cellCounts[above], size);
  }

  /** Moves the root's content to a new child, and what is pending for the root with it. */
  private void deepen() {
    byte[] root = makeWritable(0);
    int rootNumber = path.pageNumbers[0];
    int header = TreePage.headerOffset(rootNumber);
    int childNumber = writer.allocate(rootNumber);
    byte[] child = writer.writable(childNumber);
    moveContent(root, rootNumber, header, child, 0);
    writer.setPointer(childNumber, PointerType.TREE, rootNumber);
    ChildPointers.write(writer, child, childNumber, table);

    int kind = table ? TreePage.TABLE_INTERIOR : TreePage.INDEX_INTERIOR;
    PageSpace.format(root, header, kind, usableSize);
    PageBytes.putInt(root, header + 8, childNumber);

    path.pageNumbers[1] = childNumber;
    path.images[1] = child;
    path.indexes[1] = path.indexes[0];
    path.cellCounts[1] = path.cellCounts[0];
    path.indexes[0] = 0;
    path.cellCounts[0] = 0;
    PendingCells empty = pending[1];
    pending[1] = pending[0];
    pending[0] = empty;
  }

  /** Copies header, cell pointers and cell content; offsets in the page stay. */
  private void moveContent(
      byte[] source, int sourceNumber, int sourceHeader, byte[] target, int targetHeader) {
    int top = TreePage.contentStart(source, sourceHeader);
    int pointersEnd =
        TreePage.cellPointers(source, sourceHeader) + 2 * TreePage.cellCount(source, sourceHeader);
    if (top < pointersEnd || top > usableSize) {
      throw CorruptDatabaseException.atPage(sourceNumber, "cell content begins at " + top);
    }
    System.arraycopy(source, top, target, top, usableSize - top);
    System.arraycopy(source, sourceHeader, target, targetHeader, pointersEnd - sourceHeader);
  }

  private void balanceSiblings(int level) {
    int above = level - 1;
    int aboveNumber = path.pageNumbers[above];
    boolean leaf = TreePage.isLeaf(path.images[level], 0);
    int parentCells = path.cellCounts[above] + pending[above].count();
    int childIndex = path.indexes[above];
    int width = ascending ? 1 : 2;
    int first = 0;
    if (parentCells >= 2) {
      if (childIndex == parentCells) {
        first = parentCells - width;
      } else {
        first = Math.max(0, childIndex - 1);
      }
    }
    int oldCount = Math.min(parentCells, width) + 1;

    int lastRightChild = gather(level, first, oldCount, leaf);
    cells.deal(leaf, ascending, path.pageNumbers[level]);
    int newCount = cells.pages;
    choosePages(oldCount, newCount);

    byte[] parent = makeWritable(above);
    for (int i = oldCount - 2; i >= 0; i--) {
      removeAbove(above, first + i);
    }
    setChildAbove(above, parent, first, newPages[newCount - 1]);
    for (int i = 0; i < newCount; i++) {
      writePage(i, leaf, lastRightChild, aboveNumber);
    }
    for (int i = 0; i < newCount - 1; i++) {
      insertAbove(above, first + i, makeDivider(i, leaf, aboveNumber));
    }
    pending[level].clear();
    if (above == 0 && path.cellCounts[0] == 0 && pending[0].isEmpty()) {
      takeOverOnlyChild(parent);
    }
    for (int i = newCount; i < oldCount; i++) {
      writer.free(oldPages[i]);
    }
  }

  /**
   * Collects the cells of the siblings and what divides them.
   *
   * @return right child of the last sibling, 0 if they are leaves
   */
  private int gather(int level, int first, int count, boolean leaf) {
    int above = level - 1;
    int aboveNumber = path.pageNumbers[above];
    int kind = TreePage.kind(path.images[level], 0);
    int rightChild = 0;
    cells.clear();
    for (int i = 0; i < count; i++) {
      int number = childAbove(above, first + i);
      boolean onPath = number == path.pageNumbers[level];
      if (onPath != (first + i == path.indexes[above]) || number < 2 || isOnPath(number, above)) {
        throw CorruptDatabaseException.atPage(aboveNumber, "child " + number + " twice");
      }
      byte[] image = onPath ? path.images[level] : writer.page(number);
      TreePage.check(image, number, 0, table, true);
      if (TreePage.kind(image, 0) != kind) {
        throw CorruptDatabaseException.atPage(number, "siblings of different kinds");
      }
      oldPages[i] = number;
      cells.addPage(image, number, onPath ? pending[level] : PendingCells.NONE);
      rightChild = leaf ? 0 : TreePage.rightChild(image, 0);
      if (i < count - 1) {
        gatherDivider(above, first + i, leaf, rightChild);
      }
    }
    if (count == 3 && oldPages[0] == oldPages[2]) {
      throw CorruptDatabaseException.atPage(aboveNumber, "child " + oldPages[0] + " twice");
    }
    return rightChild;
  }

  private boolean isOnPath(int number, int lastLevel) {
    for (int i = 0; i <= lastLevel; i++) {
      if (path.pageNumbers[i] == number) {
        return true;
      }
    }
    return false;
  }

  private void gatherDivider(int above, int index, boolean leaf, int leftChild) {
    if (leaf && table) {
      return;
    }
    int found = pending[above].find(index);
    byte[] source = found >= 0 ? pending[above].cell(found) : path.images[above];
    int offset = found >= 0 ? 0 : offsetAbove(above, index);
    if (leaf) {
      cells.addLeafDivider(source, offset, path.pageNumbers[above]);
    } else {
      cells.addInteriorDivider(source, offset, path.pageNumbers[above], leftChild);
    }
  }

  /** Keeps the numbers of the old pages as far as they are needed, in ascending order. */
  private void choosePages(int oldCount, int newCount) {
    for (int i = 0; i < newCount; i++) {
      newPages[i] = i < oldCount ? oldPages[i] : writer.allocate(newPages[i - 1]);
    }
    Arrays.sort(newPages, 0, newCount);
  }

  private void writePage(int page, boolean leaf, int lastRightChild, int aboveNumber) {
    int number = newPages[page];
    byte[] image = writer.writable(number);
    int kind =
        leaf
            ? (table ? TreePage.TABLE_LEAF : TreePage.INDEX_LEAF)
            : (table ? TreePage.TABLE_INTERIOR : TreePage.INDEX_INTERIOR);
    int start = page == 0 ? 0 : cells.ends[page - 1] + (leaf && table ? 0 : 1);
    int end = cells.ends[page];
    int pointer = leaf ? TreePage.LEAF_HEADER_SIZE : TreePage.INTERIOR_HEADER_SIZE;
    int top = usableSize;
    for (int i = start; i < end; i++) {
      top -= cells.sizes[i];
      System.arraycopy(cells.content, cells.offsets[i], image, top, cells.sizes[i]);
      PageBytes.putShort(image, pointer, top);
      pointer += 2;
    }
    PageSpace.format(image, 0, kind, usableSize);
    PageBytes.putShort(image, 3, end - start);
    PageBytes.putShort(image, 5, top);
    int rightChild = 0;
    if (!leaf) {
      boolean last = page == cells.pages - 1;
      rightChild = last ? lastRightChild : PageBytes.getInt(cells.content, cells.offsets[end]);
      PageBytes.putInt(image, 8, rightChild);
    }
    if (writer.hasPointerMap()) {
      writer.setPointer(number, PointerType.TREE, aboveNumber);
      if (!leaf) {
        writer.setPointer(rightChild, PointerType.TREE, number);
      }
      for (int i = start; i < end; i++) {
        writeCellPointers(i, number, leaf);
      }
    }
  }

  private void writeCellPointers(int i, int number, boolean leaf) {
    if (cells.origins[i] == number) {
      return;
    }
    if (!leaf) {
      int child = PageBytes.getInt(cells.content, cells.offsets[i]);
      writer.setPointer(child, PointerType.TREE, number);
    }
    if (cells.overflowPages[i] != 0) {
      writer.setPointer(cells.overflowPages[i], PointerType.OVERFLOW_FIRST, number);
    }
  }

  /** Builds the cell between two new pages in {@link #divider}. @return its size */
  private int makeDivider(int page, boolean leaf, int aboveNumber) {
    int number = newPages[page];
    int end = cells.ends[page];
    int start = PayloadSizes.PAGE_NUMBER_SIZE;
    int size;
    if (leaf && table) {
      size = start + Varint.write(divider, start, cells.rowid(end - 1));
    } else {
      int skipped = leaf ? 0 : PayloadSizes.PAGE_NUMBER_SIZE;
      int length = (leaf ? cells.unpaddedLeafSize(end) : cells.sizes[end]) - skipped;
      size = start + length;
      if (size > divider.length) {
        divider = Arrays.copyOf(divider, 2 * size);
      }
      System.arraycopy(cells.content, cells.offsets[end] + skipped, divider, start, length);
      if (cells.overflowPages[end] != 0) {
        writer.setPointer(cells.overflowPages[end], PointerType.OVERFLOW_FIRST, aboveNumber);
      }
    }
    PageBytes.putInt(divider, 0, number);
    return size;
  }

  /** The root's last child is all that is left: the root takes its place, if it has the room. */
  private void takeOverOnlyChild(byte[] root) {
    int rootNumber = path.pageNumbers[0];
    int header = TreePage.headerOffset(rootNumber);
    int childNumber = newPages[0];
    byte[] child = writer.page(childNumber);
    if (space.freeBytes(child, childNumber, 0) < header) {
      return;
    }
    moveContent(child, childNumber, 0, root, header);
    ChildPointers.write(writer, root, rootNumber, table);
    path.cellCounts[0] = TreePage.cellCount(root, header);
    writer.free(childNumber);
  }

  // The page above, in which a cell is either in the image or pending.

  private byte[] makeWritable(int level) {
    byte[] image = writer.writable(path.pageNumbers[level]);
    path.images[level] = image;
    return image;
  }

  private int offsetAbove(int above, int index) {
    byte[] image = path.images[above];
    int number = path.pageNumbers[above];
    return TreePage.cellOffset(
        image,
        number,
        TreePage.cellPointers(image, TreePage.headerOffset(number)),
        path.cellCounts[above],
        pending[above].indexInPage(index),
        usableSize);
  }

  private int childAbove(int above, int index) {
    int found = pending[above].find(index);
    if (found >= 0) {
      return PageBytes.getInt(pending[above].cell(found), 0);
    }
    byte[] image = path.images[above];
    if (index == path.cellCounts[above] + pending[above].count()) {
      return TreePage.rightChild(image, TreePage.headerOffset(path.pageNumbers[above]));
    }
    return PageBytes.getInt(image, offsetAbove(above, index));
  }

  private void setChildAbove(int above, byte[] image, int index, int child) {
    int found = pending[above].find(index);
    if (found >= 0) {
      PageBytes.putInt(pending[above].cell(found), 0, child);
    } else if (index == path.cellCounts[above] + pending[above].count()) {
      PageBytes.putInt(image, TreePage.headerOffset(path.pageNumbers[above]) + 8, child);
    } else {
      PageBytes.putInt(image, offsetAbove(above, index), child);
    }
  }

  private void removeAbove(int above, int index) {
    PendingCells over = pending[above];
    if (over.find(index) < 0) {
      int number = path.pageNumbers[above];
      int header = TreePage.headerOffset(number);
      space.remove(path.images[above], number, header, over.indexInPage(index));
      path.cellCounts[above]--;
    }
    over.remove(index);
  }

  /** Inserts the cell in {@link #divider}. */
  private void insertAbove(int above, int index, int size) {
    PendingCells over = pending[above];
    if (over.isEmpty()) {
      int number = path.pageNumbers[above];
      byte[] image = path.images[above];
      int offset = space.insert(image, number, TreePage.headerOffset(number), index, size);
      if (offset >= 0) {
        System.arraycopy(divider, 0, image, offset, size);
        path.cellCounts[above]++;
        return;
      }
    }
    over.insert(index, divider, 0, size);
  }
}
