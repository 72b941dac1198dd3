package dev.tursojdbc.storage.btree;

import dev.tursojdbc.storage.page.PageSource;

/**
 * A position in a table tree, whose entries are rows: a rowid and a record, in leaves only.
 *
 * <p>Seeks that fall on the leaf under the cursor stay there, those for the same or the next row
 * without a search, and a descent first tries the indexes of the one before, so ascending seeks
 * compare about two keys a level.
 *
 * <p>Scan drivers take a leaf at a time: {@link #payloadBytes}, {@link #leafIndex}, {@link
 * #leafCellCount}, {@link #moveToCell} within the leaf, then {@link #nextLeaf} or {@link
 * #previousLeaf}. They must run over a state that does not change.
 */
public final class TableCursor extends TreeCursor {

  /** What was sought last without being found, and where it would be. */
  private long missingRowid;

  private int missingPage;
  private int missingIndex;
  private long missingChangeCount;

  public TableCursor(PageSource source, int root) {
    super(source, root, true);
  }

  /** The row's rowid. */
  public long rowid() {
    return cell.rowid;
  }

  @Override
  public boolean next() {
    requirePosition();
    if (!isCurrent()) {
      return seekAfter(cell.rowid);
    }
    int following = index + 1;
    return following < cellCount ? at(following) : nextLeaf();
  }

  @Override
  public boolean previous() {
    requirePosition();
    if (!isCurrent()) {
      return seekBefore(cell.rowid);
    }
    return index > 0 ? at(index - 1) : previousLeaf();
  }

  /** Moves to the first row of the following leaf. @return whether there is one */
  public boolean nextLeaf() {
    requireCurrent();
    if (!ascendForward()) {
      return false;
    }
    index++;
    enter(child(index));
    descendFirst();
    countLeaf(1);
    return at(0);
  }

  /** Moves to the last row of the preceding leaf. @return whether there is one */
  public boolean previousLeaf() {
    requireCurrent();
    if (!ascendBackward()) {
      return false;
    }
    index--;
    enter(child(index));
    descendLast();
    countLeaf(-1);
    return at(cellCount - 1);
  }

  private void requireCurrent() {
    if (!isCurrent()) {
      throw new IllegalStateException("the tree changed under a scan");
    }
  }

  /** Moves to a cell of the leaf under the cursor. */
  public void moveToCell(int cellIndex) {
    at(cellIndex);
  }

  @Override
  boolean at(int cellIndex) {
    index = cellIndex;
    cell.readTableLeaf(image, pageNumber, cellIndex, cellOffset(cellIndex));
    positioned = true;
    return true;
  }

  /** Moves to the row with this rowid. @return whether there is one; else unpositioned */
  public boolean seek(long rowid) {
    return seekLeaf(rowid) || unpositioned();
  }

  /** Moves to the first row whose rowid is not less. @return whether there is one */
  public boolean seekAtLeast(long rowid) {
    if (seekLeaf(rowid)) {
      return true;
    }
    return index < cellCount ? at(index) : nextLeaf();
  }

  /** Moves to the first row whose rowid is greater. @return whether there is one */
  public boolean seekAfter(long rowid) {
    return rowid == Long.MAX_VALUE ? unpositioned() : seekAtLeast(rowid + 1);
  }

  /** Moves to the last row whose rowid is not greater. @return whether there is one */
  public boolean seekAtMost(long rowid) {
    if (seekLeaf(rowid)) {
      return true;
    }
    return index > 0 ? at(index - 1) : previousLeaf();
  }

  /** Moves to the last row whose rowid is less. @return whether there is one */
  public boolean seekBefore(long rowid) {
    return rowid == Long.MIN_VALUE ? unpositioned() : seekAtMost(rowid - 1);
  }

  /**
   * Whether the seek before this was for the same rowid and has not found it, and nothing changed
   * since, so that the cursor still is where the row belongs: who looks whether a rowid is taken
   * often inserts it then.
   */
  boolean isWhereMissing(long rowid) {
    return rowid == missingRowid
        && !positioned
        && depth >= 0
        && leaf
        && pageNumber == missingPage
        && index == missingIndex
        && source.changeCount() == missingChangeCount;
  }

