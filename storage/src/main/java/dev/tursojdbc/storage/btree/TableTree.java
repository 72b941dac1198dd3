package dev.tursojdbc.storage.btree;

import dev.tursojdbc.storage.error.ErrorCode;
import dev.tursojdbc.storage.error.TursoException;
import dev.tursojdbc.storage.page.PageWriter;
import java.util.SplittableRandom;

/**
 * A table tree that changes: rows by rowid.
 *
 * <p>The place of the last change is kept, so that ascending rowids, or an UPDATE that goes through
 * the table in order, do not descend from the root again and again. A change may throw FULL or I/O
 * errors when some pages are changed already; the statement must then be undone.
 */
public final class TableTree extends Tree {
  /** How often a free rowid is guessed once the largest is taken, as in SQLite. */
  private static final int MAX_GUESSES = 100;

  private final TableCursor cursor;
  private final SplittableRandom random = new SplittableRandom();

  public TableTree(PageWriter writer, int root) {
    this(writer, new TableCursor(writer, root));
  }

  private TableTree(PageWriter writer, TableCursor cursor) {
    super(writer, cursor, true);
    this.cursor = cursor;
  }

  /**
   * Inserts a row.
   *
   * @param record the first {@code length} bytes are the record
   * @return false if the rowid is taken; nothing has changed then
   */
  public boolean insert(long rowid, byte[] record, int length) {
    writer.spillPoint();
    if (!cursor.isWhereMissing(rowid) && cursor.seekLeaf(rowid)) {
      return false;
    }
    insertCell(rowid, 0, record, length);
    return true;
  }

  /**
   * Puts a row behind all others, whatever its rowid is: for a copy in the order of the original.
   */
  public void append(long rowid, byte[] record, int length) {
    writer.spillPoint();
    cursor.moveBehindLast();
    insertCell(rowid, 0, record, length);
  }

  /**
   * Inserts a row or replaces the one with its rowid.
   *
   * @return whether there was one
   */
  public boolean put(long rowid, byte[] record, int length) {
    writer.spillPoint();
    if (cursor.isWhereMissing(rowid) || !cursor.seekLeaf(rowid)) {
      insertCell(rowid, 0, record, length);
      return false;
    }
    if (cursor.payloadSize() == length) {
      overwritePayload(record);
      return true;
    }
    removeCell();
    insertCell(rowid, 0, record, length);
    return true;
  }

  /** Deletes a row. @return whether there was one */
  public boolean delete(long rowid) {
    writer.spillPoint();
    if (!cursor.seekLeaf(rowid)) {
      return false;
    }
    removeCell();
    balanceAfterRemoval();
    return true;
  }

  public boolean contains(long rowid) {
    return cursor.seekLeaf(rowid);
  }

  /** The largest rowid, or 0 if the table is empty. */
  public long lastRowid() {
    return cursor.last() ? cursor.rowid() : 0;
  }

  /**
   * A rowid that is not taken: one more than the largest or, when that is the largest there can be,
   * a random positive one.
   *
   * @throws TursoException FULL if no free one was found
   */
  public long newRowid() {
    if (!cursor.last()) {
      return 1;
    }
    long largest = cursor.rowid();
    if (largest < Long.MAX_VALUE) {
      return largest + 1;
    }
    for (int i = 0; i < MAX_GUESSES; i++) {
      long guess = random.nextLong(Long.MAX_VALUE / 2) + 1;
      if (!contains(guess)) {
        return guess;
      }
    }
    throw new TursoException(ErrorCode.FULL);
  }

  /** The cursor that makes the changes; a change or another call here moves it. */
  public TableCursor cursor() {
    return cursor;
  }
}
