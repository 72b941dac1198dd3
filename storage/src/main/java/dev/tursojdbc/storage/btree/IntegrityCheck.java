package dev.tursojdbc.storage.btree;

import dev.tursojdbc.storage.error.CorruptDatabaseException;
import dev.tursojdbc.storage.page.DatabaseHeader;
import dev.tursojdbc.storage.page.LockBytePage;
import dev.tursojdbc.storage.page.PageBytes;
import dev.tursojdbc.storage.page.PageSource;
import dev.tursojdbc.storage.page.PointerMap;
import dev.tursojdbc.storage.page.PointerType;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Checks the structure of a database against the file format: every page is used once, by the
 * freelist, a tree, an overflow chain, the pointer map or the lock bytes; within each tree page all
 * bytes are accounted for, keys of table trees ascend, leaves are at one depth; and the pointer map
 * says the same.
 *
 * <p>Findings are worded and ordered as SQLite's {@code PRAGMA integrity_check} has them. What rows
 * mean (missing index entries, NOT NULL, CHECK) is checked above, with cursors.
 *
 * <p>A page is descended into once, at most {@value TreePage#MAX_DEPTH} levels deep, whatever the
 * file says, and sizes in the file allocate nothing, so a malformed file costs no more than a sound
 * one.
 */
public final class IntegrityCheck {

  /**
   * A tree to be checked.
   *
   * @param page number of its root page, as the schema has it
   * @param table whether the schema has it for a table tree; the check believes each page's own
   *     word
   */
  public record Root(int page, boolean table) {}

  /**
   * What was found.
   *
   * @param findings SQLite's messages, none if all is well
   * @param entryCounts number of entries per root that was given, as far as they could be counted
   */
  public record Report(List<String> findings, List<Long> entryCounts) {
    public Report {
      findings = List.copyOf(findings);
      entryCounts = List.copyOf(entryCounts);
    }
  }

  private final PageSource source;
  private final int usableSize;
  private final int pageCount;
  private final boolean hasPointerMap;
  private final PointerMap map;
  private final BitSet referenced;
  private final PageCoverage coverage = new PageCoverage();
  private final CellReader tableCell;
  private final CellReader indexCell;

  private final int maxFindings;
  private final List<String> findings = new ArrayList<>();

  private String prefix = "";
  private int root;

  /**
   * The cell whose child is checked; as in SQLite, a right child goes under the last one's name.
   */
  private int cellIndex;

  private long entries;

  /** Smallest key of the subtree that was checked last. */
  private long smallestKey;

  private IntegrityCheck(PageSource source, int maxFindings) {
    this.source = source;
    this.maxFindings = maxFindings;
    usableSize = source.usableSize();
    pageCount = source.pageCount();
    hasPointerMap = header(DatabaseHeader.LARGEST_ROOT_PAGE_OFFSET) != 0;
    map = new PointerMap(source.pageSize(), usableSize);
    referenced = new BitSet(pageCount + 1);
    tableCell = new CellReader(usableSize, true);
    indexCell = new CellReader(usableSize, false);
  }

  /**
   * Checks the whole database.
   *
   * @param roots all trees, the schema's (page 1) included; SQLite's order is the newest table
   *     first, and behind each table its indexes
   * @param maxFindings after how many the check ends
   */
  public static Report checkAll(PageSource source, List<Root> roots, int maxFindings) {
    IntegrityCheck check = new IntegrityCheck(source, maxFindings);
    check.markLockBytePage();
    check.checkFreelist();
    check.checkLargestRoot(roots);
    List<Long> counts = check.checkTrees(roots, true);
    check.checkAllUsed();
    return new Report(check.findings, counts);
  }

  /** Checks some trees only, as {@code PRAGMA integrity_check(table)} does. */
  public static Report checkSome(PageSource source, List<Root> roots, int maxFindings) {
    IntegrityCheck check = new IntegrityCheck(source, maxFindings);
    check.markLockBytePage();
    if (roots.get(0).page == 1) {
      check.checkFreelist();
    }
    return new Report(check.findings, check.checkTrees(roots, false));
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

  private void checkFreelist() {
    prefix = "Freelist: ";
    checkChain(
        true,
        header(DatabaseHeader.FREELIST_TRUNK_OFFSET),
        header(DatabaseHeader.FREELIST_COUNT_OFFSET));
    prefix = "";
  }

  private void checkLargestRoot(List<Root> roots) {
    if (hasPointerMap) {
      int largest = 0;
      for (Root each : roots) {
        largest = Math.max(largest, each.page);
      }
      int inHeader = header(DatabaseHeader.LARGEST_ROOT_PAGE_OFFSET);
      if (largest != inHeader) {
        add("max rootpage (%d) disagrees with header (%d)", largest, unsigned(inHeader));
      }
    } else if (header(DatabaseHeader.INCREMENTAL_VACUUM_OFFSET) != 0) {
      add("incremental_vacuum enabled with a max rootpage of zero");
    }
  }

  private List<Long> checkTrees(List<Root> roots, boolean all) {
    List<Long> counts = new ArrayList<>();
    for (Root each : roots) {
      entries = 0;
      if (each.page != 0 && !isFull()) {
        root = each.page;
        if (hasPointerMap && each.page > 1 && all) {
          checkPointer(each.page, PointerType.ROOT, 0);
        }
        checkPage(each.page, Long.MAX_VALUE, 1);
      }
      counts.add(entries);
    }
    return counts;
  }

  private void checkAllUsed() {
    for (int number = 1; number <= pageCount && !isFull(); number++) {
      boolean mapPage = hasPointerMap && map.isMapPage(number);
      if (!referenced.get(number) && !mapPage) {
        add("Page %d: never used", number);
      }
      if (referenced.get(number) && mapPage) {
        add("Page %d: pointer map referenced", number);
      }
    }
  }

  private boolean isFull() {
    return findings.size() >= maxFindings;
  }

  // The annotation it asks for would be one more dependency, for callers that are all in this file.
  @SuppressWarnings("AnnotateFormatMethod")
  private void add(String format, Object... values) {
    if (!isFull()) {
      findings.add(prefix + String.format(format, values));
    }
  }

  private static long unsigned(int value) {
    return value & 0xFFFF_FFFFL;
  }

  /**
   * @return whether the page may be looked at: it exists and nothing else refers to it
   */
  private boolean reference(int number) {
    if (number < 1 || number > pageCount) {
      add("invalid page number %d", unsigned(number));
      return false;
    }
    if (referenced.get(number)) {
      add("2nd reference to page %d", number);
      return false;
    }
    referenced.set(number);
    return true;
  }

  private void checkPointer(int number, int type, int parent) {
    if (number < 2 || number > pageCount || !map.hasEntry(number)) {
      add("Failed to read ptrmap key=%d", unsigned(number));
      return;
    }
    byte[] image = source.page(map.mapPageOf(number));
    int offset = map.entryOffset(number);
    int foundType = PageBytes.getByte(image, offset);
    int foundParent = PageBytes.getInt(image, offset + 1);
    if (foundType < PointerType.ROOT || foundType > PointerType.TREE) {
      add("Failed to read ptrmap key=%d", number);
      return;
    }
    if (foundType != type || foundParent != parent) {
      add(
          "Bad ptr map entry key=%d expected=(%d,%d) got=(%d,%d)",
          number, type, parent, foundType, unsigned(foundParent));
    }
  }

  /** Checks an overflow chain, or the freelist, whose trunk pages have leaves. */
  private void checkChain(boolean freelist, int first, int expected) {
    int findingsBefore = findings.size();
    long rest = unsigned(expected);
    int number = first;
    while (number != 0 && !isFull()) {
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
    if (rest != 0 && findings.size() == findingsBefore) {
      add(
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
      add("freelist leaf count too big on page %d", number);
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

  /**
   * Checks a page of a tree and all below.
   *
   * @param largestKey no key of a table tree may be greater
   * @return number of levels below the page, 0 if it could not be looked at
   */
  private int checkPage(int number, long largestKey, int level) {
    smallestKey = largestKey;
    if (number == 0 || !reference(number)) {
      return 0;
    }
    String outerPrefix = prefix;
    int outerCell = cellIndex;
    prefix = "Tree " + root + " page " + number + ": ";
    int depth = -1;
    if (level > TreePage.MAX_DEPTH) {
      add("btree depth exceeds %d", TreePage.MAX_DEPTH);
    } else {
      byte[] image = source.page(number);
      int header = TreePage.headerOffset(number);
      if (!isTreePage(image, header)) {
        add("btreeInitPage() returns error code 11");
      } else if (!PageSpace.isSound(image, header, usableSize)) {
        add("free space corruption");
      } else {
        depth = checkCells(image, number, isTable(image, header), largestKey, level);
      }
    }
    prefix = outerPrefix;
    cellIndex = outerCell;
    return depth + 1;
  }

  private boolean isTreePage(byte[] image, int header) {
    int kind = TreePage.kind(image, header);
    return (isTable(image, header)
            || kind == TreePage.INDEX_LEAF
            || kind == TreePage.INDEX_INTERIOR)
        && TreePage.cellCount(image, header) <= TreePage.maxCellCount(image.length);
  }

  private static boolean isTable(byte[] image, int header) {
    int kind = TreePage.kind(image, header);
    return kind == TreePage.TABLE_LEAF || kind == TreePage.TABLE_INTERIOR;
  }

  /**
   * @return levels below the children, -1 in a leaf
   */
  private int checkCells(byte[] image, int number, boolean table, long largestKey, int level) {
    int header = TreePage.headerOffset(number);
    boolean leaf = TreePage.isLeaf(image, header);
    int count = TreePage.cellCount(image, header);
    int pointers = TreePage.cellPointers(image, header);
    int contentStart = TreePage.contentStart(image, header);
    CellReader cell = table ? tableCell : indexCell;
    String pagePrefix = "Tree " + root + " page " + number;
    if (leaf || !table) {
      entries += count;
    }
    int depth = -1;
    long key = largestKey;
    boolean mayBeEqual = true;
    if (!leaf) {
      int child = TreePage.rightChild(image, header);
      prefix = pagePrefix + " cell " + cellIndex + ": ";
      if (hasPointerMap) {
        prefix = pagePrefix + " right child: ";
        checkPointer(child, PointerType.TREE, number);
      }
      depth = checkPage(child, key, level + 1);
      key = smallestKey;
      mayBeEqual = false;
    }
    boolean covered = true;
    for (int i = count - 1; i >= 0 && !isFull(); i--) {
      cellIndex = i;
      if (leaf || !hasPointerMap) {
        prefix = pagePrefix + " cell " + i + ": ";
      }
      int offset = PageBytes.getShort(image, pointers + 2 * i);
      if (offset < contentStart || offset > usableSize - TreePage.MIN_CELL_SIZE) {
        add("Offset %d out of range %d..%d", offset, contentStart, usableSize - 4);
        covered = false;
        continue;
      }
      if (!read(cell, image, number, i, offset, leaf)) {
        add("Extends off end of page");
        covered = false;
        continue;
      }
      if (cell.payloadSize > 0 && PageBytes.getByte(image, cell.payloadOffset) <= 1) {
        add("Bad cell header size");
        covered = false;
        continue;
      }
      if (table) {
        if (mayBeEqual ? cell.rowid > key : cell.rowid >= key) {
          add("Rowid %d out of order", cell.rowid);
        }
        key = cell.rowid;
        mayBeEqual = false;
      }
      if (cell.hasOverflow()) {
        checkOverflow(cell, image, number);
      }
      if (!leaf) {
        int child = PageBytes.getInt(image, offset);
        if (hasPointerMap) {
          checkPointer(child, PointerType.TREE, number);
        }
        int childDepth = checkPage(child, key, level + 1);
        key = smallestKey;
        if (childDepth != depth) {
          add("Child page depth differs");
          depth = childDepth;
        }
      }
    }
    smallestKey = key;
    if (covered && !isFull()) {
      prefix = "";
      checkCoverage(image, number, header, cell);
    }
    return depth;
  }

  private static boolean read(
      CellReader cell, byte[] image, int number, int index, int offset, boolean leaf) {
    try {
      cell.read(image, number, index, offset, leaf);
      return true;
    } catch (CorruptDatabaseException e) {
      return false;
    }
  }

  private void checkOverflow(CellReader cell, byte[] image, int number) {
    int first = cell.firstOverflowPage(image);
    if (hasPointerMap) {
      checkPointer(first, PointerType.OVERFLOW_FIRST, number);
    }
    checkChain(false, first, cell.overflowPages);
  }

  private void checkCoverage(byte[] image, int number, int header, CellReader cell) {
    coverage.start(TreePage.contentStart(image, header));
    boolean leaf = TreePage.isLeaf(image, header);
    int count = TreePage.cellCount(image, header);
    int pointers = TreePage.cellPointers(image, header);
    for (int i = 0; i < count; i++) {
      int offset = PageBytes.getShort(image, pointers + 2 * i);
      cell.read(image, number, i, offset, leaf);
      coverage.use(offset, cell.size);
    }
    int block = TreePage.firstFreeblock(image, header);
    while (block != 0) {
      coverage.use(block, PageBytes.getShort(image, block + 2));
      block = PageBytes.getShort(image, block);
    }
    int fragmented = coverage.unusedBytes(usableSize);
    int reported = TreePage.fragmentedBytes(image, header);
    if (coverage.firstUsedTwice() > 0) {
      add("Multiple uses for byte %d of page %d", coverage.firstUsedTwice(), number);
    }
    if (fragmented >= 0 && fragmented != reported) {
      add("Fragmentation of %d bytes reported as %d on page %d", fragmented, reported, number);
    }
  }
}
