package dev.tursojdbc.storage.btree;

import dev.tursojdbc.storage.error.CorruptDatabaseException;
import dev.tursojdbc.storage.page.PageBytes;
import dev.tursojdbc.storage.page.PageWriter;
import dev.tursojdbc.storage.page.PointerType;
import dev.tursojdbc.storage.record.Varint;
import java.util.Arrays;

/**
 * What table and index trees share when they change: cells go into the page under a cursor and out
 * of it, and the path is balanced when a page is too full or too empty.
 *
 * <p>A change that throws may have changed some pages already; the caller undoes the statement or
 * the transaction.
 */
abstract sealed class Tree permits TableTree, IndexTree {
  final PageWriter writer;
  final TreeCursor path;
  final PageSpace space;
  final OverflowWriter overflow;
  final Balancer balancer;
  private final boolean table;

  private byte[] newCell = new byte[256];

  Tree(PageWriter writer, TreeCursor path, boolean table) {
    this.writer = writer;
    this.path = path;
    this.table = table;
    this.space = new PageSpace(writer.usableSize(), table);
    this.overflow = new OverflowWriter(writer);
    this.balancer = new Balancer(writer, path, space, table);
  }

  /** Number of the tree's root page. */
  public final int root() {
    return path.root();
  }

  /** Number of entries. */
  public final long count() {
    return path.count();
  }

  /**
   * Inserts a cell at the path's place in its last page, which is a leaf unless the cell replaces
   * one that was removed there.
   *
   * @param leftChild left child, 0 in a leaf
   */
  final void insertCell(long rowid, int leftChild, byte[] payload, int length) {
    PayloadSizes sizes = path.cell.sizes;
    int number = path.pageNumber;
    int local = sizes.localSize(length);
    int size = Varint.length(length) + local;
    if (leftChild != 0) {
      size += PayloadSizes.PAGE_NUMBER_SIZE;
    }
    if (table) {
      size += Varint.length(rowid);
    }
    int firstOverflow = 0;
    if (local < length) {
      size += PayloadSizes.PAGE_NUMBER_SIZE;
      firstOverflow = overflow.write(payload, local, length, number);
    }
    size = Math.max(size, TreePage.MIN_CELL_SIZE);

    int header = TreePage.headerOffset(number);
    // A full leaf at the right end of a table stays as it is: the row goes to a new page.
    boolean fits =
        !table || path.index != path.cellCount || space.hasRoom(path.image, number, header, size);
    int offset = -1;
    byte[] image = path.image;
    if (fits) {
      image = makeWritable();
      offset = space.insert(image, number, header, path.index, size);
    }
    if (offset >= 0) {
      encodeCell(image, offset, rowid, leftChild, payload, length, local, firstOverflow);
      path.cellCount++;
      path.cellCounts[path.depth] = path.cellCount;
      path.positioned = false;
      path.markCurrent();
      return;
    }
    if (newCell.length < size) {
      newCell = new byte[writer.pageSize()];
    }
    Arrays.fill(newCell, 0, TreePage.MIN_CELL_SIZE, (byte) 0);
    encodeCell(newCell, 0, rowid, leftChild, payload, length, local, firstOverflow);
    path.savePath();
    int level = path.depth;
    path.positioned = false;
    balancer.reset();
    balancer.addPending(level, path.index, newCell, size);
    balancer.balance(level);
    path.dropPath();
  }

  private void encodeCell(
      byte[] target,
      int offset,
      long rowid,
      int leftChild,
      byte[] payload,
      int length,
      int local,
      int firstOverflow) {
    int at = offset;
    if (leftChild != 0) {
      PageBytes.putInt(target, at, leftChild);
      at += PayloadSizes.PAGE_NUMBER_SIZE;
    }
    at += Varint.write(target, at, length);
    if (table) {
      at += Varint.write(target, at, rowid);
    }
    System.arraycopy(payload, 0, target, at, local);
    if (firstOverflow != 0) {
      PageBytes.putInt(target, at + local, firstOverflow);
    }
  }

  /** Writes a payload of the same size over the one under the path. */
  final void overwritePayload(byte[] payload) {
    CellReader cell = path.cell;
    cell.requireWhole(path.pageNumber, path.index);
    int at = cell.payloadOffset;
    int local = cell.localSize;
    if (!Arrays.equals(path.image, at, at + local, payload, 0, local)) {
      System.arraycopy(payload, 0, makeWritable(), at, local);
    }
    if (cell.hasOverflow()) {
      int first = cell.firstOverflowPage(path.image);
      overflow.overwrite(payload, local, cell.payloadSize, first, path.pageNumber);
    }
    path.markCurrent();
  }

  /** Takes the cell under the path out of its page, with its overflow pages. No balancing. */
  final void removeCell() {
    path.cell.requireWhole(path.pageNumber, path.index);
    overflow.free(path.cell, path.image, path.pageNumber);
    dropCell();
  }

  /** Takes the cell under the path out of its page; its overflow pages stay. */
  final void dropCell() {
    byte[] image = makeWritable();
    space.remove(image, path.pageNumber, TreePage.headerOffset(path.pageNumber), path.index);
    path.cellCount--;
    path.cellCounts[path.depth] = path.cellCount;
    path.positioned = false;
  }

  /** Balances after a removal from the leaf under the path. */
  final void balanceAfterRemoval() {
    int level = path.depth;
    path.savePath();
    balancer.reset();
    if (balancer.balance(level) == level) {
      path.markCurrent();
    } else {
      path.dropPath();
    }
  }

  final byte[] makeWritable() {
    byte[] image = writer.writable(path.pageNumber);
    int header = TreePage.headerOffset(path.pageNumber);
    if (image != path.image && !PageSpace.isSound(image, header, writer.usableSize())) {
      throw CorruptDatabaseException.atPage(path.pageNumber, "free space that cannot be");
    }
    path.image = image;
    path.images[path.depth] = image;
    return image;
  }

  /** Copies the cell under the path with four bytes before it for a left child. */
  final byte[] copyWithChild(int child) {
    CellReader cell = path.cell;
    cell.requireWhole(path.pageNumber, path.index);
    int offset = path.cellOffset(path.index);
    int end = cell.payloadOffset + cell.localSize;
    int size = end - offset + (cell.hasOverflow() ? PayloadSizes.PAGE_NUMBER_SIZE : 0);
    byte[] copy = new byte[PayloadSizes.PAGE_NUMBER_SIZE + size];
    PageBytes.putInt(copy, 0, child);
    System.arraycopy(path.image, offset, copy, PayloadSizes.PAGE_NUMBER_SIZE, size);
    return copy;
  }

  final void setOverflowOwner(int firstOverflowPage, int treePage) {
    writer.setPointer(firstOverflowPage, PointerType.OVERFLOW_FIRST, treePage);
  }
}
