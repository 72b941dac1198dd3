package dev.tursojdbc.storage.btree;

import dev.tursojdbc.storage.error.CorruptDatabaseException;
import dev.tursojdbc.storage.page.DatabaseHeader;
import dev.tursojdbc.storage.page.LockBytePage;
import dev.tursojdbc.storage.page.PageBytes;
import dev.tursojdbc.storage.page.PageWriter;
import dev.tursojdbc.storage.page.PointerMap;
import dev.tursojdbc.storage.page.PointerType;

/**
 * Makes, empties and drops trees.
 *
 * <p>In a database with a pointer map the roots are kept together at the start of the file, so that
 * they never have to move when it is vacuumed: a new root takes the page behind the largest one,
 * whose content moves elsewhere, and the last root moves into the hole that a dropped one leaves.
 * The database header knows the largest root.
 */
public final class TreeRoots {
  private final PageWriter writer;

  public TreeRoots(PageWriter writer) {
    this.writer = writer;
  }

  /** Makes an empty table tree. @return number of its root page */
  public int createTable() {
    return create(TreePage.TABLE_LEAF);
  }

  /** Makes an empty index tree. @return number of its root page */
  public int createIndex() {
    return create(TreePage.INDEX_LEAF);
  }

  private int create(int kind) {
    int root = writer.hasPointerMap() ? placeRoot() : writer.allocate(0);
    byte[] image = writer.writable(root);
    PageSpace.format(image, TreePage.headerOffset(root), kind, writer.usableSize());
    return root;
  }

  private int placeRoot() {
    int root = largestRoot() + 1;
    while (isReserved(root)) {
      root++;
    }
    if (!writer.allocateExactly(root)) {
      PageRelocation.move(writer, root, writer.allocate(root));
    }
    writer.setPointer(root, PointerType.ROOT, 0);
    writer.setHeaderValue(DatabaseHeader.LARGEST_ROOT_PAGE_OFFSET, root);
    return root;
  }

  private int largestRoot() {
    int largest = writer.headerValue(DatabaseHeader.LARGEST_ROOT_PAGE_OFFSET);
    if (largest < 1 || largest > writer.pageCount()) {
      throw CorruptDatabaseException.atPage(1, "largest root page " + largest);
    }
    return largest;
  }

  private boolean isReserved(int pageNumber) {
    return pageNumber == LockBytePage.number(writer.pageSize())
        || new PointerMap(writer.pageSize(), writer.usableSize()).isMapPage(pageNumber);
  }

  /** Deletes all entries of a tree. @return how many there were */
  public long clear(int root) {
    long entries = new Clearing().clear(root);
    byte[] image = writer.writable(root);
    int header = TreePage.headerOffset(root);
    boolean table = isTable(image, header);
    int kind = table ? TreePage.TABLE_LEAF : TreePage.INDEX_LEAF;
    PageSpace.format(image, header, kind, writer.usableSize());
    return entries;
  }

  /**
   * Drops a tree.
   *
   * @return the root page of the tree that now has its root where the dropped one was, or 0: the
   *     schema must say so
   */
  public int drop(int root) {
    new Clearing().clear(root);
    if (!writer.hasPointerMap()) {
      writer.free(root);
      return 0;
    }
    int largest = largestRoot();
    int moved = 0;
    if (root > largest) {
      throw CorruptDatabaseException.atPage(root, "root page behind the largest, " + largest);
    }
    if (root != largest) {
      PageRelocation.moveRoot(writer, largest, root);
      moved = largest;
    }
    writer.free(largest);
    int rest = largest - 1;
    while (isReserved(rest)) {
      rest--;
    }
    writer.setHeaderValue(DatabaseHeader.LARGEST_ROOT_PAGE_OFFSET, rest);
    return moved;
  }

  private static boolean isTable(byte[] image, int header) {
    int kind = TreePage.kind(image, header);
    return kind == TreePage.TABLE_LEAF || kind == TreePage.TABLE_INTERIOR;
  }

  /** Frees every page of a tree but its root. */
  private final class Clearing {
    private final OverflowWriter overflow = new OverflowWriter(writer);
    private long entries;
    private int visits;
    private final int[] path = new int[TreePage.MAX_DEPTH];
    private final CellReader tableCell = new CellReader(writer.usableSize(), true);
    private final CellReader indexCell = new CellReader(writer.usableSize(), false);

    long clear(int root) {
      clear(writer.page(root), root, 0);
      return entries;
    }

    /** Each page says for itself what it is, and where its cells are matters as far as needed. */
    private void clear(byte[] image, int number, int depth) {
      if (++visits > writer.pageCount() || depth == TreePage.MAX_DEPTH || isAbove(number, depth)) {
        throw CorruptDatabaseException.atPage(number, "tree visits a page twice");
      }
      path[depth] = number;
      int header = TreePage.headerOffset(number);
      boolean isTable = isTable(image, header);
      int count = TreePage.check(image, number, header, isTable, true);
      boolean leaf = TreePage.isLeaf(image, header);
      int pointers = TreePage.cellPointers(image, header);
      CellReader cell = isTable ? tableCell : indexCell;
      for (int i = 0; i < count; i++) {
        int offset = TreePage.readableCell(image, number, pointers, i, leaf, writer.usableSize());
        if (!leaf) {
          clearChild(PageBytes.getInt(image, offset), number, depth);
        }
        if (leaf || !isTable) {
          free(cell, image, number, i, offset, leaf);
        }
      }
      if (!leaf) {
        clearChild(TreePage.rightChild(image, header), number, depth);
      }
      if (leaf || !isTable) {
        entries += count;
      }
    }

    private boolean isAbove(int number, int depth) {
      for (int i = 0; i < depth; i++) {
        if (path[i] == number) {
          return true;
        }
      }
      return false;
    }

    private void free(
        CellReader cell, byte[] image, int number, int index, int offset, boolean leaf) {
      if (cell == tableCell) {
        cell.readTableLeaf(image, number, index, offset);
      } else {
        cell.readIndex(image, number, index, offset, leaf);
      }
      if (cell.hasOverflow()) {
        cell.requireWhole(number, index);
        overflow.free(cell, image, number);
      }
    }

    private void clearChild(int child, int number, int depth) {
      if (child < 2) {
        throw CorruptDatabaseException.atPage(number, "child page " + child);
      }
      clear(writer.page(child), child, depth + 1);
      writer.free(child);
    }
  }
}
