package dev.tursojdbc.storage.btree;

import dev.tursojdbc.storage.error.CorruptDatabaseException;
import dev.tursojdbc.storage.page.PageBytes;
import dev.tursojdbc.storage.page.PageSource;
import dev.tursojdbc.storage.record.Varint;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Goes through all pages of one tree and tells how each is filled: a page, then for each of its
 * cells the overflow pages and the child, last the right child.
 *
 * <p>A path names the way to a page: {@code /} is the root, {@code /00a/} the child of its cell 10,
 * {@code /00a/003+000001} the second overflow page of cell 3 there. In text order the paths are in
 * the order of the walk.
 *
 * <p>A page that is no tree page, or whose cells are not inside of it, is told to be corrupted;
 * nothing below it is looked at.
 */
public final class TreePageWalk {
  private static final int MOST_LEVELS = 32;
  private static final int FREEBLOCK_SIZE = 4;

  /** What a page is. */
  public enum Kind {
    INTERNAL("internal"),
    LEAF("leaf"),
    OVERFLOW("overflow"),
    CORRUPTED("corrupted");

    private final String text;

    Kind(String text) {
      this.text = text;
    }

    public String text() {
      return text;
    }
  }

  /**
   * A page.
   *
   * @param payload bytes of payload on it
   * @param unused bytes that are neither header, cell pointer nor cell
   * @param largestPayload of the entries whose cells it has, overflow pages included
   */
  public record Page(
      String path,
      int number,
      Kind kind,
      int cells,
      long payload,
      long unused,
      long largestPayload) {}

  /** A cell: its child if it has one, and its overflow pages. */
  private record Cell(int child, int overflow, int overflowPages, int lastOverflowBytes) {}

  /** A tree page on the way to the one that is looked at. */
  private static final class Level {
    final String path;
    int rightChild;
    List<Cell> cells = List.of();

    /** The cell that is next; as many as there are cells for the right child. */
    int cell;

    /** How many overflow pages of it were told, and the next one. */
    int overflowsTold;

    int overflow;

    Level(String path) {
      this.path = path;
    }
  }

  private final PageSource pages;
  private final PayloadSizes tableSizes;
  private final PayloadSizes indexSizes;
  private final int root;
  private final List<Level> levels = new ArrayList<>();
  private int visited;
  private boolean begun;

  public TreePageWalk(PageSource pages, int root) {
    this.pages = pages;
    this.root = root;
    this.tableSizes = new PayloadSizes(pages.usableSize(), true);
    this.indexSizes = new PayloadSizes(pages.usableSize(), false);
  }

  /** Whether there is a page more; {@link #next} gives it. */
  public boolean hasNext() {
    if (!begun) {
      return true;
    }
    while (!levels.isEmpty() && !hasNext(levels.get(levels.size() - 1))) {
      levels.remove(levels.size() - 1);
    }
    return !levels.isEmpty();
  }

  private static boolean hasNext(Level level) {
    while (level.cell < level.cells.size()) {
      if (level.rightChild != 0
          || level.overflowsTold < level.cells.get(level.cell).overflowPages()) {
        return true;
      }
      toCell(level, level.cell + 1);
    }
    return level.rightChild != 0 && level.cell == level.cells.size();
  }

  private static void toCell(Level level, int cell) {
    level.cell = cell;
    level.overflowsTold = 0;
    level.overflow = cell < level.cells.size() ? level.cells.get(cell).overflow() : 0;
  }

  /** The next page. Ask {@link #hasNext} before. */
  public Page next() {
    if (!begun) {
      begun = true;
      return enter("/", root);
    }
    Level level = levels.get(levels.size() - 1);
    if (level.cell < level.cells.size()) {
      Cell cell = level.cells.get(level.cell);
      if (level.overflowsTold < cell.overflowPages()) {
        return overflow(level, cell);
      }
    }
    int child =
        level.cell < level.cells.size() ? level.cells.get(level.cell).child() : level.rightChild;
    String path = level.path + hexadecimal(level.cell, 3) + '/';
    toCell(level, level.cell + 1);
    return enter(path, child);
  }

  private Page overflow(Level level, Cell cell) {
    int number = level.overflow;
    String path =
        level.path + hexadecimal(level.cell, 3) + '+' + hexadecimal(level.overflowsTold, 6);
    int room = pages.usableSize() - PayloadSizes.PAGE_NUMBER_SIZE;
    level.overflowsTold++;
    boolean last = level.overflowsTold == cell.overflowPages();
    level.overflow = last ? 0 : PageBytes.getInt(pages.page(number), 0);
    int payload = last ? cell.lastOverflowBytes() : room;
    return new Page(path, number, Kind.OVERFLOW, 0, payload, room - payload, 0);
  }

  private static String hexadecimal(int number, int digits) {
    String text = Integer.toHexString(number);
    return "0".repeat(Math.max(0, digits - text.length())) + text;
  }

