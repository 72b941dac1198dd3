package dev.tursojdbc.storage.btree;

import dev.tursojdbc.storage.error.CorruptDatabaseException;
import dev.tursojdbc.storage.page.PageBytes;
import dev.tursojdbc.storage.page.PageSource;
import dev.tursojdbc.storage.page.PageWriter;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A position in one table or index tree: the path of page images from the root to a cell.
 *
 * <pre>
 *   UNPOSITIONED -- seek, first, last --> AT_CELL -- next, previous --> AT_CELL | UNPOSITIONED
 * </pre>
 *
 * <p>A cursor over a frozen view reads that state for ever. Over a {@link PageWriter} it reads the
 * newest images, and a change of any tree (by {@link PageWriter#changeCount}) makes its path stale:
 * a seek then starts at the root, a {@link TableCursor} finds its place again by its rowid, any
 * other step of a stale cursor is misuse. A cursor belongs to one connection and is not
 * thread-safe.
 *
 * <p>The page under the cursor is held in fields, the pages above it in arrays by level. For an
 * interior page {@code index} is the child that the path takes, {@code cellCount} being the right
 * child; a cursor that stands on an interior cell (index trees only) has that page as its last.
 */
public abstract sealed class TreeCursor permits TableCursor, IndexCursor {
  final int root;
  private final boolean table;

  PageSource source;
  @Nullable PageWriter writer;
  int usableSize;
  CellReader cell;

  /** Level of the page under the cursor, the root's being 0; -1 without a path. */
  int depth = -1;

  int pageNumber;
  byte[] image = {};
  boolean leaf;
  int cellPointers;
  int cellCount;
  int index;

  /** Whether the cursor stands on a cell, whose parts are then in {@link #cell}. */
  boolean positioned;

  /** The path; the entries of the last level are current only after {@link #savePath}. */
  int[] pageNumbers = new int[4];

  byte[][] images = new byte[4][];
  int[] indexes = new int[4];
  int[] cellCounts = new int[4];

  /**
   * How many levels of the arrays hold a page as it is now: those of the path, and below them the
   * pages that it last took there.
   */
  private int knownLevels;

  /** {@link PageSource#changeCount} when the path was taken. */
  private long pathChangeCount;

  /** Leaves entered in one direction since the last seek, for {@link #mostSteps}. */
  private int leafSteps;

  /** An index that the last descent had on the page just entered, or -1. */
  int hint;

  /** Bits of a fraction that says where on a page a key may be. */
  static final int GUESS_BITS = 24;

  /** How often a scan may go through as many pages as the database has. */
  private static final long MAX_ROUNDS = 64;

  /** The largest {@link #locality}. */
  private static final int MAX_LOCALITY = 3;

  /**
   * How often of late a seek has fallen on the leaf of the seek before. At 0 seeks do not look
   * there first: its ends are cache misses of their own.
   */
  private int locality = MAX_LOCALITY;

  TreeCursor(PageSource source, int root, boolean table) {
    this.root = root;
    this.table = table;
    this.source = source;
    this.writer = source instanceof PageWriter pages ? pages : null;
    this.usableSize = source.usableSize();
    this.cell = new CellReader(usableSize, table);
  }

  /** Number of the tree's root page. */
  public final int root() {
    return root;
  }

  /**
   * Points the cursor to another state of the database, maybe of the same source; it is
   * unpositioned then.
   */
  public final void reset(PageSource newSource) {
    positioned = false;
    // Where a path was taken and nothing has changed, pages have the same size still.
    if (newSource == source && depth >= 0 && newSource.changeCount() == pathChangeCount) {
      return;
    }
    source = newSource;
    writer = newSource instanceof PageWriter pages ? pages : null;
    dropPath();
    if (usableSize != newSource.usableSize()) {
      usableSize = newSource.usableSize();
      cell = new CellReader(usableSize, table);
    }
  }

  /** Lets go of all images. */
  public final void clear() {
    dropPath();
    image = new byte[0];
    Arrays.fill(images, null);
  }

  final void dropPath() {
    depth = -1;
    positioned = false;
  }

  /** Whether the cursor stands on a cell. */
  public final boolean isPositioned() {
    return positioned;
  }

  /** Moves to the first entry. @return whether there is one */
  public final boolean first() {
    enterRoot();
    descendFirst();
    return cellCount > 0 ? at(0) : unpositioned();
  }

  /** Moves to the last entry. @return whether there is one */
  public final boolean last() {
    if (!isCurrent() || !leaf || !isAtRightEdge()) {
      enterRoot();
      descendLast();
    }
    leafSteps = 0;
    return cellCount > 0 ? at(cellCount - 1) : unpositioned();
  }

  /** Takes the path to behind the last entry, where one is appended. */
  final void moveBehindLast() {
    if (!isCurrent() || !leaf || !isAtRightEdge()) {
      enterRoot();
      descendLast();
    }
    index = cellCount;
    positioned = false;
  }

  /** Moves to the following entry. @return whether there is one */
  public abstract boolean next();

  /** Moves to the preceding entry. @return whether there is one */
  public abstract boolean previous();

  /** The image that holds the entry's payload, or its first {@link #localSize} bytes. */
  public final byte[] payloadBytes() {
    return image;
  }

  /** Where in {@link #payloadBytes} the payload begins. */
  public final int payloadOffset() {
    return cell.payloadOffset;
  }

  /** How many bytes of the payload are there; the others are in overflow pages. */
  public final int localSize() {
    return cell.available;
  }

  /** Bytes of the whole payload. */
  public final int payloadSize() {
    return cell.payloadSize;
  }

  /** Number of the page that holds the entry. */
  public final int pageNumber() {
    return pageNumber;
  }

  /** Refuses a payload that the database's pages cannot hold; who makes room for one asks first. */
  public final void requirePlausibleSize() {
    requirePlausibleSize(cell.payloadSize);
  }

  /** The same for a part of a payload. */
  public final void requirePlausibleSize(int size) {
    if (size > cell.localSize) {
      OverflowReader.checkSize(source, size, pageNumber);
    }
  }

  /** A copy of the whole payload. */
  public final byte[] payload() {
    requirePosition();
    cell.requireWhole(pageNumber, index);
    requirePlausibleSize();
    byte[] copy = new byte[cell.payloadSize];
    copyPayload(0, copy, 0, copy.length);
    return copy;
  }

  /** Copies a part of the payload, which must lie inside it. */
  public final void copyPayload(int from, byte[] target, int targetOffset, int count) {
    requirePosition();
    if (from < 0 || count < 0 || from > cell.payloadSize - count) {
      throw new IllegalArgumentException(
          from + ", " + count + " bytes of a payload of " + cell.payloadSize);
    }
    OverflowReader.copy(source, cell, image, pageNumber, from, target, targetOffset, count);
  }

  /** Number of entries in the tree. Leaves the cursor unpositioned. */
  public final long count() {
    return count(() -> {});
  }

  /**
   * The same.
   *
   * @param eachLeaf called for every leaf; what it throws ends the count
   */
  public final long count(Runnable eachLeaf) {
    enterRoot();
    long total = 0;
    long pages = 0;
    while (true) {
      if (++pages > mostSteps()) {
        throw CorruptDatabaseException.atPage(root, "tree visits more pages than there are");
      }
      if (leaf || !table) {
        total += cellCount;
      }
      if (!leaf) {
        index = 0;
        enter(child(0));
        continue;
      }
      eachLeaf.run();
      if (!ascendForward()) {
        return total;
      }
      index++;
      enter(child(index));
    }
  }

  /**
   * Rough number of entries, as if all pages of a level had as many cells as the first one. Leaves
   * the cursor on the first entry.
   */
  public final long estimateCount() {
    if (!first()) {
      return 0;
    }
    long product = cellCount;
    for (int level = 0; level < depth; level++) {
      product *= cellCounts[level];
    }
    return product;
  }

  // Leaf-at-a-time access.

  /** Number of cells in the page under the cursor. */
  public final int leafCellCount() {
    return cellCount;
  }

  /** Index of the entry among the cells of its page. */
  public final int leafIndex() {
    return index;
  }

  // The path.

  /** Whether a seek shall look at the leaf under the cursor before it goes through the root. */
  final boolean isLocal() {
    return locality > 0;
  }

  /** Learns from a seek that went through the root, from one leaf to the one it is on now. */
  final void noteDescent(int leafBefore) {
    if (leafBefore == pageNumber) {
      locality = MAX_LOCALITY;
    } else if (locality > 0) {
      locality--;
    }
  }

  /** Learns from a seek that stayed on its leaf. */
  final void noteStay() {
    locality = MAX_LOCALITY;
  }

  /** Takes a fraction of the page just entered as the place to look first, if there is no other. */
  final void guess(long fraction) {
    if (hint < 0 && fraction >= 0) {
      hint = (int) (fraction * cellCount >>> GUESS_BITS);
    }
  }

  final boolean isCurrent() {
    PageWriter pages = writer;
    return depth >= 0 && (pages == null || pages.changeCount() == pathChangeCount);
  }

  /** Says that the path is current after a change that this cursor's owner made. */
  final void markCurrent() {
    pathChangeCount = source.changeCount();
    knownLevels = depth + 1;
  }

  final void requirePosition() {
    if (!positioned) {
      throw new IllegalStateException("the cursor is not on an entry");
    }
  }

  final void enterRoot() {
    int last = depth;
    if (last >= 0) {
      indexes[last] = index;
    }
    positioned = false;
    leafSteps = 0;
    if (last >= 0 && source.changeCount() == pathChangeCount) {
      enterKnown(0);
      return;
    }
    depth = -1;
    markCurrent();
    enter(root);
  }

  /** Makes a page the last of the path. The index of the page before must be set. */
  final void enter(int number) {
    int level = depth + 1;
    if (level >= pageNumbers.length) {
      growPath();
    }
    if (depth >= 0) {
      indexes[depth] = index;
      if (level < knownLevels && pageNumbers[level] == number && isCurrent()) {
        enterKnown(level);
        return;
      }
    }
    if (number < 1) {
      throw CorruptDatabaseException.atPage(pageNumber, "child page " + number);
    }
    byte[] entered = source.page(number);
    int header = TreePage.headerOffset(number);
    // Of interior pages only the root of the schema may have given all its cells to one child.
    boolean mayBeEmpty = level == 0 && (number == 1 || TreePage.isLeaf(entered, header));
    int count = TreePage.check(entered, number, header, table, mayBeEmpty);
    hint = pageNumbers[level] == number ? Math.min(indexes[level], count) : -1;
    depth = level;
    pageNumbers[level] = number;
    images[level] = entered;
    cellCounts[level] = count;
    pageNumber = number;
    image = entered;
    leaf = TreePage.isLeaf(entered, header);
    cellPointers = TreePage.cellPointers(entered, header);
    cellCount = count;
    knownLevels = Math.max(knownLevels, level + 1);
  }

  /** Makes a page the last of the path that was so before and has not changed. */
  private void enterKnown(int level) {
    load(level);
    hint = Math.min(index, cellCount);
  }

  private void growPath() {
    if (depth + 1 >= TreePage.MAX_DEPTH) {
      throw CorruptDatabaseException.atPage(
          pageNumber, "tree is deeper than " + TreePage.MAX_DEPTH + " levels");
    }
    int size = Math.min(2 * pageNumbers.length, TreePage.MAX_DEPTH);
    pageNumbers = Arrays.copyOf(pageNumbers, size);
    images = Arrays.copyOf(images, size);
    indexes = Arrays.copyOf(indexes, size);
    cellCounts = Arrays.copyOf(cellCounts, size);
  }

  /** Goes back to the page above. */
  final void leave() {
    indexes[depth] = index;
    load(depth - 1);
  }

  /** Makes a level of the path the last one. */
  final void load(int level) {
    depth = level;
    pageNumber = pageNumbers[level];
    image = images[level];
    int header = TreePage.headerOffset(pageNumber);
    leaf = TreePage.isLeaf(image, header);
    cellPointers = TreePage.cellPointers(image, header);
    cellCount = cellCounts[level];
    index = indexes[level];
  }

  /** Brings the arrays up to date for whoever works on the whole path. */
  final void savePath() {
    indexes[depth] = index;
    cellCounts[depth] = cellCount;
    images[depth] = image;
  }

  /** Whether the path takes the right child everywhere. */
  final boolean isAtRightEdge() {
    for (int level = 0; level < depth; level++) {
      if (indexes[level] != cellCounts[level]) {
        return false;
      }
    }
    return true;
  }

  /** Number of a child of the interior page under the cursor. */
  final int child(int childIndex) {
    return PageBytes.getInt(
        image, childIndex == cellCount ? cellPointers - 4 : cellOffset(childIndex));
  }

  final int cellOffset(int cellIndex) {
    return TreePage.readableCell(image, pageNumber, cellPointers, cellIndex, leaf, usableSize);
  }

  final void descendFirst() {
    while (!leaf) {
      index = 0;
      enter(child(0));
    }
    index = 0;
  }

  final void descendLast() {
    while (!leaf) {
      index = cellCount;
      enter(child(cellCount));
    }
    index = cellCount - 1;
  }

  /** Goes up until there is something behind the child that the path takes. */
  final boolean ascendForward() {
    do {
      if (depth == 0) {
        return unpositioned();
      }
      leave();
    } while (index >= cellCount);
    return true;
  }

  /** Goes up until there is something before the child that the path takes. */
  final boolean ascendBackward() {
    do {
      if (depth == 0) {
        return unpositioned();
      }
      leave();
    } while (index == 0);
    return true;
  }

  /**
   * How many pages a scan may meet: in a sound tree not more than there are. SQLite goes round in a
   * loop until the path is too deep, which a small one is soon; here it ends before it takes long.
   */
  private long mostSteps() {
    return MAX_ROUNDS * (source.pageCount() + MAX_ROUNDS);
  }

  /** Counts a leaf of a scan. */
  final void countLeaf(int direction) {
    leafSteps = leafSteps * direction < 0 ? direction : leafSteps + direction;
    if (Math.abs(leafSteps) > mostSteps()) {
      throw CorruptDatabaseException.atPage(root, "tree has more leaves than there are pages");
    }
  }

  /** Stands on a cell of the page under the cursor. */
  abstract boolean at(int cellIndex);

  final boolean unpositioned() {
    positioned = false;
    return false;
  }
}
