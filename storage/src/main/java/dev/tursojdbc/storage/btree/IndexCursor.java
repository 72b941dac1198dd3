package dev.tursojdbc.storage.btree;

import dev.tursojdbc.storage.error.CorruptDatabaseException;
import dev.tursojdbc.storage.page.PageSource;
import dev.tursojdbc.storage.record.KeyOrder;
import dev.tursojdbc.storage.record.Register;
import dev.tursojdbc.storage.record.SerialType;
import dev.tursojdbc.storage.record.StorageClass;
import dev.tursojdbc.storage.record.Varint;

/**
 * A position in an index tree: an index, or a WITHOUT ROWID table. Its entries are records in the
 * order of a {@link KeyOrder}; interior pages hold entries too.
 *
 * <p>A seek takes the first {@code count} values of a key. All entries that begin with them are
 * equal to it, so {@code seekAtLeast} finds the first of them and {@code seekAtMost} the last.
 */
public final class IndexCursor extends TreeCursor {
  private final KeyOrder order;

  /** A payload that goes on in overflow pages, put together to be compared. */
  private byte[] assembled = {};

  /** Whether the last search found an equal entry at the index it answered. */
  private boolean equal;

  /** Per level above the leaf, {@link #equal} of the search there. */
  private final boolean[] equals = new boolean[TreePage.MAX_DEPTH];

  public IndexCursor(PageSource source, int root, KeyOrder order) {
    super(source, root, false);
    this.order = order;
  }

  public KeyOrder order() {
    return order;
  }

  @Override
  public boolean next() {
    requireCurrent();
    if (!leaf) {
      index++;
      enter(child(index));
      descendFirst();
      countLeaf(1);
      return at(0);
    }
    if (index + 1 < cellCount) {
      return at(index + 1);
    }
    return ascendForward() && at(index);
  }

  @Override
  public boolean previous() {
    requireCurrent();
    if (!leaf) {
      enter(child(index));
      descendLast();
      countLeaf(-1);
      return at(cellCount - 1);
    }
    if (index > 0) {
      return at(index - 1);
    }
    return ascendBackward() && at(index - 1);
  }

  private void requireCurrent() {
    requirePosition();
    if (!isCurrent()) {
      throw new IllegalStateException("the tree changed under a scan");
    }
  }

  /** Moves to a cell of the page under the cursor. */
  public void moveToCell(int cellIndex) {
    at(cellIndex);
  }

  /** Whether the entry is in a leaf, so that those beside it on the page follow it in the order. */
  public boolean isOnLeaf() {
    return leaf;
  }

  @Override
  boolean at(int cellIndex) {
    index = cellIndex;
    cell.readIndex(image, pageNumber, cellIndex, cellOffset(cellIndex), leaf);
    positioned = true;
    return true;
  }

  /** Moves to the first entry that begins with the key. @return whether there is one */
  public boolean seek(Register[] key, int count) {
    return (seekAtLeast(key, count) && compareKey(key, count) == 0) || unpositioned();
  }

  /** Moves to the first entry that is not before the key. @return whether there is one */
  public boolean seekAtLeast(Register[] key, int count) {
    seekLeaf(key, count, false);
    return settleForward();
  }

  /** Moves to the first entry behind all that begin with the key. @return whether there is one */
  public boolean seekAfter(Register[] key, int count) {
    seekLeaf(key, count, true);
    return settleForward();
  }

  /** Moves to the last entry that is not behind the key. @return whether there is one */
  public boolean seekAtMost(Register[] key, int count) {
    seekLeaf(key, count, true);
    return settleBackward();
  }

  /** Moves to the last entry before all that begin with the key. @return whether there is one */
  public boolean seekBefore(Register[] key, int count) {
    seekLeaf(key, count, false);
    return settleBackward();
  }

  /**
   * Compares a key with the entry under the cursor.
   *
   * @return negative, zero or positive as the key is before, equal to or behind the entry
   */
  public int compareKey(Register[] key, int count) {
    requirePosition();
    cell.requireWhole(pageNumber, index);
    return compareCell(key, count);
  }

  /**
   * The rowid at the end of an entry of an index on a rowid table.
   *
   * @throws CorruptDatabaseException if the record does not end with an integer
   */
  public long rowid() {
    requirePosition();
    cell.requireWhole(pageNumber, index);
    if (cell.hasOverflow()) {
      assemble();
      return lastInteger(assembled, 0, cell.payloadSize);
    }
    return lastInteger(image, cell.payloadOffset, cell.payloadSize);
  }

  private long lastInteger(byte[] record, int offset, int length) {
    int headerSize = length > 0 ? record[offset] : 0;
    if (headerSize < 0) {
      int sizeLength = Varint.length(record, offset, offset + length);
      long size = sizeLength == 0 ? 0 : Varint.read(record, offset);
      headerSize = size > 0 && size <= length ? (int) size : 0;
    }
    if (headerSize > 1 && headerSize <= length) {
      int type = record[offset + headerSize - 1];
      // If the byte before has its high bit set, the last byte is the end of a longer serial type.
      boolean alone = headerSize == 2 || record[offset + headerSize - 2] >= 0;
      if (alone && type > 0 && SerialType.isInteger(type)) {
        int size = SerialType.size(type);
        if (headerSize + size <= length) {
          return SerialType.readInteger(type, record, offset + length - size);
        }
      }
    }
    throw CorruptDatabaseException.atPage(
        pageNumber, "cell " + index + " is an index entry without a rowid");
  }

  /** From the place between two entries of a leaf to the later one. */
  private boolean settleForward() {
    if (index < cellCount) {
      return at(index);
    }
    return ascendForward() && at(index);
  }

