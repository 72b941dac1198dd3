package dev.tursojdbc.storage.btree;

import dev.tursojdbc.storage.page.PageWriter;
import dev.tursojdbc.storage.record.KeyOrder;
import dev.tursojdbc.storage.record.Register;
import org.jspecify.annotations.Nullable;

/**
 * An index tree that changes: an index, or a WITHOUT ROWID table.
 *
 * <p>{@code keyColumns} says how many of the first columns of an entry tell it apart from all
 * others: in an index every column, the rowid or primary key at its end included; in a WITHOUT
 * ROWID table those of the primary key. Two entries equal in these columns replace each other.
 *
 * <p>The place of the last change or search is kept. A search for a unique key and the insertion
 * that follows it descend once, and entries in order are cheap.
 */
public final class IndexTree extends Tree {
  private final IndexCursor cursor;
  private final int keyColumns;

  public IndexTree(PageWriter writer, int root, KeyOrder order, int keyColumns) {
    this(writer, new IndexCursor(writer, root, order), keyColumns);
  }

  private IndexTree(PageWriter writer, IndexCursor cursor, int keyColumns) {
    super(writer, cursor, false);
    this.cursor = cursor;
    this.keyColumns = keyColumns;
  }

  /**
   * Says that entries will come in ascending order, as when an index is built from sorted entries:
   * its pages are then left full instead of half full.
   */
  public void setAscending(boolean ascending) {
    balancer.setAscending(ascending);
  }

  /**
   * Inserts an entry, or replaces the one with an equal key.
   *
   * @param key the values of the record's first columns, {@code keyColumns} at least
   * @param record the first {@code length} bytes are the entry
   * @return whether there was an equal one
   */
  public boolean put(Register[] key, byte[] record, int length) {
    writer.spillPoint();
    if (!cursor.seekExact(key, keyColumns)) {
      insertCell(0, 0, record, length);
      return false;
    }
    replace(record, length);
    return true;
  }

  /**
   * Inserts an entry.
   *
   * @return false if there is one with an equal key; nothing has changed then
   */
  public boolean insert(Register[] key, byte[] record, int length) {
    writer.spillPoint();
    if (cursor.seekExact(key, keyColumns)) {
      return false;
    }
    insertCell(0, 0, record, length);
    return true;
  }

  /** Puts an entry behind all others, whatever its key is: for a copy in the original's order. */
  public void append(byte[] record, int length) {
    writer.spillPoint();
    cursor.moveBehindLast();
    insertCell(0, 0, record, length);
  }

  private void replace(byte[] record, int length) {
    if (cursor.payloadSize() == length) {
      overwritePayload(record);
      return;
    }
    int leftChild = cursor.leaf ? 0 : cursor.child(cursor.index);
    removeCell();
    insertCell(0, leftChild, record, length);
  }

  /** Deletes the entry with an equal key. @return whether there was one */
  public boolean delete(Register[] key) {
    writer.spillPoint();
    if (!cursor.seekExact(key, keyColumns)) {
      return false;
    }
    if (cursor.leaf) {
      removeCell();
      balanceAfterRemoval();
    } else {
      deleteFromInterior();
    }
    return true;
  }

  /** The last entry before the deleted one, which is in a leaf, takes its place. */
  private void deleteFromInterior() {
    int level = cursor.depth;
    int index = cursor.index;
    int number = cursor.pageNumber;
    int header = TreePage.headerOffset(number);
    int leftChild = cursor.child(index);
    cursor.cell.requireWhole(number, index);
    overflow.free(cursor.cell, cursor.image, number);

    cursor.enter(leftChild);
    cursor.descendLast();
    cursor.at(cursor.index);
    byte[] replacement = copyWithChild(leftChild);
    if (cursor.cell.hasOverflow()) {
      setOverflowOwner(cursor.cell.firstOverflowPage(cursor.image), number);
    }
    dropCell();
    cursor.savePath();
    int leafLevel = cursor.depth;

    byte[] image = writer.writable(number);
    cursor.images[level] = image;
    space.remove(image, number, header, index);
    balancer.reset();
    int offset = space.insert(image, number, header, index, replacement.length);
    if (offset >= 0) {
      System.arraycopy(replacement, 0, image, offset, replacement.length);
    } else {
      cursor.cellCounts[level]--;
      balancer.addPending(level, index, replacement, replacement.length);
    }
    if (balancer.balance(leafLevel) > level) {
      balancer.balance(level);
    }
    cursor.dropPath();
  }

  /**
   * Looks for an entry that begins with a key, for a unique constraint.
   *
   * @return the cursor on the first such entry, or null; it is good until the next call here
   */
  public @Nullable IndexCursor find(Register[] key, int count) {
    return cursor.seek(key, count) ? cursor : null;
  }

  /** The cursor that makes the changes; a change or another call here moves it. */
  public IndexCursor cursor() {
    return cursor;
  }
}
