package dev.tursojdbc.storage.btree;

import dev.tursojdbc.storage.page.PageBytes;
import dev.tursojdbc.storage.page.PageWriter;
import dev.tursojdbc.storage.page.PointerType;
import java.util.Arrays;

/** Writes, overwrites and frees the overflow pages of payloads. */
final class OverflowWriter {
  private final PageWriter writer;
  private final int capacity;

  OverflowWriter(PageWriter writer) {
    this.writer = writer;
    this.capacity = writer.usableSize() - PayloadSizes.PAGE_NUMBER_SIZE;
  }

  /**
   * Writes the end of a payload to new pages.
   *
   * @param from where the part that is not in the cell begins
   * @param treePage number of the page that will hold the cell
   * @return number of the first page
   */
  int write(byte[] payload, int from, int length, int treePage) {
    int first = 0;
    int previous = 0;
    byte[] previousImage = {};
    for (int at = from; at < length; at += capacity) {
      int number = writer.allocate(previous == 0 ? treePage : previous);
      byte[] image = writer.writable(number);
      if (previous == 0) {
        first = number;
        writer.setPointer(number, PointerType.OVERFLOW_FIRST, treePage);
      } else {
        PageBytes.putInt(previousImage, 0, number);
        writer.setPointer(number, PointerType.OVERFLOW_NEXT, previous);
      }
      System.arraycopy(
          payload, at, image, PayloadSizes.PAGE_NUMBER_SIZE, Math.min(capacity, length - at));
      previous = number;
      previousImage = image;
    }
    return first;
  }

  /**
   * Writes a payload of the same size over a chain, and leaves pages alone that stay as they are.
   */
  void overwrite(byte[] payload, int from, int length, int firstPage, int treePage) {
    int number = firstPage;
    for (int at = from; at < length; at += capacity) {
      byte[] image = writer.page(OverflowReader.checkLink(number, treePage, writer.pageCount()));
      int next = PageBytes.getInt(image, 0);
      int begin = PayloadSizes.PAGE_NUMBER_SIZE;
      int part = Math.min(capacity, length - at);
      if (!Arrays.equals(image, begin, begin + part, payload, at, at + part)) {
        System.arraycopy(payload, at, writer.writable(number), begin, part);
      }
      number = next;
    }
  }

  /** Frees the overflow pages of a cell. */
  void free(CellReader cell, byte[] image, int treePage) {
    if (!cell.hasOverflow()) {
      return;
    }
    if (cell.overflowPages >= writer.pageCount()) {
      OverflowReader.checkSize(writer, cell, treePage);
    }
    int number = cell.firstOverflowPage(image);
    for (int rest = cell.overflowPages; rest > 0; rest--) {
      byte[] overflow = writer.page(OverflowReader.checkLink(number, treePage, writer.pageCount()));
      int next = PageBytes.getInt(overflow, 0);
      writer.free(number);
      number = next;
    }
  }
}
