package dev.tursojdbc.sql;

import dev.tursojdbc.storage.btree.TableCursor;
import dev.tursojdbc.storage.btree.TableTree;
import dev.tursojdbc.storage.page.PageWriter;
import dev.tursojdbc.storage.record.RecordReader;
import dev.tursojdbc.storage.record.Register;
import dev.tursojdbc.storage.record.StorageClass;
import dev.tursojdbc.storage.record.TextEncoding;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Rows of the engine's own tables (sqlite_sequence, sqlite_stat1) that are about one object. */
final class NamedRows {
  private final TableTree tree;
  private final PageWriter pages;
  private final RecordReader reader;

  NamedRows(PageWriter pages, int root, TextEncoding encoding) {
    this.pages = pages;
    this.tree = new TableTree(pages, root);
    this.reader = new RecordReader(encoding);
  }

  /** Deletes the rows that have the name in a column. */
  void delete(int column, String name) {
    find(column, name).forEach(tree::delete);
  }

  private List<Long> find(int column, String name) {
    List<Long> rowids = new ArrayList<>();
    TableCursor cursor = new TableCursor(pages, tree.root());
    Register value = new Register();
    for (boolean more = cursor.first(); more; more = cursor.next()) {
      byte[] payload = cursor.payload();
      reader.attach(payload, 0, payload.length);
      if (reader.read(column, value) == StorageClass.TEXT
          && name.equals(
              new String(value.bytes, value.offset, value.length, StandardCharsets.UTF_8))) {
        rowids.add(cursor.rowid());
      }
    }
    return rowids;
  }
}
