package dev.tursojdbc.sql.exec;

import dev.tursojdbc.sql.plan.BoundTable;
import dev.tursojdbc.sql.schema.Index;
import dev.tursojdbc.sql.schema.Table;
import dev.tursojdbc.storage.btree.IndexCursor;
import dev.tursojdbc.storage.btree.IndexTree;
import dev.tursojdbc.storage.btree.TableCursor;
import dev.tursojdbc.storage.btree.TableTree;
import dev.tursojdbc.storage.btree.TreeCursor;
import dev.tursojdbc.storage.page.PageWriter;
import dev.tursojdbc.storage.record.RecordEncoder;
import dev.tursojdbc.storage.record.Register;
import org.jspecify.annotations.Nullable;

/**
 * The tree that holds a table's rows: a table tree by rowid, or the primary key's index tree of a
 * WITHOUT ROWID table.
 */
abstract class RowTree {

  static RowTree of(BoundTable bound, PageWriter writer) {
    return bound.table().isWithoutRowid()
        ? new ByPrimaryKey(bound, writer)
        : new ByRowid(bound.table(), writer);
  }

  /** Finds the row with the key of the given one. @return a cursor on it, or null */
  abstract @Nullable TreeCursor find(ChangedRow row);

  /** Whether a row that is not found is there all the same, in a tree that is not in order. */
  abstract boolean isOutOfOrder(ChangedRow row);

  /** Finds the row that an entry of one of the table's indexes leads to. */
  abstract @Nullable TreeCursor findByEntry(Index index, IndexCursor entry, EntryReader reader);

  /** Inserts a row whose key is free. */
  abstract void insert(ChangedRow row, RecordEncoder encoder);

  /** Writes a row over the one with its key. */
  abstract void replace(ChangedRow row, RecordEncoder encoder);

  abstract void delete(ChangedRow row);

  /** Whether two rows have the same key, hence are the same row. */
  abstract boolean sameKey(ChangedRow left, ChangedRow right);

  /** A rowid that is free. */
  abstract long newRowid();

  /** The largest rowid, or 0 if there is no row. */
  abstract long lastRowid();

  /** Rows by rowid. */
  private static final class ByRowid extends RowTree {
    private final TableTree tree;

    ByRowid(Table table, PageWriter writer) {
      tree = new TableTree(writer, table.rootPage());
    }

    @Override
    @Nullable TreeCursor find(ChangedRow row) {
      return tree.contains(row.rowid().integer) ? tree.cursor() : null;
    }

    @Override
    boolean isOutOfOrder(ChangedRow row) {
      TableCursor cursor = tree.cursor();
      for (boolean more = cursor.first(); more; more = cursor.next()) {
        if (cursor.rowid() == row.rowid().integer) {
          return true;
        }
      }
      return false;
    }

    @Override
    @Nullable TreeCursor findByEntry(Index index, IndexCursor entry, EntryReader reader) {
      return tree.contains(entry.rowid()) ? tree.cursor() : null;
    }

    @Override
    void insert(ChangedRow row, RecordEncoder encoder) {
      row.encode(encoder);
      tree.put(row.rowid().integer, encoder.buffer(), encoder.size());
    }

    @Override
    void replace(ChangedRow row, RecordEncoder encoder) {
      insert(row, encoder);
    }

    @Override
    void delete(ChangedRow row) {
      tree.delete(row.rowid().integer);
    }

    @Override
    boolean sameKey(ChangedRow left, ChangedRow right) {
      return left.rowid().integer == right.rowid().integer;
    }

    @Override
    long newRowid() {
      return tree.newRowid();
    }

    @Override
    long lastRowid() {
      return tree.lastRowid();
    }
  }

  /** Rows of a WITHOUT ROWID table. */
  private static final class ByPrimaryKey extends RowTree {
    private final IndexTree tree;
    private final int keyColumnCount;
    private final BoundTable.BoundIndex primaryKey;
    private final Register[] key;

    ByPrimaryKey(BoundTable bound, PageWriter writer) {
      primaryKey =
          bound.indexes().stream()
              .filter(index -> index.index().origin() == Index.Origin.PRIMARY_KEY)
              .findFirst()
              .orElseThrow();
      keyColumnCount = primaryKey.index().keyColumnCount();
      tree = new IndexTree(writer, bound.table().rootPage(), primaryKey.order(), keyColumnCount);
      key = Registers.of(keyColumnCount);
    }

    @Override
    @Nullable TreeCursor find(ChangedRow row) {
      return tree.find(row.stored(), keyColumnCount);
    }

    @Override
    boolean isOutOfOrder(ChangedRow row) {
      // Nobody asks: rows that an index leads to in vain are passed over.
      return true;
    }

    @Override
    @Nullable TreeCursor findByEntry(Index index, IndexCursor entry, EntryReader reader) {
      reader.read(entry);
      for (int i = 0; i < keyColumnCount; i++) {
        key[i].set(reader.value(index.positionOf(primaryKey.index().column(i).column())));
      }
      return tree.find(key, keyColumnCount);
    }

    @Override
    void insert(ChangedRow row, RecordEncoder encoder) {
      row.encode(encoder);
      tree.put(row.stored(), encoder.buffer(), encoder.size());
    }

    @Override
    void replace(ChangedRow row, RecordEncoder encoder) {
      insert(row, encoder);
    }

    @Override
    void delete(ChangedRow row) {
      tree.delete(row.stored());
    }

    @Override
    boolean sameKey(ChangedRow left, ChangedRow right) {
      return primaryKey.order().compare(left.stored(), right.stored(), keyColumnCount) == 0;
    }

    @Override
    long newRowid() {
      throw new IllegalStateException("a WITHOUT ROWID table has no rowids");
    }

    @Override
    long lastRowid() {
      throw new IllegalStateException("a WITHOUT ROWID table has no rowids");
    }
  }
}
