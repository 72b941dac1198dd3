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
    private CellReader cell = new CellReader(writer.usableSize(), true);

    long clear(int root) {
      byte[] image = writer.page(root);
      boolean isTable = isTable(image, TreePage.headerOffset(root));
      cell = new CellReader(writer.usableSize(), isTable);
      clear(image, root, isTable, 0);
      return entries;
    }

    private void clear(byte[] image, int number, boolean isTable, int depth) {
      if (++visits > writer.pageCount() || depth == TreePage.MAX_DEPTH) {
        throw CorruptDatabaseException.atPage(number, "tree visits a page twice");
      }
      int header = TreePage.headerOffset(number);
      int usableSize = writer.usableSize();
      int count = TreePage.check(image, number, header, isTable, true);
      boolean leaf = TreePage.isLeaf(image, header);
      int pointers = TreePage.cellPointers(image, header);
      for (int i = 0; i < count; i++) {
        int offset = TreePage.cellOffset(image, number, pointers, count, i, usableSize);
        if (!leaf) {
          clearChild(PageBytes.getInt(image, offset), number, isTable, depth);
        }
        cell.read(image, number, i, offset, leaf);
        overflow.free(cell, image, number);
      }
      if (!leaf) {
        clearChild(TreePage.rightChild(image, header), number, isTable, depth);
      }
      if (leaf || !isTable) {
        entries += count;
      }
    }

    private void clearChild(int child, int number, boolean isTable, int depth) {
      if (child < 2) {
        throw CorruptDatabaseException.atPage(number, "child page " + child);
      }
      clear(writer.page(child), child, isTable, depth + 1);
      writer.free(child);
    }
  }
}
