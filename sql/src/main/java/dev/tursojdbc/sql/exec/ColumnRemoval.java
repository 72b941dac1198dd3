package dev.tursojdbc.sql.exec;

import dev.tursojdbc.sql.plan.BoundTable;
import dev.tursojdbc.sql.schema.Table;
import dev.tursojdbc.storage.btree.IndexCursor;
import dev.tursojdbc.storage.btree.IndexTree;
import dev.tursojdbc.storage.btree.TableCursor;
import dev.tursojdbc.storage.btree.TableTree;
import dev.tursojdbc.storage.btree.TreeCursor;
import dev.tursojdbc.storage.page.PageWriter;
import dev.tursojdbc.storage.record.RecordEncoder;
import dev.tursojdbc.storage.record.Register;

/**
 * Takes a column out of all rows of a table. What a row lacks, because its columns were added
 * later, is written with its default.
 *
 * <p>Each row is sought anew behind the one before: the change of a row may move those behind it.
 */
public final class ColumnRemoval {
  private final BoundTable bound;
  private final Frame frame;
  private final PageWriter pages;
  private final ChangedRow row;
  private final RecordEncoder encoder;

  /** The values that stay, which are the row's own registers. */
  private final Register[] kept;

  private final boolean[] keptReal;

  public ColumnRemoval(
      BoundTable bound, int column, EvaluatorBuilder builder, Frame frame, PageWriter pages) {
    this.bound = bound;
    this.frame = frame;
    this.pages = pages;
    this.row = new ChangedRow(bound, builder);
    this.encoder = new RecordEncoder(bound.encoding());
    Register[] stored = row.stored();
    int count = 0;
    for (int i = 0; i < stored.length; i++) {
      count += row.storedColumn(i) == column ? 0 : 1;
    }
    kept = new Register[count];
    keptReal = new boolean[count];
    int next = 0;
    for (int i = 0; i < stored.length; i++) {
      if (row.storedColumn(i) != column) {
        kept[next] = stored[i];
        keptReal[next] = row.isStoredReal(i);
        next++;
      }
    }
  }

  public void run() {
    if (bound.table().hasRowid()) {
      removeFromRows();
    } else {
      removeFromEntries();
    }
  }

  private void removeFromRows() {
    TableCursor cursor = new TableCursor(pages, bound.table().rootPage());
    TableTree tree = new TableTree(pages, bound.table().rootPage());
    for (boolean more = cursor.first(); more; ) {
      encode(cursor);
      long rowid = cursor.rowid();
      tree.put(rowid, encoder.buffer(), encoder.size());
      cursor.clear();
      more = cursor.seekAfter(rowid);
    }
  }

  private void removeFromEntries() {
    Table table = bound.table();
    BoundTable.BoundIndex key =
        bound.indexes().stream()
            .filter(index -> table.isStoredIn(index.index()))
            .findFirst()
            .orElseThrow();
    int keyCount = key.index().keyColumnCount();
    IndexCursor cursor = new IndexCursor(pages, table.rootPage(), key.order());
    IndexTree tree = new IndexTree(pages, table.rootPage(), key.order(), keyCount);
    for (boolean more = cursor.first(); more; ) {
      encode(cursor);
      tree.put(kept, encoder.buffer(), encoder.size());
      cursor.clear();
      more = cursor.seekAfter(kept, keyCount);
    }
  }

  private void encode(TreeCursor cursor) {
    frame.checkInterrupted();
    row.read(frame, cursor);
    encoder.encode(kept, kept.length, keptReal);
  }
}
