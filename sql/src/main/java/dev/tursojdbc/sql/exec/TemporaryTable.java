package dev.tursojdbc.sql.exec;

import dev.tursojdbc.storage.btree.TableCursor;
import dev.tursojdbc.storage.btree.TableTree;
import dev.tursojdbc.storage.btree.TreeRoots;
import dev.tursojdbc.storage.pager.TemporaryPages;

/** Records by number, in a temporary file: what lists and queues do not keep in memory. */
final class TemporaryTable implements AutoCloseable {
  private final Frame frame;
  private final TemporaryPages pages;
  private final TableTree tree;
  private final TableCursor cursor;
  private long added;

  TemporaryTable(Frame frame) {
    this.frame = frame;
    this.pages = new TemporaryPages(frame.context().temporaryFiles(), frame.memory().part());
    frame.closeAtEnd(this);
    int root = new TreeRoots(pages).createTable();
    this.tree = new TableTree(pages, root);
    this.cursor = new TableCursor(pages, root);
  }

  /** Adds a record behind all others; they are numbered from 0. */
  void add(byte[] record) {
    tree.insert(added, record, record.length);
    added++;
  }

  byte[] record(long number) {
    if (!cursor.seek(number)) {
      throw new IllegalStateException("no record " + number);
    }
    return cursor.payload();
  }

  /** The cursor that reads; good until a record is added or removed. */
  TableCursor cursor() {
    return cursor;
  }

  void remove(long number) {
    tree.delete(number);
  }

  @Override
  public void close() {
    frame.closed(this);
    pages.close();
  }
}
