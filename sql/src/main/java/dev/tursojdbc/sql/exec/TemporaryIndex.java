package dev.tursojdbc.sql.exec;

import dev.tursojdbc.storage.btree.IndexCursor;
import dev.tursojdbc.storage.btree.IndexTree;
import dev.tursojdbc.storage.btree.TreeRoots;
import dev.tursojdbc.storage.pager.TemporaryPages;
import dev.tursojdbc.storage.record.KeyOrder;
import dev.tursojdbc.storage.record.RecordEncoder;
import dev.tursojdbc.storage.record.RecordReader;
import dev.tursojdbc.storage.record.Register;
import dev.tursojdbc.storage.record.TextEncoding;
import java.util.List;

/**
 * Rows in the order of their first columns, in a temporary file: what sets and lookups do not keep
 * in memory.
 */
final class TemporaryIndex implements AutoCloseable {
  private final Frame frame;
  private final TemporaryPages pages;
  private final IndexTree tree;
  private final IndexCursor cursor;
  private final RecordEncoder encoder = new RecordEncoder(TextEncoding.UTF8);
  private final int keyColumns;

  /**
   * @param columns all of the key, by which a row is told apart from all others
   */
  TemporaryIndex(Frame frame, List<KeyOrder.Column> columns) {
    this.frame = frame;
    this.keyColumns = columns.size();
    this.pages = new TemporaryPages(frame.context().temporaryFiles(), frame.memory().part());
    frame.closeAtEnd(this);
    KeyOrder order = new KeyOrder(columns, TextEncoding.UTF8);
    int root = new TreeRoots(pages).createIndex();
    this.tree = new IndexTree(pages, root, order, keyColumns);
    this.cursor = new IndexCursor(pages, root, order);
  }

  /**
   * Adds a row.
   *
   * @param count number of its columns, those of the key included
   * @return whether there was none with its key
   */
  boolean add(Register[] row, int count) {
    encoder.encode(row, count);
    return tree.insert(row, encoder.buffer(), encoder.size());
  }

  boolean contains(Register[] key) {
    return tree.find(key, keyColumns) != null;
  }

  void remove(Register[] key) {
    tree.delete(key);
  }

  /** The cursor that reads; good until a row is added or removed. */
  IndexCursor cursor() {
    return cursor;
  }

  /** Lets a reader read the row under the cursor. */
  void attach(RecordReader reader) {
    if (cursor.localSize() == cursor.payloadSize()) {
      reader.attach(cursor.payloadBytes(), cursor.payloadOffset(), cursor.payloadSize());
    } else {
      byte[] row = cursor.payload();
      reader.attach(row, 0, row.length);
    }
  }

  @Override
  public void close() {
    frame.closed(this);
    pages.close();
  }
}
