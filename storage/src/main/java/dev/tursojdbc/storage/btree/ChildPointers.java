package dev.tursojdbc.storage.btree;

import dev.tursojdbc.storage.page.PageBytes;
import dev.tursojdbc.storage.page.PageWriter;
import dev.tursojdbc.storage.page.PointerType;

/** Writes to the pointer map that a page is the parent of all the pages it refers to. */
final class ChildPointers {
  private ChildPointers() {}

  /** Does nothing if the database keeps no pointer map. */
  static void write(PageWriter writer, byte[] image, int pageNumber, boolean table) {
    if (!writer.hasPointerMap()) {
      return;
    }
    int usableSize = writer.usableSize();
    int header = TreePage.headerOffset(pageNumber);
    boolean leaf = TreePage.isLeaf(image, header);
    int count = TreePage.cellCount(image, header);
    int pointers = TreePage.cellPointers(image, header);
    CellReader cell = new CellReader(usableSize, table);
    for (int i = 0; i < count; i++) {
      int offset = TreePage.cellOffset(image, pageNumber, pointers, count, i, usableSize);
      cell.read(image, pageNumber, i, offset, leaf);
      if (cell.hasOverflow()) {
        writer.setPointer(cell.firstOverflowPage(image), PointerType.OVERFLOW_FIRST, pageNumber);
      }
      if (!leaf) {
        writer.setPointer(PageBytes.getInt(image, offset), PointerType.TREE, pageNumber);
      }
    }
    if (!leaf) {
      writer.setPointer(TreePage.rightChild(image, header), PointerType.TREE, pageNumber);
    }
  }
}
