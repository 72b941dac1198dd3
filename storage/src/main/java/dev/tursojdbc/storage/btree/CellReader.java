package dev.tursojdbc.storage.btree;

import dev.tursojdbc.storage.page.PageBytes;
import dev.tursojdbc.storage.record.Varint;

/**
 * The parts of the cell that was read last: sizes, where its payload is, its rowid. See {@link
 * TreePage} for the formats.
 *
 * <p>A cell must begin inside the usable size. One whose payload extends off the end can still be
 * read as far as it is there, as SQLite reads it: {@link #isCutOff} tells, and {@link #read}, which
 * all use that change pages, refuses it.
 */
final class CellReader {
  /** The longest payload that an array holds. */
  private static final int MAX_PAYLOAD = Integer.MAX_VALUE - 8;

  final PayloadSizes sizes;
  private final boolean table;
  private final int usableSize;

  /** Cells that begin up to here cannot have a header that leaves the page. */
  private final int headerFits;

  /** Bytes of the whole payload; 0 in an interior cell of a table tree. */
  int payloadSize;

  /** Bytes of the payload that belong in the page, from {@link #payloadOffset}. */
  int localSize;

  /** Those of them that are there: less if the cell extends off the end. */
  int available;

  /** Number of overflow pages, if there are any; SQLite computes it in 32 bits. */
  int overflowPages;

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

  /** Reads a cell of any kind that lies wholly inside the usable size. */
  void read(byte[] image, int pageNumber, int index, int offset, boolean leaf) {
    if (!table) {
      readIndex(image, pageNumber, index, offset, leaf);
    } else if (leaf) {
      readTableLeaf(image, pageNumber, index, offset);
    } else {
      readTableInterior(image, pageNumber, index, offset);
    }
    requireWhole(pageNumber, index);
  }

  /** Refuses a cell that extends off the end. */
  void requireWhole(int pageNumber, int index) {
    if (isCutOff()) {
      throw TreePage.cellTooLong(pageNumber, index, usableSize);
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
        length = longSize(image, offset);
        at = offset + Varint.length(image, offset);
      }
    }
    long key = image[at++];
    if (key < 0) {
      key = Varint.read(image, at - 1);
      at += Varint.length(image, at - 1) - 1;
    }
    rowid = key;
    setPayload(offset, at, length);
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
        length = longSize(image, begin);
        at = begin + Varint.length(image, begin);
      }
    }
    setPayload(offset, at, length);
  }

  private void readTableInterior(byte[] image, int pageNumber, int index, int offset) {
    rowid = TreePage.interiorRowid(image, pageNumber, index, offset, usableSize);
    payloadOffset = offset + PayloadSizes.PAGE_NUMBER_SIZE;
    payloadSize = 0;
    localSize = 0;
    available = 0;
    size = PayloadSizes.PAGE_NUMBER_SIZE + Varint.length(image, payloadOffset);
  }

  /**
   * @param length of the payload, as an unsigned number of 32 bits
   */
  private void setPayload(int offset, int at, int length) {
    payloadSize = length;
    payloadOffset = at;
    int end;
    if (length >= 0 && length <= sizes.maxLocal) {
      localSize = length;
      end = at + length;
    } else {
      setOverflow(length);
      end = at + localSize + PayloadSizes.PAGE_NUMBER_SIZE;
    }
    available = localSize;
    if (end > usableSize) {
      cutOff(at);
    }
    size = Math.max(end - offset, TreePage.MIN_CELL_SIZE);
  }

  private void setOverflow(int length) {
    localSize = sizes.localSizeOfSpilled(length);
    overflowPages = sizes.overflowPageCount(length);
    // Longer ones are in no file, and no array holds them: who reads one sees that pages lack.
    payloadSize = length < 0 || length > MAX_PAYLOAD ? MAX_PAYLOAD : length;
  }

  private void cutOff(int at) {
    available = Math.max(0, Math.min(localSize, usableSize - at));
    if (available == localSize) {
      // Then it is the number of the overflow page that is cut off.
      available = Math.max(0, localSize - 1);
    }
  }

  /** Whether the cell extends off the end of the page. */
  boolean isCutOff() {
    return available < localSize;
  }

  private static int longSize(byte[] image, int at) {
    return (int) Varint.read(image, at);
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