  /**
   * Takes the path to the leaf where a rowid is or would be, and its index there.
   *
   * @return whether it is there; the cursor stands on it then
   */
  boolean seekLeaf(long rowid) {
    if (isLocal() && steps(rowid)) {
      noteStay();
      return at(index);
    }
    if (isLocal() && staysOnLeaf(rowid)) {
      noteStay();
      hint = index + 1;
    } else {
      int leafBefore = pageNumber;
      enterRoot();
      while (!leaf) {
        int taken = searchInterior(rowid);
        index = taken;
        long fraction = taken > 0 && taken < cellCount ? interpolate(rowid, taken) : -1;
        enter(child(taken));
        guess(fraction);
      }
      noteDescent(leafBefore);
    }
    int found = searchLeaf(rowid);
    index = found;
    if (found == cellCount || leafRowid(found) != rowid) {
      positioned = false;
      missingRowid = rowid;
      missingPage = pageNumber;
      missingIndex = found;
      missingChangeCount = source.changeCount();
      return false;
    }
    return at(found);
  }

  /**
   * Stays on the row under the cursor, or goes to the one behind it, if that is the one sought: so
   * it often is where rows refer to those of another table in their order.
   */
  private boolean steps(long rowid) {
    if (!isCurrent() || !leaf || index < 0 || index >= cellCount) {
      return false;
    }
    long here = leafRowid(index);
    if (here == rowid) {
      return true;
    }
    if (here < rowid && index + 1 < cellCount && leafRowid(index + 1) == rowid) {
      index++;
      return true;
    }
    return false;
  }

  private boolean staysOnLeaf(long rowid) {
    if (!isCurrent() || !leaf || cellCount == 0) {
      return false;
    }
    if (depth == 0) {
      return true;
    }
    return leafRowid(cellCount - 1) >= rowid ? leafRowid(0) <= rowid : isAtRightEdge();
  }

  private int searchInterior(long rowid) {
    int low = 0;
    int high = cellCount;
    int guess = hint;
    if (guess >= 0) {
      if (guess > 0) {
        if (interiorRowid(guess - 1) < rowid) {
          low = guess;
        } else {
          high = guess - 1;
        }
      }
      if (low == guess && guess < high) {
        if (interiorRowid(guess) >= rowid) {
          return guess;
        }
        low = guess + 1;
      }
    }
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (interiorRowid(middle) < rowid) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /**
   * Where among the rows of a child a rowid would be if they were evenly spaced, as a fraction of
   * 2^{@value #GUESS_BITS}. The cells of a leaf are far apart in memory, so a good first guess
   * saves most of the time of a search in a large table.
   */
  private long interpolate(long rowid, int childIndex) {
    double below = interiorRowid(childIndex - 1);
    double span = interiorRowid(childIndex) - below;
    return (long) ((rowid - 1 - below) / span * (1 << GUESS_BITS));
  }

  private int searchLeaf(long rowid) {
    int low = 0;
    int high = cellCount;
    int guess = hint;
    if (guess >= 0) {
      guess = Math.min(guess, high - 1);
      long found = guess < 0 ? rowid : leafRowid(guess);
      if (found == rowid) {
        return Math.max(guess, 0);
      }
      if (found < rowid) {
        low = guess + 1;
        if (low < high && leafRowid(low) >= rowid) {
          return low;
        }
      } else {
        high = guess;
        if (low < high && leafRowid(high - 1) < rowid) {
          return high;
        }
      }
    }
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (leafRowid(middle) < rowid) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private long interiorRowid(int cellIndex) {
    return TreePage.interiorRowid(image, pageNumber, cellIndex, cellOffset(cellIndex), usableSize);
  }

  private long leafRowid(int cellIndex) {
    return TreePage.leafRowid(image, pageNumber, cellIndex, cellOffset(cellIndex), usableSize);
  }
}
