package dev.tursojdbc.sql.exec;

import dev.tursojdbc.sql.ast.ConflictAction;
import dev.tursojdbc.sql.plan.BoundTable;
import dev.tursojdbc.sql.schema.Names;
import dev.tursojdbc.sql.schema.Table;
import dev.tursojdbc.storage.btree.IndexCursor;
import dev.tursojdbc.storage.btree.IndexTree;
import dev.tursojdbc.storage.btree.TableCursor;
import dev.tursojdbc.storage.btree.TreeCursor;
import dev.tursojdbc.storage.btree.TreeRoots;
import dev.tursojdbc.storage.error.ErrorCode;
import dev.tursojdbc.storage.page.PageWriter;
import dev.tursojdbc.storage.record.KeyOrder;
import dev.tursojdbc.storage.record.RecordEncoder;
import dev.tursojdbc.storage.record.Register;

/**
 * Fills an index from the rows of its table: computes all entries, sorts them, and puts them into
 * the emptied tree in ascending order, which leaves its pages full. The tree of a WITHOUT ROWID
 * table is filled from itself.
 */
public final class IndexFiller {
  private final BoundTable bound;
  private final BoundTable.BoundIndex index;
  private final Frame frame;
  private final PageWriter writer;
  private final ChangedRow row;
  private final IndexKeys keys;
  private final RecordEncoder encoder;

  private IndexFiller(
      BoundTable bound,
      BoundTable.BoundIndex index,
      EvaluatorBuilder builder,
      Frame frame,
      PageWriter writer) {
    this.bound = bound;
    this.index = index;
    this.frame = frame;
    this.writer = writer;
    this.row = new ChangedRow(bound, builder);
    this.keys = new IndexKeys(index, row);
    this.encoder = new RecordEncoder(bound.encoding());
  }

  /** Fills the index of this name. */
  public static void fill(
      BoundTable bound,
      String indexName,
      EvaluatorBuilder builder,
      Frame frame,
      PageWriter writer) {
    for (BoundTable.BoundIndex index : bound.indexes()) {
      if (Names.same(index.index().name(), indexName)) {
        new IndexFiller(bound, index, builder, frame, writer).fill();
      }
    }
  }

  private void fill() {
    KeyOrder order = index.order();
    int count =
        bound.table().isStoredIn(index.index())
            ? index.index().keyColumnCount()
            : index.index().columns().size();
    Sorter entries = new Sorter(order, count, bound.encoding());
    addEntries(entries);
    entries.sort(frame);
    new TreeRoots(writer).clear(index.index().rootPage());
    IndexTree tree = new IndexTree(writer, index.index().rootPage(), order, count);
    tree.setAscending(true);
    Register[] key = Registers.of(count);
    Register[] previous = Registers.of(count);
    int keyCount = index.index().keyColumnCount();
    boolean first = true;
    for (byte[] entry = entries.nextRecord(); entry != null; entry = entries.nextRecord()) {
      frame.checkInterrupted();
      entries.attach(entry);
      for (int i = 0; i < count; i++) {
        entries.read(i, key[i]);
      }
      if (!first && index.index().isUnique() && isDuplicate(order, previous, key, keyCount)) {
        throw new ConstraintException(
            ErrorCode.CONSTRAINT_UNIQUE,
            ConstraintErrors.uniqueMessage(bound.table(), index.index()),
            ConflictAction.ABORT);
      }
      tree.insert(key, entry, entry.length);
      for (int i = 0; i < count; i++) {
        previous[i].set(key[i]);
      }
      first = false;
    }
    entries.clear();
  }

  /** Two equal keys without NULL. */
  private static boolean isDuplicate(
      KeyOrder order, Register[] previous, Register[] key, int count) {
    for (int i = 0; i < count; i++) {
      if (key[i].isNull()) {
        return false;
      }
    }
    return order.compare(previous, key, count) == 0;
  }

  private void addEntries(Sorter entries) {
    TreeCursor cursor = rows();
    for (boolean more = cursor.first(); more; more = cursor.next()) {
      frame.checkInterrupted();
      row.read(frame, cursor);
      if (keys.compute(frame)) {
        keys.encode(encoder);
        entries.add(frame, encoder.toByteArray());
      }
    }
  }

  private TreeCursor rows() {
    Table table = bound.table();
    if (table.hasRowid()) {
      return new TableCursor(writer, table.rootPage());
    }
    for (BoundTable.BoundIndex candidate : bound.indexes()) {
      if (candidate.index().rootPage() == table.rootPage()) {
        return new IndexCursor(writer, table.rootPage(), candidate.order());
      }
    }
    throw new IllegalStateException("a WITHOUT ROWID table has no primary key");
  }
}
