package dev.tursojdbc.sql.exec;

import dev.tursojdbc.storage.btree.IndexCursor;
import dev.tursojdbc.storage.btree.IndexTree;
import dev.tursojdbc.storage.btree.TableCursor;
import dev.tursojdbc.storage.btree.TableTree;
import dev.tursojdbc.storage.btree.TreeCursor;
import dev.tursojdbc.storage.page.PageSource;
import dev.tursojdbc.storage.page.PageWriter;
import dev.tursojdbc.storage.record.Collation;
import dev.tursojdbc.storage.record.KeyOrder;
import dev.tursojdbc.storage.record.RecordReader;
import dev.tursojdbc.storage.record.Register;
import dev.tursojdbc.storage.record.TextEncoding;

/** Copies the records of trees into empty trees as they are. */
public final class TreeCopy {
  private final PageSource source;
  private final PageWriter target;
  private final Runnable beforeEach;
  private byte[] record = {};

  /**
   * @param beforeEach is run before each record, and may fail
   */
  public TreeCopy(PageSource source, PageWriter target, Runnable beforeEach) {
    this.source = source;
    this.target = target;
    this.beforeEach = beforeEach;
  }

  /** What was copied of a table. */
  public record Rows(long count, long lastRowid) {}

  /**
   * Copies the rows of a table.
   *
   * @param renumbers whether they are counted anew, from 1
   */
  public Rows rows(int from, int to, boolean renumbers) {
    TableCursor cursor = new TableCursor(source, from);
    TableTree tree = new TableTree(target, to);
    long count = 0;
    long rowid = 0;
    for (boolean more = cursor.first(); more; more = cursor.next()) {
      int size = take(cursor);
      count++;
      rowid = renumbers ? count : cursor.rowid();
      tree.append(rowid, record, size);
    }
    return new Rows(count, rowid);
  }

  /**
   * Copies the entries of an index, or the rows of a table that is one.
   *
   * @param columns how many columns of the entries make the key
   * @return how many there are
   */
  public long entries(int from, int to, KeyOrder order, int columns, TextEncoding encoding) {
    IndexCursor cursor = new IndexCursor(source, from, order);
    IndexTree tree = new IndexTree(target, to, order, columns);
    tree.setAscending(true);
    // Under BINARY the order is what it was, be it wrong.
    boolean isOrdered =
        order.columns().stream().allMatch(column -> column.collation() == Collation.BINARY);
    RecordReader reader = new RecordReader(encoding);
    Register[] key = Registers.of(columns);
    long count = 0;
    for (boolean more = cursor.first(); more; more = cursor.next()) {
      int size = take(cursor);
      count++;
      if (isOrdered) {
        tree.append(record, size);
        continue;
      }
      reader.attach(record, 0, size);
      for (int i = 0; i < columns; i++) {
        if (reader.read(i, key[i]) == RecordReader.ABSENT) {
          key[i].setNull();
        }
      }
      tree.insert(key, record, size);
    }
    return count;
  }

  /** Reads the record that the cursor is on, and tells its length. */
  private int take(TreeCursor cursor) {
    beforeEach.run();
    cursor.requirePlausibleSize();
    int size = cursor.payloadSize();
    if (size > record.length) {
      record = new byte[Math.max(size, 2 * record.length)];
    }
    cursor.copyPayload(0, record, 0, size);
    return size;
  }
}