  private boolean settleBackward() {
    if (index > 0) {
      return at(index - 1);
    }
    return ascendBackward() && at(index - 1);
  }

  /**
   * Takes the path to the leaf where a whole key is or would be inserted.
   *
   * @return whether there is an equal entry; the cursor stands on it then, else it is at the index
   *     for the new entry in its leaf, unpositioned
   */
  boolean seekExact(Register[] key, int count) {
    seekLeaf(key, count, false);
    positioned = false;
    if (index < cellCount) {
      return equal && at(index);
    }
    int level = depth - 1;
    while (level >= 0 && indexes[level] >= cellCounts[level]) {
      level--;
    }
    if (level < 0 || !equals[level]) {
      return false;
    }
    savePath();
    load(level);
    return at(index);
  }

  /**
   * Takes the path to the leaf in which the first entry not before the key (or behind it, if
   * strict) is or would be, and its index there, which may be the number of cells.
   */
  private void seekLeaf(Register[] key, int count, boolean strict) {
    if (isLocal() && staysOnLeaf(key, count, strict)) {
      noteStay();
      hint = index;
      index = search(key, count, strict, false);
      return;
    }
    int leafBefore = pageNumber;
    enterRoot();
    boolean guessed = false;
    while (true) {
      index = search(key, count, strict, guessed);
      if (leaf) {
        noteDescent(leafBefore);
        return;
      }
      equals[depth] = equal;
      long fraction = index > 0 && index < cellCount ? interpolate(key[0], index) : -1;
      enter(child(index));
      guessed = hint < 0 && fraction >= 0;
      guess(fraction);
    }
  }

  /**
   * Where among the entries of a child a key would be if numbers in the first column were evenly
   * spaced, as a fraction of 2^{@value #GUESS_BITS}; -1 if they are no numbers or all the same. The
   * cells of a page lie on many cache lines, so a good first guess saves most of a search's time.
   */
  private long interpolate(Register key, int childIndex) {
    double below = firstNumber(childIndex - 1);
    double span = firstNumber(childIndex) - below;
    double wanted =
        key.type == StorageClass.INTEGER
            ? key.integer
            : key.type == StorageClass.REAL ? key.real : Double.NaN;
    double fraction = (wanted - below) / span;
    // False for NaN, which is what anything but a number has become.
    return fraction >= 0 && fraction < 1 ? (long) (fraction * (1 << GUESS_BITS)) : -1;
  }

  /** The first value of an entry if it is a number and lies in the page, else NaN. */
  private double firstNumber(int cellIndex) {
    cell.readIndex(image, pageNumber, cellIndex, cellOffset(cellIndex), leaf);
    int offset = cell.payloadOffset;
    int headerSize = cell.available < 2 ? 0 : image[offset];
    if (headerSize < 2) {
      return Double.NaN;
    }
    int type = image[offset + 1];
    if (type <= SerialType.NULL
        || type > SerialType.ONE
        || headerSize + SerialType.size(type) > cell.available) {
      return Double.NaN;
    }
    int body = offset + headerSize;
    return type == SerialType.REAL
        ? SerialType.readReal(image, body)
        : SerialType.readInteger(type, image, body);
  }

  private boolean staysOnLeaf(Register[] key, int count, boolean strict) {
    if (!isCurrent() || !leaf || cellCount == 0) {
      return false;
    }
    if (depth == 0) {
      return true;
    }
    int limit = strict ? -1 : 0;
    if (compareCell(key, count, cellCount - 1) > limit && !isAtRightEdge()) {
      return false;
    }
    return compareCell(key, count, 0) > limit;
  }

  /**
   * The index of the first cell not before the key, or behind it if strict.
   *
   * @param guessed whether the hint is a guess that is near; the search then widens from there
   */
  private int search(Register[] key, int count, boolean strict, boolean guessed) {
    int limit = strict ? -1 : 0;
    int low = 0;
    int high = cellCount;
    int guess = Math.min(hint, high);
    equal = false;
    if (guess >= 0) {
      if (guess > 0) {
        int order = compareCell(key, count, guess - 1);
        if (order > limit) {
          low = guess;
        } else {
          high = guess - 1;
          equal = order == 0;
        }
      }
      if (low == guess && guess < high) {
        int order = compareCell(key, count, guess);
        if (order <= limit) {
          equal = order == 0;
          return guess;
        }
        low = guess + 1;
      }
    }
    int step = guessed ? 2 : high;
    boolean upwards = low > 0;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (step < middle - low) {
        middle = upwards ? low + step : high - step;
        step *= 4;
      }
      int order = compareCell(key, count, middle);
      if (order > limit) {
        low = middle + 1;
      } else {
        high = middle;
        equal = order == 0;
      }
    }
    return low;
  }

  private int compareCell(Register[] key, int count, int cellIndex) {
    cell.readIndex(image, pageNumber, cellIndex, cellOffset(cellIndex), leaf);
    cell.requireWhole(pageNumber, cellIndex);
    return compareCell(key, count);
  }

  private int compareCell(Register[] key, int count) {
    if (cell.hasOverflow()) {
      assemble();
      return order.compare(key, count, assembled, 0, cell.payloadSize);
    }
    return order.compare(key, count, image, cell.payloadOffset, cell.payloadSize);
  }

  private void assemble() {
    OverflowReader.checkSize(source, cell, pageNumber);
    if (assembled.length < cell.payloadSize) {
      assembled = new byte[cell.payloadSize];
    }
    OverflowReader.copy(source, cell, image, pageNumber, 0, assembled, 0, cell.payloadSize);
  }
}