  private Page enter(String path, int number) {
    visited++;
    if (levels.size() >= MOST_LEVELS || visited > pages.pageCount()) {
      throw CorruptDatabaseException.atPage(number, "the tree leads to its pages again and again");
    }
    Level level = new Level(path);
    levels.add(level);
    Page page = read(level, number);
    toCell(level, 0);
    return page == null ? new Page(path, number, Kind.CORRUPTED, 0, 0, 0, 0) : page;
  }

  /** Null if the page is corrupted. */
  private @Nullable Page read(Level level, int number) {
    byte[] image = pages.page(number);
    int header = TreePage.headerOffset(number);
    int kind = TreePage.kind(image, header);
    boolean leaf = kind == TreePage.TABLE_LEAF || kind == TreePage.INDEX_LEAF;
    if (!leaf && kind != TreePage.TABLE_INTERIOR && kind != TreePage.INDEX_INTERIOR) {
      return null;
    }
    int count = TreePage.cellCount(image, header);
    int pointers = header + (leaf ? TreePage.LEAF_HEADER_SIZE : TreePage.INTERIOR_HEADER_SIZE);
    long unused =
        PageBytes.getShort(image, header + 5)
            - pointers
            - 2L * count
            + TreePage.fragmentedBytes(image, header);
    long free = freeBytes(image, header);
    if (free < 0) {
      return null;
    }
    Cells sums = new Cells(image, kind, pointers);
    if (!sums.read(count)) {
      return null;
    }
    level.cells = sums.cells;
    level.rightChild = leaf ? 0 : TreePage.rightChild(image, header);
    return new Page(
        level.path,
        number,
        leaf ? Kind.LEAF : Kind.INTERNAL,
        count,
        sums.payload,
        unused + free,
        sums.largest);
  }

  /** Bytes in freeblocks; negative if they are not in order. */
  private static long freeBytes(byte[] image, int header) {
    long free = 0;
    int at = TreePage.firstFreeblock(image, header);
    while (at != 0) {
      if (at > image.length - FREEBLOCK_SIZE) {
        return -1;
      }
      free += PageBytes.getShort(image, at + 2);
      int next = PageBytes.getShort(image, at);
      if (next != 0 && next < at + FREEBLOCK_SIZE) {
        return -1;
      }
      at = next;
    }
    return free;
  }

  /** The cells of one page, and what they come to. */
  private final class Cells {
    private final byte[] image;
    private final int kind;
    private final int pointers;
    private final List<Cell> cells = new ArrayList<>();
    private long payload;
    private long largest;

    Cells(byte[] image, int kind, int pointers) {
      this.image = image;
      this.kind = kind;
      this.pointers = pointers;
    }

    /** Whether all cells are inside the page. */
    boolean read(int count) {
      for (int i = 0; i < count; i++) {
        if (pointers + 2 * i > image.length - 2) {
          return false;
        }
        int at = PageBytes.getShort(image, pointers + 2 * i);
        if (at < pointers || at >= image.length || !readCell(at)) {
          return false;
        }
      }
      return true;
    }

    private boolean readCell(int begin) {
      int at = begin;
      int child = 0;
      if (kind == TreePage.TABLE_INTERIOR || kind == TreePage.INDEX_INTERIOR) {
        if (at > image.length - PayloadSizes.PAGE_NUMBER_SIZE) {
          return false;
        }
        child = PageBytes.getInt(image, at);
        at += PayloadSizes.PAGE_NUMBER_SIZE;
      }
      if (kind == TreePage.TABLE_INTERIOR) {
        cells.add(new Cell(child, 0, 0, 0));
        return true;
      }
      int sizeLength = Varint.length(image, at, image.length);
      if (sizeLength == 0) {
        return false;
      }
      long size = Varint.read(image, at) & 0xFFFF_FFFFL;
      at += sizeLength;
      if (kind == TreePage.TABLE_LEAF) {
        int rowidLength = Varint.length(image, at, image.length);
        if (rowidLength == 0) {
          return false;
        }
        at += rowidLength;
      }
      return addPayload(child, at, size);
    }

    private boolean addPayload(int child, int at, long size) {
      PayloadSizes sizes = kind == TreePage.TABLE_LEAF ? tableSizes : indexSizes;
      largest = Math.max(largest, size);
      if (size <= sizes.maxLocal) {
        payload += size;
        cells.add(new Cell(child, 0, 0, 0));
        return true;
      }
      if (size > Integer.MAX_VALUE) {
        return false;
      }
      int local = sizes.localSizeOfSpilled((int) size);
      if (at + local + PayloadSizes.PAGE_NUMBER_SIZE > pages.usableSize()) {
        return false;
      }
      payload += local;
      int room = pages.usableSize() - PayloadSizes.PAGE_NUMBER_SIZE;
      int overflowPages = (int) ((size - local + room - 1) / room);
      int last = (int) (size - local - (overflowPages - 1L) * room);
      cells.add(new Cell(child, PageBytes.getInt(image, at + local), overflowPages, last));
      return true;
    }
  }
}
