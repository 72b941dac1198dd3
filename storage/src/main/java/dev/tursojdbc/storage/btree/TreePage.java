package dev.tursojdbc.storage.btree;

import static dev.tursojdbc.storage.page.PageBytes.getByte;
import static dev.tursojdbc.storage.page.PageBytes.getInt;
import static dev.tursojdbc.storage.page.PageBytes.getShort;

import dev.tursojdbc.storage.error.CorruptDatabaseException;
import dev.tursojdbc.storage.record.Varint;

/**
 * Reading of one page of a tree, in place and checked.
 *
 * <pre>
 *   offset  size  field of the page header, which begins at 0, on page 1 at 100
 *        0     1  kind: 2 index interior, 5 table interior, 10 index leaf, 13 table leaf
 *        1     2  first freeblock, 0 if there is none
 *        3     2  number of cells
 *        5     2  start of the cell content, 0 for 65536
 *        7     1  free bytes in fragments of 1 to 3 bytes
 *        8     4  right child; interior pages only
 *   then       2  per cell: its offset in the page, in key order
 *
 *   table leaf      payloadSize:varint rowid:varint payload [first overflow page:4]
 *   table interior  left child:4 rowid:varint
 *   index leaf      payloadSize:varint payload [first overflow page:4]
 *   index interior  left child:4 payloadSize:varint payload [first overflow page:4]
 * </pre>
 *
 * <p>The header is checked once per visit of a page image, by {@link #check}; a cell pointer when
 * it is followed; a cell's end when the cell is read. Cells take at least four bytes, so that the
 * space of each can become a freeblock. Offsets in a page image are always inside the usable size
 * after these checks, and the image is at least that long.
 */
final class TreePage {
  static final int INDEX_INTERIOR = 2;
  static final int TABLE_INTERIOR = 5;
  static final int INDEX_LEAF = 10;
  static final int TABLE_LEAF = 13;

  static final int LEAF_HEADER_SIZE = 8;
  static final int INTERIOR_HEADER_SIZE = 12;
  static final int DATABASE_HEADER_SIZE = 100;

  /** The smallest space a cell takes. */
  static final int MIN_CELL_SIZE = 4;

  /** The longest cell header: child, payload size, rowid. */
  static final int MAX_CELL_HEADER_SIZE = 4 + 2 * Varint.MAX_LENGTH;

  /** Trees of more levels are malformed; with two children per page 20 levels hold any file. */
  static final int MAX_DEPTH = 20;

  private TreePage() {}

  /** Where the page header begins. */
  static int headerOffset(int pageNumber) {
    return pageNumber == 1 ? DATABASE_HEADER_SIZE : 0;
  }

  static int kind(byte[] image, int header) {
    return image[header];
  }

  static boolean isLeaf(byte[] image, int header) {
    return (image[header] & 8) != 0;
  }

  static int firstFreeblock(byte[] image, int header) {
    return getShort(image, header + 1);
  }

  static int cellCount(byte[] image, int header) {
    return getShort(image, header + 3);
  }

  static int contentStart(byte[] image, int header) {
    int start = getShort(image, header + 5);
    return start == 0 ? 65536 : start;
  }

  static int fragmentedBytes(byte[] image, int header) {
    return getByte(image, header + 7);
  }

  static int rightChild(byte[] image, int header) {
    return getInt(image, header + 8);
  }

  /** Where the cell pointers begin. */
  static int cellPointers(byte[] image, int header) {
    return header + (isLeaf(image, header) ? LEAF_HEADER_SIZE : INTERIOR_HEADER_SIZE);
  }

  /**
   * Checks what a visit relies on: the kind, and that the cell pointers are inside the page.
   *
   * @return the number of cells
   */
  static int check(byte[] image, int pageNumber, int header, boolean table, boolean mayBeEmpty) {
    int kind = image[header];
    boolean leaf = kind == (table ? TABLE_LEAF : INDEX_LEAF);
    if (!leaf && kind != (table ? TABLE_INTERIOR : INDEX_INTERIOR)) {
      throw CorruptDatabaseException.atPage(
          pageNumber, "page of kind " + kind + (table ? " in a table tree" : " in an index tree"));
    }
    int count = getShort(image, header + 3);
    if (count > maxCellCount(image.length) || (count == 0 && !mayBeEmpty)) {
      throw CorruptDatabaseException.atPage(pageNumber, count + " cells");
    }
    return count;
  }

  /** The most cells that a page can hold, a cell taking six bytes with its pointer. */
  static int maxCellCount(int pageSize) {
    return (pageSize - LEAF_HEADER_SIZE) / (MIN_CELL_SIZE + 2);
  }

  /**
   * The offset of a cell that is only read: anywhere in the page, be it among the pointers, with
   * the bits beyond the page's size passed over, as SQLite does.
   */
  static int readableCell(
      byte[] image, int pageNumber, int cellPointers, int index, boolean leaf, int usableSize) {
    int offset = getShort(image, cellPointers + 2 * index) & (image.length - 1);
    if (offset > usableSize - (leaf ? 1 : MIN_CELL_SIZE + 1)) {
      throw badCell(pageNumber, index, offset, usableSize);
    }
    return offset;
  }

  /** The offset of a cell, checked: it begins behind the cell pointers and inside the page. */
  static int cellOffset(
      byte[] image, int pageNumber, int cellPointers, int count, int index, int usableSize) {
    int offset = getShort(image, cellPointers + 2 * index);
    if (offset < cellPointers + 2 * count || offset > usableSize - MIN_CELL_SIZE) {
      throw badCell(pageNumber, index, offset, usableSize);
    }
    return offset;
  }

  static CorruptDatabaseException badCell(int pageNumber, int index, int offset, int usableSize) {
    return CorruptDatabaseException.atPage(
        pageNumber, "cell " + index + " begins at " + offset + ", usable size is " + usableSize);
  }

  static CorruptDatabaseException cellTooLong(int pageNumber, int index, int usableSize) {
    return CorruptDatabaseException.atPage(
        pageNumber, "cell " + index + " extends off the end, usable size is " + usableSize);
  }

  /** The rowid in an interior cell of a table tree. */
  static long interiorRowid(
      byte[] image, int pageNumber, int index, int cellOffset, int usableSize) {
    int at = cellOffset + PayloadSizes.PAGE_NUMBER_SIZE;
    if (at > usableSize - Varint.MAX_LENGTH && Varint.length(image, at, usableSize) == 0) {
      throw cellTooLong(pageNumber, index, usableSize);
    }
    return Varint.read(image, at);
  }

  /** The rowid in a leaf cell of a table tree, skipping the payload size. */
  static long leafRowid(byte[] image, int pageNumber, int index, int cellOffset, int usableSize) {
    if (cellOffset > usableSize - 2 * Varint.MAX_LENGTH) {
      return checkedLeafRowid(image, pageNumber, index, cellOffset, usableSize);
    }
    int at = cellOffset + 1;
    if (image[cellOffset] < 0) {
      at += image[cellOffset + 1] >= 0 ? 1 : Varint.length(image, cellOffset) - 1;
    }
    return Varint.read(image, at);
  }

  private static long checkedLeafRowid(
      byte[] image, int pageNumber, int index, int cellOffset, int usableSize) {
    int sizeLength = Varint.length(image, cellOffset, usableSize);
    int at = cellOffset + sizeLength;
    if (sizeLength == 0 || Varint.length(image, at, usableSize) == 0) {
      throw cellTooLong(pageNumber, index, usableSize);
    }
    return Varint.read(image, at);
  }
}
