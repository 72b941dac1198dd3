package dev.tursojdbc.storage.btree;

import dev.tursojdbc.storage.error.CorruptDatabaseException;
import dev.tursojdbc.storage.page.PageBytes;
import dev.tursojdbc.storage.record.Varint;

/**
 * The parts of the cell that was read last: sizes, where its payload is, its rowid. See {@link
 * TreePage} for the formats.
 *
 * <p>A cell that does not lie wholly inside the usable size is refused, so the parts can be
 * trusted.
 */
final class CellReader {
  final PayloadSizes sizes;
  private final boolean table;
  private final int usableSize;

  /** Cells that begin up to here cannot have a header that leaves the page. */
  private final int headerFits;

  /** Bytes of the whole payload; 0 in an interior cell of a table tree. */
  int payloadSize;

  /** Bytes of the payload that are in the page, from {@link #payloadOffset}. */
  int localSize;

  int payloadOffset;

  /** Bytes the cell takes in the page, at least four. */
  int size;

  long rowid;

  CellReader(int usableSize, boolean table) {
    this.sizes = new PayloadSizes(usableSize, table);
    this.table = table;
    this.usableSize = usableSize;
    this.headerFits = usableSize - TreePage.MAX_CELL_HEADER_SIZE;
  }

  /** Reads a cell of any kind. */
  void read(byte[] image, int pageNumber, int index, int offset, boolean leaf) {
    if (!table) {
      readIndex(image, pageNumber, index, offset, leaf);
    } else if (leaf) {
      readTableLeaf(image, pageNumber, index, offset);
    } else {
      readTableInterior(image, pageNumber, index, offset);
    }
  }

  void readTableLeaf(byte[] image, int pageNumber, int index, int offset) {
    if (offset > headerFits) {
      checkVarints(image, pageNumber, index, offset, 2);
    }
    int at = offset;
    int length = image[at++];
    if (length < 0) {
      int second = image[at++];
      if (second >= 0) {
        length = (length & 0x7F) << 7 | second;
      } else {
        length = longSize(image, pageNumber, index, offset);
        at = offset + Varint.length(image, offset);
      }
    }
    long key = image[at++];
    if (key < 0) {
      key = Varint.read(image, at - 1);
      at += Varint.length(image, at - 1) - 1;
    }
    rowid = key;
    setPayload(pageNumber, index, offset, at, length);
  }

  void readIndex(byte[] image, int pageNumber, int index, int offset, boolean leaf) {
    int begin = leaf ? offset : offset + PayloadSizes.PAGE_NUMBER_SIZE;
    if (offset > headerFits) {
      checkVarints(image, pageNumber, index, begin, 1);
    }
    int at = begin;
    int length = image[at++];
    if (length < 0) {
      int second = image[at++];
      if (second >= 0) {
        length = (length & 0x7F) << 7 | second;
      } else {
        length = longSize(image, pageNumber, index, begin);
        at = begin + Varint.length(image, begin);
      }
    }
    setPayload(pageNumber, index, offset, at, length);
  }

  private void readTableInterior(byte[] image, int pageNumber, int index, int offset) {
    rowid = TreePage.interiorRowid(image, pageNumber, index, offset, usableSize);
    payloadOffset = offset + PayloadSizes.PAGE_NUMBER_SIZE;
    payloadSize = 0;
    localSize = 0;
    size = PayloadSizes.PAGE_NUMBER_SIZE + Varint.length(image, payloadOffset);
  }

  private void setPayload(int pageNumber, int index, int offset, int at, int length) {
    payloadSize = length;
    payloadOffset = at;
    int end;
    if (length <= sizes.maxLocal) {
      localSize = length;
      end = at + length;
    } else {
      localSize = sizes.localSize(length);
      end = at + localSize + PayloadSizes.PAGE_NUMBER_SIZE;
    }
    if (end > usableSize) {
      throw TreePage.cellTooLong(pageNumber, index, usableSize);
    }
    size = Math.max(end - offset, TreePage.MIN_CELL_SIZE);
  }

  private static int longSize(byte[] image, int pageNumber, int index, int at) {
    long value = Varint.read(image, at);
    if (value < 0 || value > Integer.MAX_VALUE - 8) {
      throw CorruptDatabaseException.atPage(
          pageNumber, "cell " + index + " has a payload of " + value + " bytes");
    }
    return (int) value;
  }

  private void checkVarints(byte[] image, int pageNumber, int index, int offset, int count) {
    int at = offset;
    for (int i = 0; i < count; i++) {
      int length = Varint.length(image, at, usableSize);
      if (length == 0) {
        throw TreePage.cellTooLong(pageNumber, index, usableSize);
      }
      at += length;
    }
  }

  boolean hasOverflow() {
    return localSize < payloadSize;
  }

  /** Number of the first overflow page; only if there is one. */
  int firstOverflowPage(byte[] image) {
    return PageBytes.getInt(image, payloadOffset + localSize);
  }
}
