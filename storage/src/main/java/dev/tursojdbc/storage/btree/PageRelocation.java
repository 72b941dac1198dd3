package dev.tursojdbc.storage.btree;

import dev.tursojdbc.storage.error.CorruptDatabaseException;
import dev.tursojdbc.storage.page.PageBytes;
import dev.tursojdbc.storage.page.PageWriter;
import dev.tursojdbc.storage.page.PointerType;

/**
 * Moves a page of a tree or an overflow chain to another page number, in a database with a pointer
 * map: what points to it, and the pointer map of what it points to, follow.
 */
final class PageRelocation {
  private PageRelocation() {}

  /** Moves a page that the pointer map knows. The page it leaves has the old content still. */
  static void move(PageWriter writer, int from, int to) {
    long pointer = writer.pointer(from);
    int type = (int) (pointer >>> 32);
    int parent = (int) pointer;
    if (type != PointerType.TREE
        && type != PointerType.OVERFLOW_FIRST
        && type != PointerType.OVERFLOW_NEXT) {
      throw CorruptDatabaseException.atPage(from, "pointer map has type " + type);
    }
    if (parent < 1 || parent > writer.pageCount() || parent == from) {
      throw CorruptDatabaseException.atPage(from, "pointer map has parent " + parent);
    }
    copy(writer, from, to, type == PointerType.TREE);
    byte[] parentImage = writer.writable(parent);
    if (type == PointerType.OVERFLOW_NEXT) {
      replace(parentImage, 0, parent, from, to);
    } else {
      replaceInTreePage(writer, parentImage, parent, from, to, type == PointerType.TREE);
    }
    writer.setPointer(to, type, parent);
  }

  /** Moves a root; whoever knows its number must be told. */
  static void moveRoot(PageWriter writer, int from, int to) {
    copy(writer, from, to, true);
    writer.setPointer(to, PointerType.ROOT, 0);
  }

  private static void copy(PageWriter writer, int from, int to, boolean treePage) {
    byte[] target = writer.writable(to);
    System.arraycopy(writer.page(from), 0, target, 0, target.length);
    if (treePage) {
      boolean table = checkTreePage(target, from);
      ChildPointers.write(writer, target, to, table);
    } else {
      int next = PageBytes.getInt(target, 0);
      if (next != 0) {
        writer.setPointer(
            OverflowReader.checkLink(next, from, writer.pageCount()),
            PointerType.OVERFLOW_NEXT,
            to);
      }
    }
  }

  /**
   * @return whether the page is of a table tree
   */
  private static boolean checkTreePage(byte[] image, int pageNumber) {
    int header = TreePage.headerOffset(pageNumber);
    int kind = TreePage.kind(image, header);
    boolean table = kind == TreePage.TABLE_LEAF || kind == TreePage.TABLE_INTERIOR;
    TreePage.check(image, pageNumber, header, table, true);
    return table;
  }

  private static void replaceInTreePage(
      PageWriter writer, byte[] image, int pageNumber, int from, int to, boolean child) {
    boolean table = checkTreePage(image, pageNumber);
    int header = TreePage.headerOffset(pageNumber);
    boolean leaf = TreePage.isLeaf(image, header);
    int count = TreePage.cellCount(image, header);
    int pointers = TreePage.cellPointers(image, header);
    int usableSize = writer.usableSize();
    CellReader cell = new CellReader(usableSize, table);
    for (int i = 0; i < count; i++) {
      int offset = TreePage.cellOffset(image, pageNumber, pointers, count, i, usableSize);
      if (child && leaf) {
        break;
      }
      if (child) {
        if (PageBytes.getInt(image, offset) == from) {
          PageBytes.putInt(image, offset, to);
          return;
        }
        continue;
      }
      cell.read(image, pageNumber, i, offset, leaf);
      if (cell.hasOverflow() && cell.firstOverflowPage(image) == from) {
        PageBytes.putInt(image, cell.payloadOffset + cell.localSize, to);
        return;
      }
    }
    if (!child || leaf) {
      throw CorruptDatabaseException.atPage(pageNumber, "does not refer to page " + from);
    }
    replace(image, header + 8, pageNumber, from, to);
  }

  private static void replace(byte[] image, int offset, int pageNumber, int from, int to) {
    if (PageBytes.getInt(image, offset) != from) {
      throw CorruptDatabaseException.atPage(pageNumber, "does not refer to page " + from);
    }
    PageBytes.putInt(image, offset, to);
  }
}
