package dev.tursojdbc.storage.btree;

import static dev.tursojdbc.storage.btree.IntegrityFindings.unsigned;

import dev.tursojdbc.storage.page.DatabaseHeader;
import dev.tursojdbc.storage.page.LockBytePage;
import dev.tursojdbc.storage.page.PageBytes;
import dev.tursojdbc.storage.page.PageSource;
import dev.tursojdbc.storage.page.PointerMap;
import dev.tursojdbc.storage.page.PointerType;
import java.util.BitSet;

/**
 * Which pages an {@link IntegrityCheck} has met: each must be referred to once, and the pointer
 * map, if there is one, must say from where.
 */
final class PageReferences {
  private final PageSource source;
  private final IntegrityFindings findings;
  private final int usableSize;
  private final int pageCount;
  private final boolean hasPointerMap;
  private final PointerMap map;
  private final BitSet referenced;

  PageReferences(PageSource source, IntegrityFindings findings) {
    this.source = source;
    this.findings = findings;
    usableSize = source.usableSize();
    pageCount = source.pageCount();
    hasPointerMap = header(DatabaseHeader.LARGEST_ROOT_PAGE_OFFSET) != 0;
    map = new PointerMap(source.pageSize(), usableSize);
    referenced = new BitSet(pageCount + 1);
    markLockBytePage();
  }

  boolean hasPointerMap() {
    return hasPointerMap;
  }

  private int header(int offset) {
    return PageBytes.getInt(source.page(1), offset);
  }

  private void markLockBytePage() {
    int lockBytePage = LockBytePage.number(source.pageSize());
    if (lockBytePage <= pageCount) {
      referenced.set(lockBytePage);
    }
  }

  void checkFreelist() {
    findings.setPlace("Freelist: ");
    checkChain(
        true,
        header(DatabaseHeader.FREELIST_TRUNK_OFFSET),
        header(DatabaseHeader.FREELIST_COUNT_OFFSET));
    findings.setPlace("");
  }

  /**
   * @return whether the page may be looked at: it exists and nothing else refers to it
   */
  boolean reference(int number) {
    if (number < 1 || number > pageCount) {
      findings.add("invalid page number %d", unsigned(number));
      return false;
    }
    if (referenced.get(number)) {
      findings.add("2nd reference to page %d", number);
      return false;
    }
    referenced.set(number);
    return true;
  }

  void checkPointer(int number, int type, int parent) {
    if (number < 2 || number > pageCount || !map.hasEntry(number)) {
      findings.add("Failed to read ptrmap key=%d", unsigned(number));
      return;
    }
    byte[] image = source.page(map.mapPageOf(number));
    int offset = map.entryOffset(number);
    int foundType = PageBytes.getByte(image, offset);
    int foundParent = PageBytes.getInt(image, offset + 1);
    if (foundType < PointerType.ROOT || foundType > PointerType.TREE) {
      findings.add("Failed to read ptrmap key=%d", number);
      return;
    }
    if (foundType != type || foundParent != parent) {
      findings.add(
          "Bad ptr map entry key=%d expected=(%d,%d) got=(%d,%d)",
          number, type, parent, foundType, unsigned(foundParent));
    }
  }

  /** Checks an overflow chain, or the freelist, whose trunk pages have leaves. */
  void checkChain(boolean freelist, int first, int expected) {
    int findingsBefore = findings.count();
    long rest = unsigned(expected);
    int number = first;
    while (number != 0 && !findings.isFull()) {
      if (!reference(number)) {
        break;
      }
      rest--;
      byte[] image = source.page(number);
      if (freelist) {
        rest -= checkTrunk(image, number);
      } else if (hasPointerMap && rest != 0) {
        int next = PageBytes.getInt(image, 0);
        checkPointer(next, PointerType.OVERFLOW_NEXT, number);
      }
      number = PageBytes.getInt(image, 0);
    }
    if (rest != 0 && findings.count() == findingsBefore) {
      findings.add(
          "%s is %d but should be %d",
          freelist ? "size" : "overflow list length",
          (unsigned(expected) - rest) & 0xFFFF_FFFFL,
          unsigned(expected));
    }
  }

  /**
   * @return by how much the number of free pages that must follow is less
   */
  private long checkTrunk(byte[] image, int number) {
    if (hasPointerMap) {
      checkPointer(number, PointerType.FREE, 0);
    }
    long leaves = unsigned(PageBytes.getInt(image, 4));
    if (leaves > usableSize / 4 - 2) {
      findings.add("freelist leaf count too big on page %d", number);
      return 1;
    }
    for (int i = 0; i < leaves; i++) {
      int leaf = PageBytes.getInt(image, 8 + 4 * i);
      if (hasPointerMap) {
        checkPointer(leaf, PointerType.FREE, 0);
      }
      reference(leaf);
    }
    return leaves;
  }

  void checkAllUsed() {
    for (int number = 1; number <= pageCount && !findings.isFull(); number++) {
      boolean mapPage = hasPointerMap && map.isMapPage(number);
      if (!referenced.get(number) && !mapPage) {
        findings.add("Page %d: never used", number);
      }
      if (referenced.get(number) && mapPage) {
        findings.add("Page %d: pointer map referenced", number);
      }
    }
  }
}
