package dev.tursojdbc.storage.btree;

import dev.tursojdbc.storage.error.CorruptDatabaseException;
import dev.tursojdbc.storage.page.PageBytes;
import dev.tursojdbc.storage.page.PageSource;
import dev.tursojdbc.storage.page.PointerType;

/**
 * The part of an {@link IntegrityCheck} that walks through one tree: keys of table trees ascend,
 * leaves are at one depth, and in each page all bytes are accounted for.
 *
 * <p>Children are checked from right to left, as in SQLite, so that the smallest key of a subtree
 * bounds what stands left of it.
 */
final class TreeCheck {
  private final PageSource source;
  private final PageReferences references;
  private final IntegrityFindings findings;
  private final int usableSize;
  private final boolean hasPointerMap;
  private final PageCoverage coverage = new PageCoverage();
  private final CellReader tableCell;
  private final CellReader indexCell;

  private int root;

  /**
   * The cell whose child is checked; as in SQLite, a right child goes under the last one's name.
   */
  private int cellIndex;

  private long entries;

  /** Smallest key of the subtree that was checked last. */
  private long smallestKey;

  TreeCheck(PageSource source, PageReferences references, IntegrityFindings findings) {
    this.source = source;
    this.references = references;
    this.findings = findings;
    usableSize = source.usableSize();
    hasPointerMap = references.hasPointerMap();
    tableCell = new CellReader(usableSize, true);
    indexCell = new CellReader(usableSize, false);
  }

  /**
   * Checks a tree.
   *
   * @return number of its entries, as far as they could be counted
   */
  long check(int rootPage) {
    root = rootPage;
    entries = 0;
    checkPage(rootPage, Long.MAX_VALUE, 1);
    return entries;
  }

  private String nameOf(int number) {
    return "Tree " + root + " page " + number;
  }

  /**
   * Checks a page of a tree and all below.
   *
   * @param largestKey no key of a table tree may be greater
   * @return number of levels below the page, 0 if it could not be looked at
   */
  private int checkPage(int number, long largestKey, int level) {
    smallestKey = largestKey;
    if (number == 0 || !references.reference(number)) {
      return 0;
    }
    String outerPlace = findings.place();
    int outerCell = cellIndex;
    findings.setPlace(nameOf(number) + ": ");
    int depth = -1;
    if (level > TreePage.MAX_DEPTH) {
      findings.add("btree depth exceeds %d", TreePage.MAX_DEPTH);
    } else {
      byte[] image = source.page(number);
      int header = TreePage.headerOffset(number);
      if (!isTreePage(image, header)) {
        findings.add("btreeInitPage() returns error code 11");
      } else if (!PageSpace.isSound(image, header, usableSize)) {
        findings.add("free space corruption");
      } else {
        depth = checkCells(image, number, isTable(image, header), largestKey, level);
      }
    }
    findings.setPlace(outerPlace);
    cellIndex = outerCell;
    return depth + 1;
  }

  private boolean isTreePage(byte[] image, int header) {
    int kind = TreePage.kind(image, header);
    return (isTable(image, header)
            || kind == TreePage.INDEX_LEAF
            || kind == TreePage.INDEX_INTERIOR)
        && TreePage.cellCount(image, header) <= TreePage.maxCellCount(image.length);
  }

  private static boolean isTable(byte[] image, int header) {
    int kind = TreePage.kind(image, header);
    return kind == TreePage.TABLE_LEAF || kind == TreePage.TABLE_INTERIOR;
  }

  /**
   * @return levels below the children, -1 in a leaf
   */
  private int checkCells(byte[] image, int number, boolean table, long largestKey, int level) {
    int header = TreePage.headerOffset(number);
    boolean leaf = TreePage.isLeaf(image, header);
    int count = TreePage.cellCount(image, header);
    int pointers = TreePage.cellPointers(image, header);
    CellReader cell = table ? tableCell : indexCell;
    String page = nameOf(number);
    if (leaf || !table) {
      entries += count;
    }
    int depth = -1;
    long key = largestKey;
    boolean mayBeEqual = true;
    if (!leaf) {
      int child = TreePage.rightChild(image, header);
      findings.setPlace(page + " cell " + cellIndex + ": ");
      if (hasPointerMap) {
        findings.setPlace(page + " right child: ");
        references.checkPointer(child, PointerType.TREE, number);
      }
      depth = checkPage(child, key, level + 1);
      key = smallestKey;
      mayBeEqual = false;
    }
    boolean covered = true;
    for (int i = count - 1; i >= 0 && !findings.isFull(); i--) {
      cellIndex = i;
      if (leaf || !hasPointerMap) {
        findings.setPlace(page + " cell " + i + ": ");
      }
      int offset = PageBytes.getShort(image, pointers + 2 * i);
      if (!isSound(cell, image, number, i, offset, leaf)) {
        covered = false;
        continue;
      }
      if (table) {
        if (mayBeEqual ? cell.rowid > key : cell.rowid >= key) {
          findings.add("Rowid %d out of order", cell.rowid);
        }
        key = cell.rowid;
        mayBeEqual = false;
      }
      if (cell.hasOverflow()) {
        checkOverflow(cell, image, number);
      }
      if (!leaf) {
        int child = PageBytes.getInt(image, offset);
        if (hasPointerMap) {
          references.checkPointer(child, PointerType.TREE, number);
        }
        int childDepth = checkPage(child, key, level + 1);
        key = smallestKey;
        if (childDepth != depth) {
          findings.add("Child page depth differs");
          depth = childDepth;
        }
      }
    }
    smallestKey = key;
    if (covered && !findings.isFull()) {
      findings.setPlace("");
      checkCoverage(image, number, header, cell);
    }
    return depth;
  }

  /** Reads a cell, if what it says of itself can be true. */
  private boolean isSound(
      CellReader cell, byte[] image, int number, int index, int offset, boolean leaf) {
    int contentStart = TreePage.contentStart(image, TreePage.headerOffset(number));
    if (offset < contentStart || offset > usableSize - TreePage.MIN_CELL_SIZE) {
      findings.add("Offset %d out of range %d..%d", offset, contentStart, usableSize - 4);
      return false;
    }
    if (!read(cell, image, number, index, offset, leaf)) {
      findings.add("Extends off end of page");
      return false;
    }
    if (cell.payloadSize > 0 && PageBytes.getByte(image, cell.payloadOffset) <= 1) {
      findings.add("Bad cell header size");
      return false;
    }
    return true;
  }

  private static boolean read(
      CellReader cell, byte[] image, int number, int index, int offset, boolean leaf) {
    try {
      cell.read(image, number, index, offset, leaf);
      return true;
    } catch (CorruptDatabaseException e) {
      return false;
    }
  }

  private void checkOverflow(CellReader cell, byte[] image, int number) {
    int first = cell.firstOverflowPage(image);
    if (hasPointerMap) {
      references.checkPointer(first, PointerType.OVERFLOW_FIRST, number);
    }
    references.checkChain(false, first, cell.overflowPages);
  }

  private void checkCoverage(byte[] image, int number, int header, CellReader cell) {
    coverage.start(TreePage.contentStart(image, header));
    boolean leaf = TreePage.isLeaf(image, header);
    int count = TreePage.cellCount(image, header);
    int pointers = TreePage.cellPointers(image, header);
    for (int i = 0; i < count; i++) {
      int offset = PageBytes.getShort(image, pointers + 2 * i);
      cell.read(image, number, i, offset, leaf);
      coverage.use(offset, cell.size);
    }
    int block = TreePage.firstFreeblock(image, header);
    while (block != 0) {
      coverage.use(block, PageBytes.getShort(image, block + 2));
      block = PageBytes.getShort(image, block);
    }
    int fragmented = coverage.unusedBytes(usableSize);
    int reported = TreePage.fragmentedBytes(image, header);
    if (coverage.firstUsedTwice() > 0) {
      findings.add("Multiple uses for byte %d of page %d", coverage.firstUsedTwice(), number);
    }
    if (fragmented >= 0 && fragmented != reported) {
      findings.add(
          "Fragmentation of %d bytes reported as %d on page %d", fragmented, reported, number);
    }
  }
}
